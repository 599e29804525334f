"""Messages in and out: implements core.ports.Store on a database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Select, insert, null, select, update
from sqlalchemy.exc import IntegrityError

from api.core.errors import ReplyGone
from api.core.ports import Accepted, StoredReply
from api.core.types import Author, Context, Message, OpenCases, Outcome, Reply
from api.storage.db import aware, transaction
from api.storage.faq_drafts import count_hit
from api.storage.replies import reply_from_json
from api.storage.reviews import Reviews
from api.storage.sending import meet, new_id, send
from api.storage.tables import conversations, messages, outbox

_T = TypeVar("_T")


@dataclass(frozen=True)
class Entry:
    """One message of a conversation as it is shown."""

    id: int
    author: Author
    text: str
    created_at: datetime
    external_id: str | None
    reply: Reply | None


class Messages:
    """Conversations on a database; every method is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], cases: Reviews) -> None:
        self._engine, self._now, self._cases = engine, now, cases

    def accept(self, message: Message) -> Accepted:
        """Store an incoming message, or find the one stored under the same id with its reply."""

        def work(connection: Connection) -> Accepted:
            meet(connection, message.conversation, message.channel, self._now())
            held = self._held(connection, message)
            return held or Accepted(self._store(connection, message), None)

        return self._settled(work)

    def context(self, conversation: str) -> Context:
        """What was last talked about; empty for a new conversation."""
        names = ("question", "topic", "in_charge", "cases")
        query = select(*(conversations.c[name] for name in names))
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(query.where(conversations.c.id == conversation)).first()
            last = connection.execute(_last_told(conversation)).scalar()
        reply = reply_from_json(last) if last else None
        asked = reply if reply and reply.ways else None
        return Context(**row._mapping, asked=asked) if row else Context()

    def keep_cases(self, conversation: str, cases: OpenCases | None) -> None:
        """Keep the forms half filled in; None when there are none left."""
        with transaction(self._engine) as connection:
            connection.execute(
                update(conversations)
                .where(conversations.c.id == conversation)
                .values(cases=null() if cases is None else cases)
            )

    def finish(self, accepted: Accepted, message: Message, outcome: Outcome) -> StoredReply:
        """Reply, case, context and outbox in one transaction; a second call finds the first's."""

        def work(connection: Connection) -> StoredReply:
            held = self._held(connection, message)
            if held and held.reply:
                return held.reply
            reply = outcome.reply
            if outcome.hold:
                reference = self._cases.open(connection, message, accepted.id, outcome.hold)
                reply = replace(reply, reference=reference)
            if outcome.context:
                connection.execute(
                    update(conversations)
                    .where(conversations.c.id == message.conversation)
                    .values(question=outcome.context.question, topic=outcome.context.topic)
                )
            stored = send(
                connection, message.conversation, message.channel, reply, self._now(), accepted.id
            )
            self._cases.told(connection, message.conversation)
            count_hit(connection, outcome.source)
            return stored

        return self._settled(work)

    def any_in(self, conversation: str) -> bool:
        """Whether anything was said in a conversation; opens no message."""
        query = select(messages.c.id).where(messages.c.conversation == conversation).limit(1)
        with transaction(self._engine, reading=True) as connection:
            return connection.execute(query).first() is not None

    def history(self, conversation: str, after: int = 0) -> list[Entry]:
        """The messages of a conversation behind a number, oldest first."""
        query = (
            select(messages)
            .where(messages.c.conversation == conversation, messages.c.id > after)
            .order_by(messages.c.id)
        )
        with transaction(self._engine, reading=True) as connection:
            return [_entry(row) for row in connection.execute(query)]

    def reply(self, number: int) -> StoredReply:
        """A reply by its number.

        Raises:
            ReplyGone: it was erased.
        """
        query = select(messages).where(messages.c.id == number)
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(query).first()
        if row is None:
            raise ReplyGone("这条答复已经删除了。")
        return _stored(row)

    def delivered(self, ids: Sequence[int]) -> None:
        """Mark messages as fetched by the resident's page."""
        if not ids:
            return
        with transaction(self._engine) as connection:
            connection.execute(
                update(outbox)
                .where(outbox.c.message.in_(ids), outbox.c.delivered_at.is_(None))
                .values(delivered_at=self._now(), state="delivered")
            )
        self._cases.delivered(ids)

    def _settled(self, work: Callable[[Connection], _T]) -> _T:
        """Do it in a transaction; when another process was first, again over its rows."""
        try:
            with transaction(self._engine) as connection:
                return work(connection)
        except IntegrityError:
            with transaction(self._engine) as connection:
                return work(connection)

    def _store(self, connection: Connection, message: Message) -> int:
        result = connection.execute(
            insert(messages).values(
                conversation=message.conversation,
                channel=message.channel,
                external_id=message.external_id,
                author=Author.RESIDENT,
                text=message.text,
                created_at=self._now(),
            )
        )
        return new_id(result)

    def _held(self, connection: Connection, message: Message) -> Accepted | None:
        row = connection.execute(
            select(messages.c.id).where(
                messages.c.channel == message.channel,
                messages.c.conversation == message.conversation,
                messages.c.external_id == message.external_id,
            )
        ).first()
        if row is None:
            return None
        answer = connection.execute(select(messages).where(messages.c.reply_to == row.id)).first()
        return Accepted(row.id, _stored(answer) if answer else None)


def _last_told(conversation: str) -> Select[tuple[Any]]:
    """What was last said to a resident."""
    told = (messages.c.conversation == conversation, messages.c.author != Author.RESIDENT)
    return select(messages.c.reply).where(*told).order_by(messages.c.id.desc()).limit(1)


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        author=Author(row.author),
        text=row.text,
        created_at=aware(row.created_at),
        external_id=row.external_id,
        reply=reply_from_json(row.reply) if row.reply else None,
    )


def _stored(row: Row[Any]) -> StoredReply:
    return StoredReply(row.id, reply_from_json(row.reply), aware(row.created_at))
