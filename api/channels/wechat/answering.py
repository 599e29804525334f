"""From what came in to what goes back: stored first, answered once, in time or later."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from api.channels.wechat.accepting import Accepting
from api.channels.wechat.backlog import Backlog
from api.channels.wechat.reading import Reader, say
from api.channels.wechat.reply import menu_of, pieces
from api.channels.wechat.waiters import Waiters
from api.core.errors import CoreError, MessageInvalid
from api.core.incoming import Incoming, Kind
from api.core.ports import Services, StoredReply
from api.core.receive import receive
from api.core.types import Decision, Message, Reply
from api.notify.links import Links
from api.stopping import passed
from api.storage.inbox import Inbox, Work
from api.storage.messages import Messages
from api.storage.outbox import Outbox, Taken

_log = logging.getLogger(__name__)
_TRIES, _AHEAD = 3, 3
_SORRY = "刚才那条消息没能处理好。请您再发一次；急事请拨打12348。"
_LOOK_SECONDS = 0.5
_AGAIN = timedelta(seconds=20)
Gone = Callable[[], Awaitable[bool]]


@dataclass
class Answering:
    """Answers for one account; `patience` seconds is how long a request is kept waiting.

    A request only puts what it brought into the inbox. `run` takes it from there, oldest first,
    of each resident one at a time and `at_once` in all: what is too much waits in the inbox, and
    its answers go out by the outbox.
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
    _in_hand: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """What those who take in and those who answer share."""
        self._door = Accepting(self.inbox, f"{self.channel}-inbox")
        self._news, self._waiters = asyncio.Event(), Waiters(self.inbox)
        self._gate, self._more = asyncio.Semaphore(self.at_once), False
        self._stopping = False
        self._backlog = Backlog()

    async def answer(self, incoming: Incoming, gone: Gone) -> str | None:
        """The first piece of the answer, or None: nothing to say, a double, or later.

        `gone` says whether whoever asked has hung up; then the outbox brings the answer.
        """
        came, arrived = _clock(), self.services.now()
        entry = await self._door.accept(incoming)
        self._news.set()
        if entry.done:
            message = entry.message
        else:
            kept = self._backlog.keeps(self.patience, self.at_once)
            self._backlog.size += 1
            if self._stopping or not kept:
                return None
            message = await self._waiters.answer(entry.id, came + kept)
        if message is None or await gone():
            return None
        return await asyncio.to_thread(self._take, incoming, message, arrived)

    async def run(self, stop: asyncio.Event) -> None:
        """Answer what is in the inbox until told to stop; then finish what is in hand."""
        async with asyncio.TaskGroup() as group:
            listening = group.create_task(self._waiters.listen(but=self._in_hand))
            group.create_task(self._heed(stop))
            while not stop.is_set():
                self._news.clear()
                for work in await self._claim():
                    self._in_hand.add(work.id)
                    group.create_task(self._work(work))
                await passed(_LOOK_SECONDS, self._news)
            listening.cancel()

    def close(self) -> None:
        """Let the door's thread go."""
        self._door.close()

    async def _heed(self, stop: asyncio.Event) -> None:
        """Once told to stop, let those go who wait for what is left to the next process."""
        await stop.wait()
        self._stopping = True
        self._news.set()
        for number in self._waiters.beyond(self._in_hand):
            self._waiters.tell(number, None)

    async def _claim(self) -> list[Work]:
        """The next ones; a few more than are thought about at once, so that few look-ups do."""
        if len(self._in_hand) > self.at_once:
            return []
        room = _AHEAD * self.at_once - len(self._in_hand)
        try:
            claimed = await asyncio.to_thread(self.inbox.claim, self.channel, room)
            self._more = len(claimed) == room
            self._backlog.size = len(self._in_hand) + len(claimed)
            if self._more:
                self._backlog.size = await asyncio.to_thread(self.inbox.behind)
        except CoreError as error:
            _log.warning("inbox: %s", error.code)
            return []
        return claimed

    async def _work(self, work: Work) -> None:
        """Answer it; what fails is tried again, and given up in words."""
        try:
            async with self._gate:
                began = _clock()
                stored = await self._think(work)
            said = stored is not None and stored.reply.decision is not Decision.SILENT
            message = stored.id if stored and said else None
            menu = menu_of(stored.reply) if stored else work.person.menu
            await asyncio.to_thread(self.inbox.done, work, message, menu)
            self._backlog.answered(began, _clock())
            self._waiters.tell(work.id, message)
        except asyncio.CancelledError:
            with suppress(CoreError):  # or the next process waits until the lease is over
                self.inbox.release(work.id, self.services.now())
            raise
        except CoreError as error:
            _log.warning("inbox %d: %s", work.id, error.code)
            await self._later(work)
        except Exception:  # noqa: BLE001  one message must not end the work on all others
            _log.exception("inbox %d", work.id)
            await self._later(work)
        finally:
            self._in_hand.discard(work.id)
            if self._more or self._waiters.beyond(self._in_hand):
                self._news.set()

    async def _later(self, work: Work) -> None:
        """Let it go for a while; when that fails too, its lease ends by itself."""
        try:
            await asyncio.to_thread(self.inbox.release, work.id, self.services.now() + _AGAIN)
        except CoreError as error:
            _log.warning("inbox %d: %s", work.id, error.code)

    async def _think(self, work: Work) -> StoredReply | None:
        incoming = work.incoming
        if work.attempts > _TRIES:
            _log.error("inbox %d was tried %d times and is given up", work.id, _TRIES)
            return await self._excuse(incoming, _SORRY)
        read = await self.readers[incoming.kind](incoming, work.person)
        if read is None:
            return None
        words, think = read
        message = Message(incoming.conversation, incoming.channel, words, incoming.external_id)
        try:
            return await receive(message, self.services, think)
        except MessageInvalid as error:
            return await self._excuse(incoming, str(error))

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


def _clock() -> float:
    """Seconds of the running loop."""
    return asyncio.get_running_loop().time()
