"""Facts about unpaid wages, out of stories."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.employers import UNNAMED, answer_employer, find_employer
from nlu.wages import answer_monthly, answer_months, read_wages

# story | employer | yuan a month | months owed ("-": says nothing definite)
STORIES = """
在鑫源建筑公司干了半年，每月六千，只给了两个月|鑫源建筑公司|6000|4
我在县城工地干了半年，每月六千，只给了两个月|县城工地|6000|4
老张欠我三个月工资一个月五千五|老张|5500|3
不是三个月，是五个月没发|-|-|5
不是五千，是五千五|-|5500|-
我在工地干了三个月，老板一直拖着工钱不给，怎么办？|-|-|3
一个月6500欠了四个月|-|6500|4
包工头姓王一天260一个月干26天干了两个月一分钱没给|王老板|6760|2
干了两个月一分没给 一天260 一个月干26天|-|6760|2
公司拖欠我三个月工资了每月4800元|-|4800|3
每个月工资5500，已经8个月没发工资了|-|5500|8
干了两个月零十天 工资四千 老板跑了|-|4000|-
一共欠两万四 一个月六千|-|6000|-
欠我一个月五千 三个月了|-|5000|3
刘老板欠我一年工资 一个月7000块|刘老板|7000|12
说好的一个月六千块钱干了五个月只发了两个月生活费一个月一千|-|6000|-
我跟着老李在砖厂做了一年多，工资4500，还欠我七个月的没给|老李|4500|7
工钱6k一月,拖了半年|-|6000|6
工资三千五一个月 已经压了我两个月了|-|3500|2
厂里欠了我们十几个工人四个月工资 我一个月是5200|-|5200|4
每月五千，发了三个月还有两个月没发|-|5000|2
一个月五千多 欠了半年多|-|5000|6
干了四个月给了四个月|-|-|-
老板叫周德发 一个月4500 欠了五个月|周德发|4500|5
老板每月只给2000生活费|-|-|-
月薪八千，去年腊月到现在没发|-|8000|-
签了一年合同，干了三个月，没给钱|-|-|3
老板欠我工资|-|-|-
"""


@pytest.mark.parametrize("line", STORIES.strip().split("\n"))
def test_stories(line: str) -> None:
    text, *wanted = line.split("|")
    facts = read_wages(text)
    found = (facts.employer, facts.monthly, facts.months)
    assert ["-" if fact is None else str(fact) for fact in found] == wanted


@pytest.mark.parametrize(
    ("text", "daily", "total"),
    [
        ("我们的工资都是一天两百三，干了四十五天", "230", None),
        ("260一天", "260", None),
        ("每天180", "180", None),
        ("一共欠两万四", None, "24000"),
        ("还差我八千块", None, "8000"),
        ("每月五千", None, None),
        ("一天两百，一个月干一二十天", "200", None),
    ],
)
def test_sums_that_are_no_monthly_wage(text: str, daily: str | None, total: str | None) -> None:
    facts = read_wages(text)
    assert facts.daily == (Decimal(daily) if daily else None)
    assert facts.total == (Decimal(total) if total else None)


@pytest.mark.parametrize(
    ("answer", "yuan"),
    [
        ("五千", 5000),
        ("5500", 5500),
        ("大概四千多吧", 4000),
        ("一个月就三千二", 3200),
        ("六千块钱", 6000),
        ("不是五千是五千五", 5500),
        ("工资六千，生活费给了一千", 6000),
        ("6k", 6000),
        ("一天两百", None),
        ("一共两万", None),
        ("三四千", None),
        ("不知道", None),
        ("不是五千", None),
    ],
)
def test_answers_about_the_monthly_wage(answer: str, yuan: int | None) -> None:
    assert answer_monthly(answer) == yuan


@pytest.mark.parametrize(
    ("answer", "months"),
    [
        ("三个月", 3),
        ("从开工干到现在有半年了", 6),
        ("一年零两个月", 14),
        ("差不多八个月", 8),
        ("干了七个月给了两个月", 5),
        ("不是三个月，是四个月", 4),
        ("好几个月", None),
        ("去年到现在", None),
        ("不记得", None),
    ],
)
def test_answers_about_the_months(answer: str, months: int | None) -> None:
    assert answer_months(answer) == months


@pytest.mark.parametrize(
    ("answer", "employer"),
    [
        ("老张", "老张"),
        ("王老板", "王老板"),
        ("就是王老板", "王老板"),
        ("那个黑心的王老板欠的", "王老板"),
        ("包工头姓刘", "刘老板"),
        ("老板叫周德发，欠我三个月", "周德发"),
        ("县里的鑫源公司", "县里的鑫源公司"),
        ("顺发劳务公司", "顺发劳务公司"),
        ("欠我钱的是刘麻子", "刘麻子"),
        ("是我们村的陈二狗", "我们村的陈二狗"),
        ("不知道", UNNAMED),
        ("不晓得他叫么名字", UNNAMED),
        ("没名字", UNNAMED),
        ("？", None),
        ("123", None),
        ("一个月三千六", None),
        ("欠了两个半月", None),
        ("每月5000元", None),
        ("张三", "张三"),
        ("另外还有一家，城南饭店也欠我的", "城南饭店"),
        ("这个事情说来话长要从前年我跟着老乡出去打工的那个时候开始讲起才讲得清楚的", None),
    ],
)
def test_answers_about_the_employer(answer: str, employer: str | None) -> None:
    assert answer_employer(answer) == employer


@pytest.mark.parametrize(
    "text", ["老板不给钱", "公司欠薪", "有家饭店欠我钱", "老家的房子", "小时候", "包工头跑了"]
)
def test_nobody_is_named(text: str) -> None:
    assert find_employer(text) is None


@given(st.integers(1, 60), st.integers(1, 60))
def test_paid_months_are_taken_off(worked: int, paid: int) -> None:
    months = read_wages(f"干了{worked}个月，给了{paid}个月").months
    assert months == (worked - paid if worked > paid else None)


@given(
    st.text(
        alphabet="欠我干了给没发不是每月一天工资老板王在三五十千万块个半年，012345", max_size=40
    )
)
def test_no_story_breaks_the_reader(text: str) -> None:
    facts = read_wages(text)
    for value in (facts.monthly, facts.months, facts.daily, facts.total):
        assert value is None or value >= 0
