"""What came in over a channel, kept until it is answered, and who sent it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    and_,
    exists,
    func,
    insert,
    null,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from api.core.incoming import Incoming, Kind
from api.storage.channel_tables import channel_inbox, channel_people
from api.storage.db import aware, transaction
from api.storage.outbox import wake
from api.storage.sending import meet, new_id

_LEASE = timedelta(seconds=90)
_INCOMING = TypeAdapter(Incoming)
_NO_CONTACT = (Kind.UNSUBSCRIBE, Kind.REVOKE)
#: What numbers stand for: titles, and the words behind them.
Menu = tuple[tuple[str, str], ...]


def conversation_of(channel: str, account: str, person: str, secret: str) -> str:
    """The conversation with a person: the same every time, and no way back to who it is.

    >>> conversation_of("wechat", "wx1", "o-abc", "secret")
    'wechat-d12c2ef16045546514f3bd88c69bcfc4'
    """
    words = "\0".join((channel, account, person)).encode()
    return f"{channel}-{hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()[:32]}"


@dataclass(frozen=True)
class Entry:
    """Something that came in; `message` is the answer, where one was given."""

    id: int
    done: bool
    message: int | None


@dataclass(frozen=True)
class Person:
    """Who a conversation is with. `menu` is what the numbers of the last reply stand for.

    `region` is whose dialect they said they speak, "" for none; None where they did not say.
    """

    channel: str
    name: str
    seen_at: datetime
    subscribed: bool
    township: str
    menu: Menu
    grants: dict[str, int]
    region: str | None = None


@dataclass(frozen=True)
class Work:
    """Something that came in, in hand for a while; `attempts` counts how often it was."""

    id: int
    incoming: Incoming
    person: Person
    attempts: int


class Inbox:
    """Both tables; every method is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine, self._now = engine, now

    def accept(self, brought: Sequence[Incoming]) -> list[Entry]:
        """Store them, or find them stored; what waited for these residents to write may go out."""
        for _ in range(2):
            try:
                with transaction(self._engine) as connection:
                    return [self._accept(connection, incoming) for incoming in brought]
            except IntegrityError:
                continue
        raise RuntimeError("unreachable: a row that is there is found")  # pragma: no cover

    def answered(self, numbers: Sequence[int]) -> dict[int, int | None]:
        """Those of the entries that are done, each with its answer."""
        query = select(channel_inbox.c.id, channel_inbox.c.message).where(
            channel_inbox.c.id.in_(numbers), channel_inbox.c.done_at.is_not(None)
        )
        with transaction(self._engine, reading=True) as connection:
            return {row.id: row.message for row in connection.execute(query)}

    def claim(self, channel: str, limit: int) -> list[Work]:
        """What waits longest, taken in hand: of each conversation only the oldest.

        What a process took and did not finish is free again after a minute and a half.
        """
        now = self._now()
        free = and_(channel_inbox.c.done_at.is_(None), channel_inbox.c.lease_until <= now)
        query = (
            select(channel_inbox, channel_people)
            .join(channel_people, channel_people.c.conversation == channel_inbox.c.conversation)
            .where(free, channel_people.c.channel == channel, ~_behind_another())
            .order_by(channel_inbox.c.lease_until)
            .limit(limit)
        )
        with transaction(self._engine, reading=True) as connection:
            rows = connection.execute(query).all()
        if not rows:
            return []
        with transaction(self._engine) as connection:
            return [work for row in rows if (work := _lease(connection, row, free, now + _LEASE))]

    def behind(self) -> int:
        """How many wait for an answer, or are being answered."""
        query = select(func.count()).where(channel_inbox.c.done_at.is_(None))
        with transaction(self._engine, reading=True) as connection:
            return int(connection.execute(query).scalar_one())

    def release(self, number: int, at: datetime) -> None:
        """Not answered: again from that moment on."""
        with transaction(self._engine) as connection:
            mine = and_(channel_inbox.c.id == number, channel_inbox.c.done_at.is_(None))
            connection.execute(update(channel_inbox).where(mine).values(lease_until=at))

    def done(self, work: Work, message: int | None, menu: Menu) -> None:
        """Answered; what was said is kept with the messages alone. `menu` goes with the answer."""
        mine = channel_inbox.c.id == work.id
        over = {"done_at": self._now(), "incoming": null(), "lease_until": None}
        with transaction(self._engine) as connection:
            connection.execute(update(channel_inbox).where(mine).values(message=message, **over))
            if menu != work.person.menu:
                _note(connection, work.incoming.conversation, menu=[list(one) for one in menu])

    def person(self, conversation: str) -> Person | None:
        """Who the conversation is with."""
        query = select(channel_people).where(channel_people.c.conversation == conversation)
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(query).first()
        return _person(row) if row else None

    def note(self, conversation: str, **values: Any) -> None:
        """Keep something about a person: menu, township, grants, subscribed, region."""
        with transaction(self._engine) as connection:
            _note(connection, conversation, **values)

    def _accept(self, connection: Connection, incoming: Incoming) -> Entry:
        if self._knows(connection, incoming):
            if held := _held(connection, incoming):
                return held
            if incoming.kind not in _NO_CONTACT:
                wake(connection, incoming.conversation, self._now())
        result = connection.execute(
            insert(channel_inbox).values(
                conversation=incoming.conversation,
                external_id=incoming.external_id,
                incoming=asdict(incoming),
                received_at=self._now(),
                lease_until=self._now(),
                attempts=0,
            )
        )
        return Entry(new_id(result), done=False, message=None)

    def _knows(self, connection: Connection, incoming: Incoming) -> bool:
        """Whether they were met before; who was not is met now."""
        now, conversation = self._now(), incoming.conversation
        here = incoming.kind is not Kind.UNSUBSCRIBE
        mine = channel_people.c.conversation == conversation
        seen = {"seen_at": now, "subscribed": True} if here else {"subscribed": False}
        if connection.execute(update(channel_people).where(mine).values(**seen)).rowcount:
            return True
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
        return False


def _behind_another() -> ColumnElement[bool]:
    """Whether something older of the same conversation is still to be answered."""
    older = channel_inbox.alias("older")
    return exists().where(
        older.c.conversation == channel_inbox.c.conversation,
        older.c.done_at.is_(None),
        older.c.id < channel_inbox.c.id,
    )


def _lease(
    connection: Connection, row: Row[Any], free: ColumnElement[bool], until: datetime
) -> Work | None:
    """The entry in hand; None when another process was faster."""
    attempts = row.attempts + 1
    taken = update(channel_inbox).where(channel_inbox.c.id == row.id, free)
    if connection.execute(taken.values(lease_until=until, attempts=attempts)).rowcount != 1:
        return None
    return Work(row.id, _INCOMING.validate_python(row.incoming), _person(row), attempts)


def _note(connection: Connection, conversation: str, **values: Any) -> None:
    mine = channel_people.c.conversation == conversation
    connection.execute(update(channel_people).where(mine).values(**values))


def _person(row: Row[Any]) -> Person:
    return Person(
        row.channel,
        row.person,
        aware(row.seen_at),
        row.subscribed,
        row.township,
        tuple((title, text) for title, text in row.menu),
        dict(row.grants),
        row.region,
    )


def _held(connection: Connection, incoming: Incoming) -> Entry | None:
    """The entry of something that was brought before."""
    names = ("id", "done_at", "message")
    query = select(*(channel_inbox.c[name] for name in names)).where(
        channel_inbox.c.conversation == incoming.conversation,
        channel_inbox.c.external_id == incoming.external_id,
    )
    row = connection.execute(query).first()
    return Entry(row.id, row.done_at is not None, row.message) if row else None
