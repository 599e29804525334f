"""Days, people and answers read from words: tests/nlu/tables/*.yml."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from api.clients.lunar import solar
from nlu.dates import find_days
from nlu.forms.catalogue import FORMS
from nlu.forms.finishing import hand_off_facts
from nlu.forms.reading import explain_refusal, read_answer, read_story
from nlu.forms.types import Calendar
from nlu.parties import find_place, is_negated, relations
from nlu.rates import Rate, read_rate
from tests.conftest import TODAY

CALENDAR = Calendar(TODAY, solar)


def table(name: str) -> Any:
    path = Path(__file__).with_name("tables") / f"{name}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("words", "days"), table("dates").items())
def test_days(words: str, days: list[date]) -> None:
    found = find_days(words, TODAY, solar)
    spans = [[d.first] if d.first == d.last else [d.first, d.last] for d in found]
    assert (spans[0] if spans else []) == days
    assert all(d.about is (d.first != d.last) for d in found)


@pytest.mark.parametrize("words", ["去年腊月", "正月初八", "农历八月十五", "春节前", "去年中秋"])
def test_lunar_days_are_uncertain_without_a_calendar(words: str) -> None:
    assert find_days(words, TODAY) == []


def test_two_days_in_one_sentence() -> None:
    found = find_days("从2022年3月1日干到2025年6月30日", TODAY)
    assert [day.first for day in found] == [date(2022, 3, 1), date(2025, 6, 30)]


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.dates(date(1990, 1, 1), TODAY))
@settings(deadline=None)
def test_a_day_written_out_is_that_day(today: date, day: date) -> None:
    for words in (f"{day.year}年{day.month}月{day.day}日", day.isoformat()):
        (found,) = find_days(f"我是{words}进的厂", today)
        assert found.first == found.last == day


@given(st.dates(date(1991, 1, 1), date(2099, 12, 31)), st.integers(1, 12), st.integers(1, 28))
@settings(deadline=None)
def test_a_day_without_a_year_is_the_latest_one(today: date, month: int, day: int) -> None:
    (found,) = find_days(f"{month}月{day}号", today)
    assert timedelta(0) <= today - found.first <= timedelta(days=366)


@given(
    st.text(
        alphabet="去前今年上个月周初底一二三十廿腊正农历号日天春节国庆后0123456789-/.", max_size=24
    )
)
@settings(deadline=None)
def test_no_words_break_the_reader_of_days(words: str) -> None:
    for day in find_days(words, TODAY, solar):
        assert day.first <= day.last


@pytest.mark.parametrize(("words", "people"), table("people").items())
def test_people(words: str, people: list[str]) -> None:
    assert list(relations(words)) == people


@pytest.mark.parametrize(("form", "slot", "words", "value"), table("answers"))
def test_answers(form: str, slot: str, words: str, value: str | None) -> None:
    asked = FORMS[form].slot(slot)
    assert read_answer(asked, words, CALENDAR) == value
    if value is None:
        assert explain_refusal(asked, words)


@pytest.mark.parametrize(
    ("form", "words", "facts"),
    [
        (
            "overtime",
            "一个月五千，国庆加了三天班，周末八天",
            {"monthly_wage": "5000", "restday_hours": "64", "holiday_hours": "24"},
        ),
        (
            "severance",
            "我2020年3月1号入职，上个月15号被辞退，每月六千",
            {
                "monthly_wage": "6000",
                "reason": "unlawful",
                "started": "2020-03-01",
                "ended": "2026-10-15",
            },
        ),
        (
            "work_injury",
            "今年3月1号在厂里压断了手，鉴定十级，没给我交工伤保险",
            {"grade": "10", "injured_on": "2026-03-01", "insured": "否"},
        ),
        (
            "private_loan",
            "2024年5月1号借给他五万，月息一分五",
            {"principal": "50000", "lent_on": "2024-05-01", "rate": "月息一分五"},
        ),
        ("document", "今天天气好", {}),
    ],
)
def test_stories(form: str, words: str, facts: dict[str, str]) -> None:
    assert read_story(FORMS[form], words, CALENDAR) == facts


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("我在青石镇", "青石镇"),
        ("青石那边", "青石镇"),
        ("先到白水再到青石", "白水乡"),
        ("在城里", None),
    ],
)
def test_places(words: str, place: str | None) -> None:
    assert find_place(words, ("青石镇", "白水乡", "县")) == place


@pytest.mark.parametrize(
    ("words", "at", "negated"),
    [
        ("没签合同", 1, True),
        ("不是三个月", 2, True),
        ("签了合同", 0, False),
        ("没事，签了", 3, False),
    ],
)
def test_negation(words: str, at: int, negated: bool) -> None:
    assert is_negated(words, at) is negated


@pytest.mark.parametrize(
    ("words", "percent", "monthly"),
    [
        ("月息一分五", "1.5", True),
        ("两分利", "2", True),
        ("一分半", "1.5", True),
        ("1.2分", "1.2", True),
        ("五厘", "0.5", True),
        ("年息一分", "10", False),
        ("年利率12%", "12", False),
        ("月利率2%", "2", True),
        ("月利率百分之一点五", "1.5", True),
        ("年利率15.4％", "15.4", False),
    ],
)
def test_rates(words: str, percent: str, monthly: bool) -> None:
    assert read_rate(words) == Rate(Decimal(percent), monthly)


@pytest.mark.parametrize("words", ["没约定", "", "按银行的算", "一一分"])
def test_no_rate(words: str) -> None:
    assert read_rate(words) is None


@pytest.mark.parametrize(
    ("told", "agreed"),
    [({}, "free"), ({"rate": "月息一分"}, "rate"), ({"rate": "给点"}, "unclear")],
)
def test_what_was_agreed_on_interest(told: dict[str, str], agreed: str) -> None:
    assert hand_off_facts("private_loan", {"principal": "1", **told})["agreed"] == agreed
