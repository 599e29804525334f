"""Many sessions on end, some left midway, some with nonsense: what is held must not grow."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable

import httpx
from websockets.asyncio.client import connect

from tests.speech.speakers import SENTENCES, Speech, opened, read_aloud, shortened

_LOOK = 20  # sessions between two looks at the memory
_AT_ONCE = 2
_PATIENCE = 120.0
_SECONDS = 2.0


async def soak(url: str, sessions: int, memory: Callable[[], dict[str, int]]) -> None:
    """Print memory every so often, and at the end what became of the sessions."""
    speeches = [shortened(read_aloud(sentence), _SECONDS) for sentence in SENTENCES]
    became: Counter[str] = Counter()
    for number in range(0, sessions, _AT_ONCE):
        last = range(number, min(number + _AT_ONCE, sessions))
        ended = (session(url, each, speeches[each % len(speeches)]) for each in last)
        became.update(await asyncio.gather(*ended))
        if (number + _AT_ONCE) % _LOOK == 0:
            _say({"sessions": number + _AT_ONCE} | memory())
    state = httpx.get(f"{url}/readyz", timeout=30).json()["speech"]
    _say({"became": dict(became), "streams left": state["streams"], "starts": state["starts"]})


async def session(url: str, number: int, speech: Speech) -> str:
    """One after another: three are heard, one leaves midway, one sends no sound at all."""
    async with (
        asyncio.timeout(_PATIENCE),
        connect(url.replace("http", "ws") + "/api/v1/speech") as socket,
    ):
        if number % 5 == 4:
            await socket.send('{"start": {"format": "webm"}}')
            await socket.recv()
            await socket.send(b"this is no sound " * 100)
        else:
            await opened(socket)
            for at in range(0, len(speech.pcm), 16_000):
                await socket.send(speech.pcm[at : at + 16_000])
        if number % 5 == 3:
            return "left"
        await socket.send('{"eof": 1}')
        while (message := json.loads(await socket.recv()))["type"] not in ("final", "error"):
            pass
        return str(message["outcome"] if message["type"] == "final" else message["code"])


def _say(row: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()
