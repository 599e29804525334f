"""What came in over a channel, kept until it is answered, and who sent it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, Row, and_, insert, null, select, update
from sqlalchemy.exc import IntegrityError

from api.core.incoming import Incoming, Kind
from api.storage.channel_tables import channel_inbox, channel_people
from api.storage.db import aware, transaction
from api.storage.outbox import wake
from api.storage.sending import meet, new_id

_LEASE = timedelta(seconds=90)
_INCOMING = TypeAdapter(Incoming)


def conversation_of(channel: str, account: str, person: str, secret: str) -> str:
    """The conversation with a person: the same every time, and no way back to who it is.

    >>> conversation_of("wechat", "wx1", "o-abc", "secret")
    'wechat-0b7d3ef5fd86e5ec6df3ae6e2ed32cd0'
    """
    words = "\0".join((channel, account, person)).encode()
    return f"{channel}-{hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()[:32]}"


@dataclass(frozen=True)
class Entry:
    """Something that came in. `mine`: this process answers it; `message` is the answer."""

    id: int
    done: bool
    message: int | None
    mine: bool = False


@dataclass(frozen=True)
class Person:
    """Who a conversation is with. `menu` is what the numbers of the last reply stand for."""

    channel: str
    name: str
    seen_at: datetime
    subscribed: bool
    township: str
    menu: tuple[tuple[str, str], ...]
    grants: dict[str, int]


class Inbox:
    """Both tables; every method is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine, self._now = engine, now

    def accept(self, incoming: Incoming) -> Entry:
        """Store it, or find it stored; what waited for the resident to write may now go out."""
        for _ in range(2):
            try:
                with transaction(self._engine) as connection:
                    return self._accept(connection, incoming)
            except IntegrityError:
                continue
        raise RuntimeError("unreachable: a row that is there is found")  # pragma: no cover

    def find(self, number: int) -> Entry:
        """How far it is."""
        with transaction(self._engine, reading=True) as connection:
            query = select(channel_inbox).where(channel_inbox.c.id == number)
            return _entry(connection.execute(query).one())

    def done(self, number: int, message: int | None) -> None:
        """Answered; what was said is kept with the messages alone."""
        with transaction(self._engine) as connection:
            connection.execute(
                update(channel_inbox)
                .where(channel_inbox.c.id == number)
                .values(done_at=self._now(), message=message, incoming=null(), lease_until=None)
            )

    def left_over(self, channel: str, limit: int = 20) -> list[tuple[int, Incoming, int]]:
        """What nobody of a channel answers any more, in hand: number, content, how often tried."""
        now = self._now()
        here = channel_inbox.c.conversation.startswith(f"{channel}-")
        stale = and_(channel_inbox.c.done_at.is_(None), channel_inbox.c.lease_until <= now, here)
        found = []
        with transaction(self._engine) as connection:
            query = select(channel_inbox).where(stale).order_by(channel_inbox.c.id).limit(limit)
            for row in connection.execute(query).all():
                mine = update(channel_inbox).where(channel_inbox.c.id == row.id, stale)
                taken = mine.values(lease_until=now + _LEASE, attempts=row.attempts + 1)
                if connection.execute(taken).rowcount == 1:
                    incoming = _INCOMING.validate_python(row.incoming)
                    found.append((row.id, incoming, row.attempts + 1))
        return found

    def person(self, conversation: str) -> Person | None:
        """Who the conversation is with."""
        query = select(channel_people).where(channel_people.c.conversation == conversation)
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return Person(
            row.channel,
            row.person,
            aware(row.seen_at),
            row.subscribed,
            row.township,
            tuple((title, text) for title, text in row.menu),
            dict(row.grants),
        )

    def note(self, conversation: str, **values: Any) -> None:
        """Keep something about a person: menu, township, grants, subscribed."""
        with transaction(self._engine) as connection:
            mine = channel_people.c.conversation == conversation
            connection.execute(update(channel_people).where(mine).values(**values))

    def _accept(self, connection: Connection, incoming: Incoming) -> Entry:
        self._meet(connection, incoming)
        same = and_(
            channel_inbox.c.conversation == incoming.conversation,
            channel_inbox.c.external_id == incoming.external_id,
        )
        row = connection.execute(select(channel_inbox).where(same)).first()
        if row is not None:
            return _entry(row)
        wake(connection, incoming.conversation, self._now())
        result = connection.execute(
            insert(channel_inbox).values(
                conversation=incoming.conversation,
                external_id=incoming.external_id,
                incoming=asdict(incoming),
                received_at=self._now(),
                lease_until=self._now() + _LEASE,
            )
        )
        return Entry(new_id(result), done=False, message=None, mine=True)

    def _meet(self, connection: Connection, incoming: Incoming) -> None:
        now, conversation = self._now(), incoming.conversation
        here = incoming.kind is not Kind.UNSUBSCRIBE
        mine = channel_people.c.conversation == conversation
        seen = {"seen_at": now, "subscribed": True} if here else {"subscribed": False}
        if connection.execute(update(channel_people).where(mine).values(**seen)).rowcount:
            return
        meet(connection, conversation, incoming.channel, now)
        connection.execute(
            insert(channel_people).values(
                conversation=conversation,
                channel=incoming.channel,
                person=incoming.person,
                seen_at=now,
                subscribed=here,
            )
        )


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.id, row.done_at is not None, row.message)
