"""50 callbacks a second for a minute on loopback: make bench-wechat.

The database, the law and the whole way of a message are real; dialogue and search are the tests'
fakes, so that the figures are the channel's own. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from api.app import create_app
from api.settings import Settings
from knowledge.corpus import Corpus
from knowledge.statutes import read_statutes
from knowledge.versions import settle
from tests.conftest import ROOT, STATUTES
from tests.faked import over_fakes
from tests.wechat.account import Account
from tests.wechat.pushing import Pusher
from tests.wechat.serving import emulator, served

_PATIENCE = 120


async def load(pusher: Pusher, rate: int, seconds: int) -> list[float]:
    """Send at an even rate, each from somebody else; the seconds each request took."""
    started, sent = time.monotonic(), []
    for number in range(rate * seconds):
        await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
        asked = f"公司拖欠工资怎么办，第{number}次问"
        sent.append(asyncio.create_task(pusher.say(f"o-{number}", asked)))
    pushed = await asyncio.gather(*sent)
    return [second for one in pushed for second in one.seconds]


async def measure(account: Account, url: str, rate: int, seconds: int) -> dict[str, object]:
    """The load, and then until everybody has an answer."""
    pusher = Pusher(account, url)
    took = sorted(await load(pusher, rate, seconds))
    await pusher.client.aclose()
    deadline = time.monotonic() + _PATIENCE
    people = account.residents.values()
    while not all(one.read() for one in people) and time.monotonic() < deadline:
        await asyncio.sleep(0.5)
    ways = Counter(shown.way for one in people for shown in one.screen if shown.way != "own")
    return {
        "callbacks": len(took),
        "people": len(people),
        "p50": round(took[len(took) // 2], 3),
        "p99": round(took[int(len(took) * 0.99)], 3),
        "max": round(took[-1], 3),
        "lost": sum(not one.read() for one in people),
        "twice": sum(len(one.read()) > 1 for one in people),
        "ways": dict(ways),
    }


def main() -> None:
    """Run it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rate", type=int, default=50)
    arguments.add_argument("--seconds", type=int, default=60)
    chosen = arguments.parse_args()
    corpus = Corpus(settle(read_statutes(STATUTES, ROOT / "knowledge/corrections.yml")))
    account = Account(safe=True, now=lambda: datetime.now(UTC))
    with tempfile.TemporaryDirectory() as folder, served(emulator(account)) as tencent:
        settings = Settings(  # type: ignore[call-arg]
            _env_file=None,
            data=Path(folder),
            county_files=ROOT / "county",
            rasa_token="bench",
            action_secret="bench",
            secret_key="bench",
            wechat_app_id=account.app_id,
            wechat_app_secret=account.secret,
            wechat_token=account.token,
            wechat_aes_key=account.aes_key,
            wechat_api=tencent,
        )
        parts = over_fakes(settings, corpus, account.now)
        with served(create_app(parts)) as url:
            figures = asyncio.run(measure(account, f"{url}/wechat", chosen.rate, chosen.seconds))
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
