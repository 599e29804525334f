"""How residents want to be told: a phone, a mailbox, and whether at night as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select, update

from api.core.errors import MessageInvalid
from api.storage.channel_tables import contact_ways
from api.storage.db import transaction
from api.storage.tables import conversations


@dataclass(frozen=True)
class Ways:
    """Empty fields are ways not wanted."""

    phone: str = ""
    email: str = ""
    at_night: bool = False


def ways_of(connection: Connection, conversation: str) -> Ways:
    """What was chosen, in the caller's transaction; nothing, before anything was."""
    query = select(contact_ways).where(contact_ways.c.conversation == conversation)
    row = connection.execute(query).first()
    return Ways(row.phone, row.email, row.at_night) if row else Ways()


class Contacts:
    """The table; every method is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine, self._now = engine, now

    def of(self, conversation: str) -> Ways:
        """What was chosen; nothing, before anything was."""
        with transaction(self._engine, reading=True) as connection:
            return ways_of(connection, conversation)

    def choose(self, conversation: str, ways: Ways) -> None:
        """Keep a choice; an empty one takes the row away.

        Raises:
            MessageInvalid: nobody has written in this conversation yet.
        """
        mine = contact_ways.c.conversation == conversation
        values = {"phone": ways.phone, "email": ways.email, "at_night": ways.at_night}
        values["changed_at"] = self._now()
        with transaction(self._engine) as connection:
            self._known(connection, conversation)
            if not (ways.phone or ways.email):
                connection.execute(delete(contact_ways).where(mine))
            elif not connection.execute(update(contact_ways).where(mine).values(**values)).rowcount:
                connection.execute(insert(contact_ways).values(conversation=conversation, **values))

    def _known(self, connection: Connection, conversation: str) -> None:
        query = select(conversations.c.id).where(conversations.c.id == conversation)
        if connection.execute(query).first() is None:
            raise MessageInvalid("conversation_unknown", "请先说说您的事，再选怎样通知。", "")
