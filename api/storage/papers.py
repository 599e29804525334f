"""Papers a resident is writing: sealed values under an unguessable token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, insert, select, update

from api.casework.errors import CaseUnknown
from api.storage.casework_events import new_token
from api.storage.casework_tables import papers
from api.storage.db import aware, transaction
from api.storage.vault import Vault


@dataclass(frozen=True)
class Draft:
    """A paper's kind and what was filled in."""

    token: str
    kind: str
    values: dict[str, str]
    conversation: str | None
    updated_at: datetime


class PaperStore:
    """The papers' table."""

    def __init__(self, engine: Engine, vault: Vault, now: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._now = engine, vault, now

    def add(self, kind: str, values: Mapping[str, str], conversation: str | None) -> Draft:
        """Keep a new paper."""
        token, now = new_token(), self._now()
        sealed = self._vault.seal_json(dict(values), f"paper:{token}")
        row = {"token": token, "kind": kind, "conversation": conversation, "sealed": sealed}
        with transaction(self._engine) as connection:
            connection.execute(insert(papers).values(**row, created_at=now, updated_at=now))
        return Draft(token, kind, dict(values), conversation, now)

    def get(self, token: str) -> Draft:
        """The paper of a token.

        Raises:
            CaseUnknown: there is none.
        """
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(select(papers).where(papers.c.token == token)).first()
        if row is None:
            raise CaseUnknown("没有这份文书；链接可能不完整，请重新写一份")
        values = self._vault.open_json(row.sealed, f"paper:{token}")
        return Draft(token, row.kind, values, row.conversation, aware(row.updated_at))

    def change(self, token: str, values: Mapping[str, str]) -> None:
        """Replace what was filled in."""
        sealed = self._vault.seal_json(dict(values), f"paper:{token}")
        change = update(papers).where(papers.c.token == token)
        with transaction(self._engine) as connection:
            connection.execute(change.values(sealed=sealed, updated_at=self._now()))
