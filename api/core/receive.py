"""One message in, one stored reply out: repeated messages get the first answer, order is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from api.core.consult import consult
from api.core.errors import MessageInvalid
from api.core.ports import Services, StoredReply
from api.core.types import Context, Message, Outcome

MAX_CHARS = 3000
#: What is made of a message; all but `consult` is for what is no question: a greeting, a picture.
Think = Callable[[Message, Context, Services], Awaitable[Outcome]]
_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


async def receive(message: Message, use: Services, think: Think = consult) -> StoredReply:
    """Store the message, answer it, store the answer.

    The message is stored before anything else, so that nothing a resident said is lost. A second
    message of a conversation waits for the first; a repeat of one being answered gets its answer.

    Raises:
        MessageInvalid: the text is empty or too long.
        StorageUnavailable: nothing could be stored; the resident should send again.
    """
    check(message)
    async with _locks.setdefault(message.conversation, asyncio.Lock()):
        accepted = await asyncio.to_thread(use.store.accept, message)
        if accepted.reply:
            return accepted.reply
        context = await asyncio.to_thread(use.store.context, message.conversation)
        outcome = await think(message, context, use)
        return await asyncio.to_thread(use.store.finish, accepted, message, outcome)


def check(message: Message) -> None:
    """Refuse what cannot be a question.

    Raises:
        MessageInvalid: the text is empty or too long.
    """
    length = len(message.text)
    if not message.text.strip():
        raise MessageInvalid("text_empty", "您还没有输入内容。请说说遇到了什么事。")
    if length > MAX_CHARS:
        raise MessageInvalid(
            "text_too_long",
            f"内容太长：您写了{length}个字，最多{MAX_CHARS}个字。请分几次发，先说最要紧的。",
        )
