"""A question answered while its asker watches: what is being done, then the reply."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

from api.core.ports import Services, StoredReply
from api.core.receive import receive
from api.core.types import Message, Stage

_under_way: set[asyncio.Task[StoredReply]] = set()


async def told(message: Message, use: Services) -> AsyncIterator[Stage | StoredReply]:
    """The stages as they begin, then the stored reply.

    A reader who leaves stops nothing: the answer is stored all the same.

    Raises:
        CoreError: as `receive` raises.
    """
    stages: asyncio.Queue[Stage] = asyncio.Queue()
    answer = asyncio.create_task(receive(message, replace(use, progress=stages.put_nowait)))
    _under_way.add(answer)  # the loop itself keeps no task alive
    answer.add_done_callback(_under_way.discard)
    while not answer.done():
        stage = asyncio.create_task(stages.get())
        await asyncio.wait({answer, stage}, return_when=asyncio.FIRST_COMPLETED)
        if stage.done():
            yield stage.result()
        else:
            stage.cancel()
    while not stages.empty():
        yield stages.get_nowait()
    yield await asyncio.shield(answer)
