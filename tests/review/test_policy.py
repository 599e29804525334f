"""Deadlines by the county's clock: kinds, holidays, pauses; second reviews; samples."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from api.core.deadlines import COUNTY
from api.core.types import Promise
from api.review.errors import PolicyInvalid
from api.review.policy import SHIPPED, Due, load_policy
from api.review.types import Case, State

POLICY = load_policy()
FRIDAY = datetime(2026, 9, 18, 16, 30, tzinfo=COUNTY)  # the Sunday after it is a working day


def case(due_at: datetime, **more: object) -> Case:
    made = Case(1, "W1", "c", "劳动", "问", ("把握不够",), None, "", FRIDAY, due_at)
    return replace(made, **{"state": State.QUEUED} | more)


@pytest.mark.parametrize(
    ("words", "why", "kind", "due"),
    [
        ("我老公打我", ("紧急：正在发生的暴力",), "urgent", "2026-09-18T17:00"),
        ("我在工地打工，老板不给工钱", ("把握不够",), "wages", "2026-09-20T12:00"),
        ("我弟弟被抓了", ("涉及刑事追究或者羁押",), "pressing", "2026-09-20T12:00"),
        ("邻居占我家地", ("把握不够",), "normal", "2026-09-20T16:30"),
    ],
)
def test_how_long_a_kind_may_take(words: str, why: tuple[str, ...], kind: str, due: str) -> None:
    promise = POLICY.promise(words, why, FRIDAY)
    assert isinstance(promise, Promise) and promise.kind == kind
    assert promise.due_at.astimezone(COUNTY).isoformat(timespec="minutes")[:16] == due


def test_a_holiday_week_does_not_count() -> None:
    before = datetime(2026, 9, 30, 17, 0, tzinfo=COUNTY)
    due = POLICY.promise("邻居占地", ("把握不够",), before).due_at.astimezone(COUNTY)
    assert (due.month, due.day) == (10, 8)


def test_a_pause_gives_back_what_was_left() -> None:
    due = datetime(2026, 9, 28, 16, 30, tzinfo=COUNTY)
    paused = case(due, paused_at=datetime(2026, 9, 28, 10, 0, tzinfo=COUNTY))
    again = POLICY.resumed(paused, datetime(2026, 9, 29, 9, 0, tzinfo=COUNTY))
    assert again.astimezone(COUNTY) == datetime(2026, 9, 29, 15, 30, tzinfo=COUNTY)
    assert POLICY.due(paused, due.replace(day=30)) is Due.PAUSED


def test_how_a_deadline_stands() -> None:
    due = datetime(2026, 9, 28, 16, 30, tzinfo=COUNTY)
    states = [POLICY.due(case(due), due.replace(hour=hour)) for hour in (10, 16, 17)]
    assert states == [Due.ON_TIME, Due.SOON, Due.OVERDUE]
    assert POLICY.due(case(due, state=State.SENT), due.replace(hour=20)) is Due.DONE


def test_which_answers_need_a_second_lawyer() -> None:
    plain = case(FRIDAY)
    assert POLICY.second_reasons(plain, Decimal(100_000), {}) == ()
    assert POLICY.second_reasons(plain, Decimal(100_001), {}) == ("金额超过100,000元",)
    grave = replace(plain, why=("涉及未成年当事人",))
    assert POLICY.second_reasons(grave, None, {}) == ("涉及未成年当事人",)
    assert POLICY.second_reasons(plain, None, {"劳动": (9, 0.2)}) == ()
    assert "κ=0.20" in POLICY.second_reasons(plain, None, {"劳动": (10, 0.2)})[0]


def test_the_sample_is_the_same_everywhere_and_of_the_right_size() -> None:
    chosen = [POLICY.in_sample(f"W20261123-{number:04d}") for number in range(4000)]
    assert 150 <= sum(chosen) <= 250
    assert chosen[:50] == [POLICY.in_sample(f"W20261123-{n:04d}") for n in range(50)]


def test_an_operators_own_days(tmp_path: Path) -> None:
    own = tmp_path / "policy.yml"
    own.write_text(
        SHIPPED.read_text(encoding="utf-8").replace("days: {}", "days: {2026-09-20: false}")
    )
    due = load_policy(own).promise("邻居占地", ("把握不够",), FRIDAY).due_at
    assert due.astimezone(COUNTY).day == 21
    own.write_text("hours: []")
    with pytest.raises(PolicyInvalid, match="不能用"):
        load_policy(own)
