"""From what came in to what goes back: stored first, answered once, in time or later."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from api.channels.wechat.reading import Reader, say
from api.channels.wechat.reply import menu_of, pieces
from api.core.errors import CoreError, MessageInvalid
from api.core.incoming import Incoming, Kind
from api.core.ports import Services, StoredReply
from api.core.receive import receive
from api.core.types import Decision, Message, Reply
from api.notify.links import Links
from api.storage.inbox import Entry, Inbox
from api.storage.messages import Messages
from api.storage.outbox import Outbox, Taken

_log = logging.getLogger(__name__)
_TRIES = 3
_SORRY = "刚才那条消息没能处理好。请您再发一次；急事请拨打12348。"
_ELSEWHERE_SECONDS = 0.2
Gone = Callable[[], Awaitable[bool]]


@dataclass
class Answering:
    """Answers for one account; `patience` seconds is how long a request is kept waiting.

    At most `at_once` questions are thought about at the same time. The rest wait in the inbox,
    and their answers go out by the outbox.
    """

    channel: str
    inbox: Inbox
    outbox: Outbox
    messages: Messages
    services: Services
    readers: Mapping[Kind, Reader]
    links: Links
    patience: float = 4.5
    at_once: int = 4
    _working: dict[int, asyncio.Task[int | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """One gate for all requests of this process."""
        self._gate = asyncio.Semaphore(self.at_once)

    async def answer(self, incoming: Incoming, gone: Gone) -> str | None:
        """The first piece of the answer, or None: nothing to say, a double, or later.

        `gone` says whether whoever asked has hung up; then the outbox brings the answer.
        """
        until = asyncio.get_running_loop().time() + self.patience
        arrived = self.services.now()
        entry = await asyncio.to_thread(self.inbox.accept, incoming)
        message = await self._in_time(entry, incoming, until)
        if message is None or await gone():
            return None
        return await asyncio.to_thread(self._take, incoming, message, arrived)

    async def sweep(self) -> int:
        """Answer what a process left behind that stopped in between."""
        left = await asyncio.to_thread(self.inbox.left_over, self.channel)
        for number, incoming, attempts in left:
            if number in self._working:
                continue
            if attempts > _TRIES:
                _log.error("inbox %d was tried %d times and is given up", number, attempts)
                await self._excuse(incoming, _SORRY)
                await asyncio.to_thread(self.inbox.done, number, None)
                continue
            self._start(number, incoming)
        return len(left)

    async def _in_time(self, entry: Entry, incoming: Incoming, until: float) -> int | None:
        """The number of the answer, if it is there before the patience ends."""
        if entry.done:
            return entry.message
        task = self._working.get(entry.id) or (
            self._start(entry.id, incoming) if entry.mine else None
        )
        waiting = asyncio.shield(task) if task else self._elsewhere(entry.id)
        left = max(0.0, until - asyncio.get_running_loop().time())
        try:
            return await asyncio.wait_for(waiting, left)
        except TimeoutError:
            return None

    def _start(self, number: int, incoming: Incoming) -> asyncio.Task[int | None]:
        task = asyncio.create_task(self._work(number, incoming))
        self._working[number] = task
        task.add_done_callback(lambda _: self._working.pop(number, None))
        return task

    async def _elsewhere(self, number: int) -> int | None:
        """Wait for another process that has it in hand."""
        while True:
            entry = await asyncio.to_thread(self.inbox.find, number)
            if entry.done:
                return entry.message
            await asyncio.sleep(_ELSEWHERE_SECONDS)

    async def _work(self, number: int, incoming: Incoming) -> int | None:
        """Think about it and note that it is done; on failure the sweep tries again."""
        try:
            async with self._gate:
                stored = await self._think(incoming)
            said = stored is not None and stored.reply.decision is not Decision.SILENT
            message = stored.id if stored and said else None
            await asyncio.to_thread(self.inbox.done, number, message)
        except CoreError as error:
            _log.warning("inbox %d: %s", number, error.code)
            return None
        return message

    async def _think(self, incoming: Incoming) -> StoredReply | None:
        person = await asyncio.to_thread(self.inbox.person, incoming.conversation)
        if person is None:
            return None
        read = await self.readers[incoming.kind](incoming, person)
        if read is None:
            return None
        words, think = read
        message = Message(incoming.conversation, incoming.channel, words, incoming.external_id)
        try:
            stored = await receive(message, self.services, think)
        except MessageInvalid as error:
            stored = await self._excuse(incoming, str(error))
        menu = [list(one) for one in menu_of(stored.reply)]
        if menu or person.menu:
            await asyncio.to_thread(self.inbox.note, incoming.conversation, menu=menu)
        return stored

    async def _excuse(self, incoming: Incoming, why: str) -> StoredReply:
        """Say that nothing came of a message."""
        message = Message(
            incoming.conversation, incoming.channel, "〔没能处理的消息〕", incoming.external_id
        )
        return await receive(message, self.services, say(Reply(Decision.CLARIFY, why)))

    def _take(self, incoming: Incoming, message: int, arrived: datetime) -> str | None:
        stored = self.messages.reply(message)
        texts = pieces(stored.reply, stored.id, stored.created_at, self.links)
        patience = timedelta(seconds=self.patience)
        taken = self.outbox.take(message, incoming.channel, arrived, len(texts), patience)
        return None if taken is Taken.NO else texts[0]
