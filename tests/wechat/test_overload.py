"""More than can be answered: everything is stored, and nobody waits in vain."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import func, select

from api.channels.wechat.accepting import Accepting
from api.channels.wechat.backlog import Backlog
from api.core.errors import StorageUnavailable
from api.core.incoming import Incoming, Kind
from api.storage.channel_tables import channel_inbox
from api.storage.inbox import Entry, Inbox
from api.storage.migrate import migrate
from api.wiring import Application


def brought(number: int, words: str = "公司拖欠工资怎么办") -> Incoming:
    """A message of somebody."""
    return Incoming("wechat", f"wechat-{number}", f"o-{number}", "1", Kind.TEXT, text=words)


class Counting(Inbox):
    """Counts its transactions; refuses those in which somebody writes 坏."""

    transactions = 0

    def accept(self, brought: Sequence[Incoming]) -> list[Entry]:
        """As ever."""
        self.transactions += 1
        if any(one.text == "坏" for one in brought):
            raise StorageUnavailable("坏")
        return super().accept(brought)


@pytest.fixture
def inbox(parts: Application) -> Counting:
    """The inbox of an empty database."""
    migrate(parts.engine)
    return Counting(parts.engine, parts.services.now)


async def test_what_comes_together_is_stored_together(inbox: Counting, parts: Application) -> None:
    door = Accepting(inbox, "door")
    people = [number % 20 for number in range(40)]  # everybody twice
    entries = await asyncio.gather(*(door.accept(brought(number)) for number in people))
    door.close()
    assert [one.id for one in entries[:20]] == [one.id for one in entries[20:]]
    assert len({one.id for one in entries}) == 20
    with parts.engine.connect() as connection:
        assert connection.execute(select(func.count(channel_inbox.c.id))).scalar_one() == 20
    assert inbox.transactions == 1


async def test_one_that_cannot_be_stored_spoils_no_other(inbox: Counting) -> None:
    door = Accepting(inbox, "door")
    came = [brought(1), brought(2, "坏"), brought(3)]
    stored = await asyncio.gather(*map(door.accept, came), return_exceptions=True)
    door.close()
    assert [type(one) for one in stored] == [Entry, StorageUnavailable, Entry]


@pytest.mark.parametrize(
    ("before", "seconds_each", "kept"),
    [(0, 9.0, 4.0), (3, 9.0, 4.0), (4, 9.0, 0.0), (4, 0.1, 2.0), (19, 0.1, 2.0), (21, 0.1, 0.0)],
)
def test_who_would_wait_in_vain_is_let_go(before: int, seconds_each: float, kept: float) -> None:
    backlog = Backlog()
    for number in range(200):
        ended = number * seconds_each
        backlog.answered(began=ended - 4 * seconds_each, ended=ended)  # four at once
    backlog.size = before
    assert backlog.keeps(patience=4.0, at_once=4) == kept


def test_a_pause_says_nothing_about_the_pace() -> None:
    backlog = Backlog(size=100)
    for number in range(40):
        backlog.answered(began=number * 0.1, ended=number * 0.1 + 0.1)
    backlog.answered(began=3600.0, ended=3600.1)
    assert backlog.pace == pytest.approx(0.1, rel=0.2)
