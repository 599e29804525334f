"""Pictures residents sent to a case of theirs: sealed, seen by the lawyers only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, insert, select

from api.casework.errors import StepRefused
from api.storage.casework_events import new_token
from api.storage.channel_tables import case_pictures
from api.storage.db import aware, transaction
from api.storage.vault import Vault

MOST = 20  # of one case


@dataclass(frozen=True)
class Picture:
    """One picture of a case, without its content."""

    token: str
    review: int
    media_type: str
    created_at: datetime


class Pictures:
    """The table; every method is one transaction."""

    def __init__(self, engine: Engine, vault: Vault, now: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._now = engine, vault, now

    def put(self, review: int, media_type: str, data: bytes) -> str:
        """Seal a picture and put it to a case; returns its token.

        Raises:
            StepRefused: the case has as many as a lawyer can look through.
        """
        token = new_token()
        held = select(func.count()).where(case_pictures.c.review == review)
        with transaction(self._engine) as connection:
            if connection.execute(held).scalar_one() >= MOST:
                raise StepRefused(f"这个案子已经有{MOST}张照片了，够律师看了；还要补充请用文字说。")
            connection.execute(
                insert(case_pictures).values(
                    token=token,
                    review=review,
                    media_type=media_type,
                    sealed=self._vault.seal(data, f"picture:{token}"),
                    created_at=self._now(),
                )
            )
        return token

    def of(self, review: int) -> list[Picture]:
        """The pictures of a case, oldest first."""
        table = case_pictures
        query = select(table.c.token, table.c.review, table.c.media_type, table.c.created_at)
        with transaction(self._engine, reading=True) as connection:
            rows = connection.execute(
                query.where(table.c.review == review).order_by(table.c.created_at, table.c.token)
            )
            return [Picture(r.token, r.review, r.media_type, aware(r.created_at)) for r in rows]

    def open(self, review: int, token: str) -> tuple[str, bytes] | None:
        """Kind and content of a case's picture; None when the case has none of that token."""
        mine = (case_pictures.c.token == token, case_pictures.c.review == review)
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(select(case_pictures).where(*mine)).first()
        if row is None:
            return None
        return row.media_type, self._vault.open(row.sealed, f"picture:{token}")
