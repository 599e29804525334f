"""Consents and withdrawals, append-only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, or_, select

from api.home.consents import PURPOSES, Purpose
from api.home.file import Consent
from api.storage.db import aware, transaction
from api.storage.home_tables import consents


def write(
    connection: Connection,
    purpose: Purpose,
    at: datetime,
    *,
    given: bool,
    resident: int | None = None,
    conversation: str | None = None,
) -> None:
    """Add a row in the caller's transaction."""
    connection.execute(
        insert(consents).values(
            resident=resident,
            conversation=conversation,
            purpose=purpose.name,
            version=purpose.version,
            given=given,
            at=at,
        )
    )


class Consents:
    """The table; every method is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine, self._now = engine, now

    def record(self, purpose: Purpose, resident: int, *, given: bool) -> None:
        """A resident agrees, or takes it back."""
        with transaction(self._engine) as connection:
            write(connection, purpose, self._now(), given=given, resident=resident)

    def of(self, resident: int, conversations: list[str]) -> list[Consent]:
        """Everything agreed to and taken back, oldest first."""
        mine = or_(consents.c.resident == resident, consents.c.conversation.in_(conversations))
        with transaction(self._engine, reading=True) as connection:
            rows = connection.execute(select(consents).where(mine).order_by(consents.c.id)).all()
        return [
            Consent(aware(row.at), PURPOSES[row.purpose].label, row.version, row.given)
            for row in rows
        ]
