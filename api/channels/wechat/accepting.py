"""What callbacks bring goes into the inbox: all that came meanwhile at once, by one thread."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from api.core.incoming import Incoming
from api.storage.inbox import Entry, Inbox

_TOGETHER = 50
_Came = tuple[Incoming, asyncio.Future[Entry]]


@dataclass
class Accepting:
    """One transaction for many: while one is under way, what comes gathers for the next.

    Single ones could not keep up beside four threads that answer: each waits its turn for the
    processor and for the database's only writer several times.
    """

    inbox: Inbox
    name: str
    _came: list[_Came] = field(default_factory=list)
    _storing: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        """A thread that does nothing else, so that nothing is before it there."""
        self._thread = ThreadPoolExecutor(1, self.name)

    async def accept(self, incoming: Incoming) -> Entry:
        """Store it, or find it stored.

        Raises:
            StorageUnavailable: it is not stored; whoever brought it brings it again.
        """
        entry: asyncio.Future[Entry] = asyncio.get_running_loop().create_future()
        self._came.append((incoming, entry))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store())
        return await entry

    def close(self) -> None:
        """Let the thread go."""
        self._thread.shutdown(wait=False)

    async def _store(self) -> None:
        while self._came:
            some, self._came = self._came[:_TOGETHER], self._came[_TOGETHER:]
            await self._together(some)

    async def _together(self, some: Sequence[_Came]) -> None:
        """In one transaction; when that fails one by one, for one may be to blame."""
        loop, brought = asyncio.get_running_loop(), [incoming for incoming, _ in some]
        try:
            entries = await loop.run_in_executor(self._thread, self.inbox.accept, brought)
        except Exception as error:  # noqa: BLE001  whoever brought it is told
            if len(some) == 1:
                _settle(some[0][1], error)
                return
            for one in some:
                await self._together([one])
            return
        for (_, waiting), entry in zip(some, entries, strict=True):
            _settle(waiting, entry)


def _settle(waiting: asyncio.Future[Entry], with_: Entry | Exception) -> None:
    if waiting.done():  # whoever brought it is gone
        return
    if isinstance(with_, Exception):
        waiting.set_exception(with_)
    else:
        waiting.set_result(with_)
