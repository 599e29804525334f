"""Being told to stop: heard at once, so that what is in hand can be finished in time."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType

Work = Coroutine[object, object, object]
#: Work without an end: until the event is set; then it finishes what it has in hand.
Endless = Callable[[asyncio.Event], Work]
_log = logging.getLogger(__name__)
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_AGAIN_SECONDS = 1.0
#: A supervisor such as honcho kills five seconds after it said stop.
_FINISHING_SECONDS = 2.0


@asynccontextmanager
async def going(
    endless: Iterable[Endless], beside: Iterable[Work] = ()
) -> AsyncIterator[asyncio.Event]:
    """Run them while the block lasts; the event is set as soon as the process is told to stop.

    At the end the endless ones have two seconds to finish what they have in hand. `beside` may be
    cut off anywhere.
    """
    with told() as stop:
        finishing = [asyncio.create_task(_kept_up(work, stop)) for work in endless]
        cut_off = [asyncio.create_task(work) for work in beside]
        try:
            yield stop
        finally:
            stop.set()
            late: Iterable[asyncio.Task[object]] = ()
            if finishing:
                _, late = await asyncio.wait(finishing, timeout=_FINISHING_SECONDS)
            for task in (*cut_off, *late):
                task.cancel()
            await asyncio.gather(*cut_off, *finishing, return_exceptions=True)


@contextmanager
def told() -> Iterator[asyncio.Event]:
    """An event that is set when the process is told to stop; whoever listened before is told too.

    A server tells its application only when the last request was answered: too late for requests
    that wait for an answer which will not come any more.
    """
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop  # signals are the main thread's
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def hear(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop.set)
        if callable(then := before[signal.Signals(number)]):
            then(number, frame)

    for number in _SIGNALS:
        signal.signal(number, hear)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


async def passed(seconds: float, event: asyncio.Event) -> None:
    """Until the time has passed or the event is set, whichever is first."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass


async def _kept_up(work: Endless, stop: asyncio.Event) -> None:
    """Do it until told to stop; a fault that nobody foresaw must not end it sooner."""
    while not stop.is_set():
        try:
            await work(stop)
        except Exception:  # noqa: BLE001  nobody would notice that it ended
            _log.exception("stopped, and begins anew")
            await asyncio.sleep(_AGAIN_SECONDS)
