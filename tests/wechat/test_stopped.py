"""The program told to stop with much before it: it ends soon, and nothing is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import STATUTES
from tests.wechat.account import Account
from tests.wechat.bench import Lean
from tests.wechat.conftest import until
from tests.wechat.program import program
from tests.wechat.serving import emulator, served

pytestmark = pytest.mark.slow
_PEOPLE = [f"o-{number}" for number in range(60)]
_ASKED = "公司拖欠工资怎么办"
_THINKS = 1.0  # seconds: four at once need a quarter of a minute
_ENDS = 40  # seconds, where a process with nothing beside it needs three


def stored(folder: Path) -> int:
    """How many messages came into the inbox."""
    return _count(folder, "select count(*) from channel_inbox")


def unanswered(folder: Path) -> int:
    """How many of them are still there to be answered."""
    return _count(folder, "select count(*) from channel_inbox where done_at is null")


def _count(folder: Path, query: str) -> int:
    with closing(sqlite3.connect(folder / "wenfa.sqlite3", timeout=20)) as database:
        return int(database.execute(query).fetchone()[0])


async def test_what_is_left_is_answered_once_by_the_next_process(tmp_path: Path) -> None:
    if not STATUTES.is_file():
        pytest.skip("没有法律数据")
    account = Account(safe=True, now=lambda: datetime.now(UTC))
    people = [account.resident(name) for name in _PEOPLE]
    with served(emulator(account)) as tencent:
        with program(tmp_path, tencent, delay=_THINKS) as first:
            pusher = Lean(account, f"{first.url}/wechat")
            pushes = [asyncio.create_task(pusher.say(name, _ASKED)) for name in _PEOPLE]
            await until(lambda: stored(tmp_path) == len(people), seconds=30)
            first.process.terminate()
            pushed = await asyncio.gather(*pushes)
            await asyncio.to_thread(first.process.wait, timeout=_ENDS)
        assert {one.tries for one in pushed} == {1}, "nobody was hung up on"
        assert unanswered(tmp_path) > len(people) / 2
        with program(tmp_path, tencent):
            await until(lambda: all(one.read() for one in people), seconds=60)
            await asyncio.sleep(1)  # what comes twice would come now
    assert {len(one.read()) for one in people} == {1}
    assert all("第三十条" in one.read()[0] for one in people)
    assert not unanswered(tmp_path)
