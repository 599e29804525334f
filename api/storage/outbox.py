"""The outbox: each row is brought once, in order, by whichever process has it in hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, or_, select, update

from api.core.delivering import Parcel
from api.storage.db import aware, transaction
from api.storage.replies import reply_from_json
from api.storage.tables import conversations, messages, outbox, reviews

_LEASE = timedelta(seconds=60)
#: Ways that only say that there is something to read.
BESIDES = ("sms", "email")
_OPEN = ("waiting", "parked", "dead")


class Taken(Enum):
    """Whether a request may be answered with a message."""

    FIRST = "first"
    AGAIN = "again"  # the answer to the request before was lost on its way
    NO = "no"


@dataclass(frozen=True)
class Undelivered:
    """A message that is not with the resident, for the desk."""

    id: int
    message: int
    conversation: str
    channel: str
    state: str
    problem: str
    attempts: int
    text: str
    reference: str
    case: int | None
    created_at: datetime


class Outbox:
    """The outbox table; every method is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine, self._now = engine, now

    def claim(self, channels: Sequence[str], limit: int = 20) -> list[Parcel]:
        """Rows that are due, taken in hand for a minute; of one conversation only the oldest."""
        now = self._now()
        earlier = outbox.alias("earlier")
        blocked = (
            select(earlier.c.id)
            .where(
                earlier.c.conversation == outbox.c.conversation,
                earlier.c.channel == outbox.c.channel,
                earlier.c.state == "waiting",
                earlier.c.id < outbox.c.id,
            )
            .exists()
        )
        due = select(outbox.c.id).where(
            outbox.c.channel.in_(channels), *_free(now), outbox.c.state == "waiting", ~blocked
        )
        with transaction(self._engine, reading=True) as connection:
            numbers = list(connection.execute(due.order_by(outbox.c.id).limit(limit)).scalars())
        if not numbers:
            return []
        with transaction(self._engine) as connection:
            return [parcel for number in numbers if (parcel := _lease(connection, number, now))]

    def carried(self, parcel: Parcel, left: int) -> None:
        """One more piece is with the resident; with none left the message is delivered."""
        with transaction(self._engine) as connection:
            connection.execute(
                update(outbox)
                .where(outbox.c.id == parcel.id)
                .values(**_piece(parcel.parts_done + 1, left, self._now()), attempts=0)
            )
            if not left and parcel.channel not in BESIDES:
                withdraw(connection, parcel.message)

    def postponed(self, parcel: Parcel, at: datetime, problem: str) -> None:
        """Not now: again at that moment."""
        self._set(
            parcel.id,
            attempts=parcel.attempts + bool(problem),
            next_at=at,
            problem=problem,
            lease_until=None,
        )

    def parked(self, parcel: Parcel, problem: str) -> None:
        """Waits until the resident writes."""
        self._set(
            parcel.id,
            state="parked",
            problem=problem,
            attempts=parcel.attempts + 1,
            lease_until=None,
        )

    def dead(self, parcel: Parcel, problem: str) -> None:
        """A person has to act."""
        self._set(
            parcel.id, state="dead", problem=problem, attempts=parcel.attempts + 1, lease_until=None
        )

    def take(
        self, message: int, channel: str, arrived: datetime, parts: int, patience: timedelta
    ) -> Taken:
        """Take a message as the answer to a request that came in at `arrived`.

        A request that comes again when the channel's patience is over means that the answer was
        lost: it gets the same answer. One that comes much sooner is a double and gets none.
        """
        now = self._now()
        mine = and_(outbox.c.message == message, outbox.c.channel == channel)
        first = and_(mine, outbox.c.state == "waiting", outbox.c.parts_done == 0, *_unheld(now))
        with transaction(self._engine) as connection:
            values = _piece(1, parts - 1, now) | {"taken_at": arrived}
            if connection.execute(update(outbox).where(first).values(**values)).rowcount == 1:
                return Taken.FIRST
            row = connection.execute(select(outbox.c.taken_at).where(mine)).first()
            if row is None or row.taken_at is None:
                return Taken.NO
            waited = arrived - aware(row.taken_at)
            if not patience / 2 <= waited <= 4 * patience:
                return Taken.NO
            connection.execute(update(outbox).where(mine).values(taken_at=arrived))
            return Taken.AGAIN

    def get(self, number: int) -> Undelivered | None:
        """One row that is not delivered yet."""
        found = self._listed(outbox.c.id == number, outbox.c.state.in_(_OPEN))
        return found[0] if found else None

    def undelivered(self) -> list[Undelivered]:
        """What is parked, dead, or was tried three times, oldest first."""
        stuck = or_(
            outbox.c.state.in_(("parked", "dead")),
            and_(outbox.c.state == "waiting", outbox.c.attempts >= 3),
        )
        return self._listed(stuck)

    def retry(self, number: int) -> bool:
        """Try again now; False when it was delivered meanwhile."""
        return self._set(number, state="waiting", next_at=None, attempts=0, lease_until=None)

    def settle(self, number: int) -> bool:
        """Somebody told the resident another way."""
        now = self._now()
        return self._set(
            number, state="delivered", delivered_at=now, lease_until=None, problem="told"
        )

    def _set(self, number: int, **values: Any) -> bool:
        open_ = and_(outbox.c.id == number, outbox.c.state.in_(_OPEN))
        with transaction(self._engine) as connection:
            return connection.execute(update(outbox).where(open_).values(**values)).rowcount == 1

    def _listed(self, *where: Any) -> list[Undelivered]:
        query = (
            select(outbox, messages.c.text, messages.c.created_at, messages.c.reply)
            .add_columns(reviews.c.id.label("case"))
            .join(messages, messages.c.id == outbox.c.message)
            .outerjoin(reviews, reviews.c.sent_message == outbox.c.message)
            .where(*where, outbox.c.channel.not_in(("web", "kiosk", "desk")))
            .order_by(outbox.c.id)
            .limit(200)
        )
        with transaction(self._engine, reading=True) as connection:
            return [_undelivered(row) for row in connection.execute(query)]


def withdraw(connection: Connection, message: int) -> None:
    """Let a message go that is sent anew, in the caller's transaction."""
    mine = and_(outbox.c.message == message, outbox.c.state.in_(_OPEN))
    connection.execute(update(outbox).where(mine).values(state="withdrawn", lease_until=None))


def wake(connection: Connection, conversation: str, now: datetime) -> None:
    """The resident wrote: what was parked may go out, in the caller's transaction."""
    mine = and_(outbox.c.conversation == conversation, outbox.c.state == "parked")
    connection.execute(
        update(outbox).where(mine).values(state="waiting", next_at=now, problem="", attempts=0)
    )


def channel_of(connection: Connection, conversation: str) -> str:
    """The channel a conversation is held on."""
    query = select(conversations.c.channel).where(conversations.c.id == conversation)
    channel: str = connection.execute(query).scalar_one()
    return channel


def _unheld(now: datetime) -> tuple[Any, ...]:
    return (or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now),)


def _free(now: datetime) -> tuple[Any, ...]:
    return (*_unheld(now), or_(outbox.c.next_at.is_(None), outbox.c.next_at <= now))


def _lease(connection: Connection, number: int, now: datetime) -> Parcel | None:
    """The row in hand for a while; None when another process was faster."""
    mine = and_(outbox.c.id == number, outbox.c.state == "waiting", *_free(now))
    held = update(outbox).where(mine).values(lease_until=now + _LEASE)
    if connection.execute(held).rowcount != 1:
        return None
    query = select(
        outbox.c.id,
        outbox.c.message,
        outbox.c.conversation,
        outbox.c.channel,
        outbox.c.attempts,
        outbox.c.parts_done,
        messages.c.reply,
        messages.c.reply_to,
        messages.c.created_at,
    ).join(messages, messages.c.id == outbox.c.message)
    return _parcel(connection.execute(query.where(outbox.c.id == number)).one())


def _piece(done: int, left: int, now: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {"parts_done": done, "lease_until": None, "problem": ""}
    if left:
        return values | {"next_at": now}
    return values | {"state": "delivered", "delivered_at": now}


def _parcel(row: Any) -> Parcel:
    return Parcel(
        id=row.id,
        message=row.message,
        conversation=row.conversation,
        channel=row.channel,
        reply=reply_from_json(row.reply),
        created_at=aware(row.created_at),
        answers=row.reply_to is not None,
        attempts=row.attempts,
        parts_done=row.parts_done,
    )


def _undelivered(row: Row[Any]) -> Undelivered:
    reply = reply_from_json(row.reply)
    return Undelivered(
        id=row.id,
        message=row.message,
        conversation=row.conversation,
        channel=row.channel,
        state=row.state,
        problem=row.problem,
        attempts=row.attempts,
        text=row.text,
        reference=reply.reference or "",
        case=row.case,
        created_at=aware(row.created_at),
    )
