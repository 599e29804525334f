"""Who did what to an application or an order: append-only, written with the change itself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from api.core.types import Reply
from api.storage.casework_tables import casework_events
from api.storage.db import aware
from api.storage.sending import send
from api.storage.tables import conversations


@dataclass(frozen=True)
class Event:
    """One step taken."""

    at: datetime
    actor: str
    step: str
    note: str


def new_token() -> str:
    """An unguessable name for a page, 128 bits."""
    return secrets.token_hex(16)


def record(
    connection: Connection,
    subject: str,
    number: int,
    at: datetime,
    actor: str,
    step: str,
    note: str,
) -> None:
    """Write one event in the caller's transaction."""
    connection.execute(
        insert(casework_events).values(
            subject=subject, number=number, at=at, actor=actor, step=step, note=note
        )
    )


def events(connection: Connection, subject: str, number: int) -> tuple[Event, ...]:
    """Everything done so far, oldest first."""
    table = casework_events
    query = (
        select(table)
        .where(table.c.subject == subject, table.c.number == number)
        .order_by(table.c.id)
    )
    return tuple(Event(aware(r.at), r.actor, r.step, r.note) for r in connection.execute(query))


def tell(connection: Connection, conversation: str | None, reply: Reply, now: datetime) -> None:
    """Put news into the resident's conversation, if there is one, through the outbox."""
    if conversation is None:
        return
    query = select(conversations.c.channel).where(conversations.c.id == conversation)
    channel = connection.execute(query).scalar_one()
    send(connection, conversation, channel, reply, now)
