"""50 callbacks a second for a minute on loopback: make bench-wechat.

The program runs in a process of its own; this one plays Tencent and the residents. Database, law
and the whole way of a message are real; dialogue and search are the tests' fakes, so that the
figures are the channel's own. With --real, search and dialogue are real too (make setup first).
Prints one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import psutil

from tests.running import running
from tests.wechat.account import Account
from tests.wechat.program import Started, account_settings, program
from tests.wechat.pushing import Pushed, Pusher
from tests.wechat.serving import emulator, served

_PATIENCE = 900
_ASKED = "公司拖欠工资怎么办，第{}次问"


class Lean(Pusher):
    """Without a client library, whose cost would be counted as the program's."""

    async def _send(self, query: dict[str, str], body: bytes, limit: float) -> str:
        async with asyncio.timeout(limit):
            to = urlsplit(self.url)
            reader, writer = await asyncio.open_connection(to.hostname, to.port)
            head = f"POST {to.path}?{urlencode(query)} HTTP/1.1\r\nHost: {to.netloc}\r\n"
            head += f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            try:
                writer.write(head.encode() + body)
                said = (await reader.read()).decode()
            finally:
                writer.close()
        status, _, rest = said.partition("\r\n")
        if " 200 " not in status:
            raise httpx.HTTPError(status)
        return rest.partition("\r\n\r\n")[2]


async def load(pusher: Pusher, rate: int, seconds: int) -> list[Pushed]:
    """Send at an even rate, each from somebody else."""
    started, sent = time.monotonic(), []
    for number in range(rate * seconds):
        await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
        sent.append(asyncio.create_task(pusher.say(f"o-{number}", _ASKED.format(number))))
    return await asyncio.gather(*sent)


async def measure(account: Account, at: Started, rate: int, seconds: int) -> dict[str, object]:
    """The load, and then until everybody has an answer and nobody gets anything a second time.

    A long answer comes in several messages, each with other words.
    """
    pusher, cpu = Lean(account, f"{at.url}/wechat"), at.cpu
    await pusher.say("o-first", _ASKED.format("头一"))
    pushed = await load(pusher, rate, seconds)
    await pusher.client.aclose()
    ended, people = time.monotonic(), account.residents.values()
    while not all(one.read() for one in people) and time.monotonic() < ended + _PATIENCE:
        await asyncio.sleep(0.25)
    drained = time.monotonic() - ended
    await asyncio.sleep(5)  # what comes twice would come now
    took = sorted(second for one in pushed for second in one.seconds)
    ways = Counter(shown.way for one in people for shown in one.screen if shown.way != "own")
    return {
        "callbacks": len(took),
        "hung_up": sum(one.tries - 1 for one in pushed),
        "people": len(people),
        "p50": round(took[len(took) // 2], 3),
        "p95": round(took[int(len(took) * 0.95)], 3),
        "p99": round(took[int(len(took) * 0.99)], 3),
        "max": round(took[-1], 3),
        "lost": sum(not one.read() for one in people),
        "twice": sum(len(set(one.read())) < len(one.read()) for one in people),
        "ways": dict(ways),
        "last_answer_after": round(drained, 1),
        "cpu_ms_each": round(1000 * (at.cpu - cpu) / len(people), 1),
    }


@contextmanager
def real(folder: Path, account: Account, tencent: str) -> Iterator[Started]:
    """The application on its index with Rasa; its processor time is the application's alone."""
    own = {name.upper(): value for name, value in account_settings(account, tencent).items()}
    with running(folder, dialogue=True, **own) as at:
        port = int(at.url.rpartition(":")[2])
        listens = (c.pid for c in psutil.net_connections("tcp") if c.laddr and c.laddr.port == port)
        yield Started(at.url, psutil.Process(next(pid for pid in listens if pid)))


def main() -> None:
    """Run it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rate", type=int, default=50)
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--real", action="store_true", help="real search and dialogue")
    chosen = arguments.parse_args()
    account = Account(safe=True, now=lambda: datetime.now(UTC))
    with tempfile.TemporaryDirectory() as name, served(emulator(account)) as tencent:
        folder = Path(name)
        at = real(folder, account, tencent) if chosen.real else program(folder, tencent)
        with at as started:
            figures = asyncio.run(measure(account, started, chosen.rate, chosen.seconds))
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
