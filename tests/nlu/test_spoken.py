"""What is read back: figures that are none are left as they were said."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.dates import find_days
from nlu.spoken import read_back, tidy
from nlu.wages import read_wages
from nlu.words import read_topic_words
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("劳动法第五五条", "劳动法第五五条"),
        ("劳动法第零条", "劳动法第零条"),
        ("劳动法四十条之一", "劳动法第四十条之一"),
        ("嗯。", "嗯。"),
        ("嗯，对", "对"),
    ],
)
def test_numbers_of_articles(heard: str, written: str) -> None:
    assert tidy(heard) == written


@pytest.mark.parametrize(
    ("heard", "says"),
    [
        ("三三月五号", []),
        ("十三月五号", []),
        ("三月四十号", []),
        ("三月五号", ["3月5日"]),
        ("二零二四年三月五号", ["2024年3月5日"]),
        ("2024年3月5号", ["2024年3月5日"]),
    ],
)
def test_days_that_exist_are_read_back(heard: str, says: list[str]) -> None:
    assert [one.says for one in read_back(heard) if one.kind == "date"] == says


def test_a_lunar_feast_needs_a_calendar() -> None:
    assert find_days("春节前", TODAY) == []


def test_a_feast_still_to_come_was_last_year() -> None:
    (day,) = find_days("国庆那天", date(2026, 3, 1))
    assert day.first == date(2025, 10, 1)


def test_days_that_are_no_number_make_no_month() -> None:
    assert read_wages("一天两百，一个月干二三十天").monthly is None


def test_empty_lines_of_the_lexicon() -> None:
    assert read_topic_words("欠薪 labour\n\n") == {"labour": ("欠薪",)}
