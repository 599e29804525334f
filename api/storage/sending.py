"""Outgoing messages: always together with their outbox row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, CursorResult, insert, select

from api.core.errors import StorageUnavailable
from api.core.ports import StoredReply
from api.core.types import Decision, Reply
from api.storage.contacts import ways_of
from api.storage.replies import reply_to_json
from api.storage.tables import conversations, messages, outbox

#: How long the request that is waiting for an answer may take it before it is sent by itself.
GRACE = timedelta(seconds=1.5)

#: How long an open page has to show a message before a phone is called upon.
READ = timedelta(minutes=2)


def meet(connection: Connection, conversation: str, channel: str, now: datetime) -> None:
    """See to it that a conversation is known, in the caller's transaction."""
    known = select(conversations.c.id).where(conversations.c.id == conversation)
    if connection.execute(known).first() is None:
        row = {"id": conversation, "channel": channel, "created_at": now}
        connection.execute(insert(conversations).values(**row))


def send(
    connection: Connection,
    conversation: str,
    channel: str,
    reply: Reply,
    now: datetime,
    reply_to: int | None = None,
) -> StoredReply:
    """Write an outgoing message and its outbox row in the caller's transaction.

    What comes unasked goes besides to the phone or the mailbox the resident named.
    Silence is kept, so that a repeated message finds it, but there is nothing to deliver.
    """
    result = connection.execute(
        insert(messages).values(
            conversation=conversation,
            channel=channel,
            author=reply.author,
            text=reply.answer,
            reply=reply_to_json(reply),
            reply_to=reply_to,
            created_at=now,
        )
    )
    number = new_id(result)
    if reply.decision is not Decision.SILENT:
        row = {"message": number, "channel": channel, "conversation": conversation}
        due = now + GRACE if reply_to else None
        connection.execute(insert(outbox).values(**row, next_at=due))
        for way in () if reply_to else _ways(connection, conversation):
            connection.execute(insert(outbox).values(**row | {"channel": way}, next_at=now + READ))
    return StoredReply(number, reply, now)


def _ways(connection: Connection, conversation: str) -> list[str]:
    """How the resident wants to be told besides."""
    ways = ways_of(connection, conversation)
    return [way for way, given in (("sms", ways.phone), ("email", ways.email)) if given]


def new_id(result: CursorResult[Any]) -> int:
    """The number the database gave to an inserted row."""
    key = result.inserted_primary_key
    if key is None:
        raise StorageUnavailable("数据库没有给新行编号")
    return int(key[0])
