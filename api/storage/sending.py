"""Outgoing messages: always together with their outbox row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, CursorResult, insert

from api.core.errors import StorageUnavailable
from api.core.ports import StoredReply
from api.core.types import Decision, Reply
from api.storage.replies import reply_to_json
from api.storage.tables import messages, outbox

#: How long the request that is waiting for an answer may take it before it is sent by itself.
GRACE = timedelta(seconds=1.5)


def send(
    connection: Connection,
    conversation: str,
    channel: str,
    reply: Reply,
    now: datetime,
    reply_to: int | None = None,
) -> StoredReply:
    """Write an outgoing message and its outbox row in the caller's transaction.

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
        connection.execute(
            insert(outbox).values(
                message=number,
                channel=channel,
                conversation=conversation,
                next_at=now + GRACE if reply_to else None,
            )
        )
    return StoredReply(number, reply, now)


def new_id(result: CursorResult[Any]) -> int:
    """The number the database gave to an inserted row."""
    key = result.inserted_primary_key
    if key is None:
        raise StorageUnavailable("数据库没有给新行编号")
    return int(key[0])
