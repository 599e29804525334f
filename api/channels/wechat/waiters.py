"""Requests that wait for the answer to what they brought, whichever process gives it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Container
from dataclasses import dataclass, field

from api.core.errors import CoreError
from api.storage.inbox import Inbox

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 0.5
_Answer = asyncio.Future[int | None]


@dataclass(frozen=True)
class Waiters:
    """By the number of the entry; several requests may wait for one."""

    inbox: Inbox
    _open: dict[int, set[_Answer]] = field(default_factory=dict)

    async def answer(self, number: int, until: float) -> int | None:
        """The message that answers an entry; None when there is none, or none in time.

        `until` is a moment of the running loop's clock.
        """
        answer: _Answer = asyncio.get_running_loop().create_future()
        self._open.setdefault(number, set()).add(answer)
        try:
            async with asyncio.timeout_at(until):
                return await answer
        except TimeoutError:
            return None
        finally:
            left = self._open.get(number, set())
            left.discard(answer)
            if not left:
                self._open.pop(number, None)

    def tell(self, number: int, message: int | None) -> None:
        """The entry is done."""
        for answer in self._open.pop(number, set()):
            if not answer.done():
                answer.set_result(message)

    def beyond(self, these: Container[int]) -> list[int]:
        """Entries waited for that are none of these."""
        return [number for number in self._open if number not in these]

    async def listen(self, but: Container[int]) -> None:
        """Look now and then, until cancelled, what other processes answered; all `but` these."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            others = self.beyond(but)
            try:
                found = await asyncio.to_thread(self.inbox.answered, others) if others else {}
            except CoreError as error:
                _log.warning("inbox: %s", error.code)
                continue
            for number, message in found.items():
                self.tell(number, message)
