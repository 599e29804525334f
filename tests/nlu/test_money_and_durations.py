"""Sums and lengths of time in running text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.durations import find_durations, read_months
from nlu.errors import DurationUnreadable
from nlu.money import find_money

MONEY = [
    ("每月五千", "5000"),
    ("一个月六千块", "6000"),
    ("工资4500元", "4500"),
    ("月薪6k", "6000"),
    ("欠我1万2", "12000"),
    ("一共两万多", "20000~"),
    ("大概四千", "4000~"),
    ("三千来块", "3000~"),
    ("60多万", "600000~"),
    ("二十多万块", "200000~"),
    ("五千左右", "5000~"),
    ("差不多三千", "3000~"),
    ("三块五", "3.5"),
    ("五十块", "50"),
    ("五十", ""),
    ("六千块一个月", "6000"),
    ("五千一个月", "5000"),
    ("260一天", "260"),
    ("一百二一天", "120"),
    ("一天两百三", "230"),
    ("2,500元", "2500"),
    ("6000,干了3个月", "6000"),
    ("二万三千四百元", "23400"),
    ("第一百条", ""),
    ("干了300天", ""),
    ("5口人", ""),
    ("2025年", ""),
    ("500斤谷子", ""),
    ("三千平", ""),
    ("电话13812345678", ""),
    ("三四千", ""),
    ("几百块", ""),
    ("好几百", ""),
    ("十几万", ""),
    ("借五千还了三千", "5000 3000"),
    ("老板欠工资", ""),
    ("", ""),
]

MONTHS = [
    ("三个月", "3"),
    ("3个月", "3"),
    ("两个半月", "2.5"),
    ("一个半月", "1.5"),
    ("三个月半", "3.5"),
    ("半个月", "0.5"),
    ("半年", "6"),
    ("一年", "12"),
    ("一年半", "18"),
    ("两年半", "30"),
    ("三年零两个月", "38"),
    ("一年零三个月", "15"),
    ("一年又两个月", "14"),
    ("十八个月", "18"),
    ("二十一个月", "21"),
    ("三个多月", "3~"),
    ("一年多", "12~"),
    ("快两年了", "24~"),
    ("半年左右", "6~"),
    ("两个季度", "6"),
    ("40天", "1.33"),
    ("六十天", "2"),
    ("二十一天", "0.7"),
    ("两个礼拜", "0.47"),
    ("三周", "0.7"),
    ("2个月零10天", "2.33"),
    ("30年", "360"),
    ("干了三个月欠两个月", "3 2"),
    ("2025年", ""),
    ("2025年3月", ""),
    ("三年前", ""),
    ("三个月前", ""),
    ("三年级", ""),
    ("九十年代", ""),
    ("第三年", ""),
    ("第三个月", ""),
    ("三四个月", ""),
    ("两三年", ""),
    ("几个月", ""),
    ("上个月", ""),
    ("十二月", ""),
    ("一二年", ""),
    ("六千块一个月", ""),
    ("没给钱", ""),
]


def told(about: bool, value: Decimal) -> str:
    return f"{value}{'~' if about else ''}"


@pytest.mark.parametrize(("text", "wanted"), MONEY)
def test_money(text: str, wanted: str) -> None:
    assert " ".join(told(m.about, m.yuan) for m in find_money(text)) == wanted


@pytest.mark.parametrize(("text", "wanted"), MONTHS)
def test_durations(text: str, wanted: str) -> None:
    assert " ".join(told(d.about, d.months) for d in find_durations(text)) == wanted


@given(st.integers(100, 99_999_999), st.sampled_from(["每月", "欠我", "一共", "，"]))
def test_a_sum_is_found_wherever_it_stands(yuan: int, before: str) -> None:
    (money,) = find_money(f"老板{before}{yuan}块钱不给")
    assert money.yuan == yuan


@given(st.integers(1, 50), st.integers(1, 11))
def test_years_and_months_add_up(years: int, months: int) -> None:
    assert read_months(f"{years}年零{months}个月") == 12 * years + months


@pytest.mark.parametrize("text", ["", "三个月和两个月", "欠三个月", "三个月前", "五千"])
def test_no_single_length_of_time(text: str) -> None:
    with pytest.raises(DurationUnreadable, match="读不出"):
        read_months(text)


@given(st.text(alphabet="欠我干了一两三十半年个月天块元千万多零第前0123456789，", max_size=24))
def test_findings_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    for found in (find_money(text), find_durations(text)):
        ends = [0]
        for item in found:
            assert ends[-1] <= item.start < item.end <= len(text)
            ends.append(item.end)
