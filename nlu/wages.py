"""What a story says about unpaid wages: who owes, what a month pays, how many months.

People tell it in any order and often without punctuation, so every sum and every length of
time is judged by the words right around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nlu.durations import Duration, find_durations
from nlu.employers import find_employer
from nlu.errors import NumberUnreadable
from nlu.money import Money, find_money
from nlu.numerals import plain, read_number


@dataclass(frozen=True)
class WageFacts:
    """Facts read from one text; None where it says nothing definite.

    `daily` and `total` are sums that are *not* the monthly wage: they explain a question back.
    """

    employer: str | None = None
    monthly: Decimal | None = None
    months: Decimal | None = None
    daily: Decimal | None = None
    total: Decimal | None = None


_NEAR = r"[^，。；！？,\d]"
_WAGES = r"(?:工资|工钱|薪水|薪资|人工|钱|款)"
_NEGATED = re.compile(r"(?:不是|不对|并非|不止|没有)(?:每个?月|一个月|工资|欠|拖|了|我)*$")
# 不是五千，是五千五: what follows a mistake in the same breath replaces it.
_CORRECTED = re.compile(r"(?:不是|不对|说错了|搞错了)[^。；！？]{1,12}$")

_A_MONTH_BEFORE = re.compile(rf"(?:每个?月|一个?月|月薪|月工资|底薪|包月){_NEAR}{{0,6}}$")
_A_MONTH_AFTER = re.compile(r"(?:钱|左右|多)?[/每一]个?月")
_A_DAY_BEFORE = re.compile(rf"(?:每天|一天|每日|日薪|日工资|[每一]个?工){_NEAR}{{0,5}}$")
_A_DAY_AFTER = re.compile(r"(?:钱|左右|多)?[/每一]个?(?:天|日|工(?!资|钱))")
_PAID_SUM = re.compile(
    rf"(?:给了|给过|只给|先给|发了|只发|付了|结了|预支|借支|生活费){_NEAR}{{0,4}}$"
)
_TOTAL = re.compile(rf"(?:一共|总共|合计|加起来|拢共|欠|差|该|剩|没给|没结){_NEAR}{{0,6}}$")
_WAGE_BEFORE = re.compile(r"(?:工资|工钱|薪水|人工)(?:是|大概|差不多|有|说好|讲好|约)*$")

_SUM_CUES = (
    ("paid", _PAID_SUM),
    ("total", _TOTAL),
    ("daily", _A_DAY_BEFORE),
    ("monthly", _A_MONTH_BEFORE),
    ("monthly", _WAGE_BEFORE),
)

_UNPAID_BEFORE = re.compile(
    r"(?:欠|压|没发|没给|没结|不发|不给|克扣|扣)[^，。；！？,干做发给]{0,10}$"
)
_UNPAID_AFTER = re.compile(
    rf"的?{_WAGES}?(?:老板|他|公司|他们)?(?:一直|一分|都|也|还|全|就|拖着|压着|了)*"
    r"(?:[没未不](?:有)?(?:给|发|结|拿|付|领|到)|被?(?:拖欠|欠|压|扣))"
)
_PAID_BEFORE = re.compile(
    r"(?<![没未不])(?:给了?|给过|发了?|发过|结了|付了|拿到|领了|领到)[^，。；！？,]{0,4}$"
)
_ALLOWANCE_AFTER = re.compile(r"的?(?:生活费|饭钱|零花)")
_ELAPSED_BEFORE = re.compile(r"(?:拖|过|等|跑|要|找)(?:了|到|完|他)?[^，。；！？,]{0,3}$")
_WORKED_BEFORE = re.compile(
    r"(?:干|做|上班|打工|工作|帮忙|待|呆)(?:了|过|满|够|活)*[^，。；！？,]{0,4}$"
)
_UNPAID = re.compile(r"[没未不](?:有)?(?:给|发|结|拿|付|到)|欠|一分|要不|拖")
_DAYS_WORKED = re.compile(
    r"(?:一个?月|每个?月)[^，。；！？,\d元块]{0,4}?(\d{1,2}|二?三?十[一二三四五六七八九]?)(?:天|个工)"
)
# 一个月 this close to a sum says what the sum pays for, not how long wages are owed.
_RATE_GAP = 6


def read_wages(text: str) -> WageFacts:
    """Read what a text says about unpaid wages.

    >>> f = read_wages("在鑫源建筑公司干了半年，每月六千，只给了两个月")
    >>> f.employer, str(f.monthly), str(f.months)
    ('鑫源建筑公司', '6000', '4')
    >>> f = read_wages("老张欠我三个月工资一个月五千五")
    >>> f.employer, str(f.monthly), str(f.months)
    ('老张', '5500', '3')
    >>> str(read_wages("不是三个月，是五个月没发").months)
    '5'
    """
    moneys = find_money(text)
    # The first sum of a kind is the wage agreed; later ones are what was handed out instead.
    sums = {kind: money.yuan for money in reversed(moneys) if (kind := _kind_of_sum(text, money))}
    daily = sums.get("daily")
    return WageFacts(
        employer=find_employer(text),
        monthly=sums.get("monthly", _from_daily(text, daily)),
        months=_months_owed(text, moneys),
        daily=daily,
        total=sums.get("total"),
    )


def _kind_of_sum(text: str, money: Money) -> str | None:
    before, after = text[: money.start], text[money.end :]
    if _NEGATED.search(before):
        return None
    if _A_DAY_AFTER.match(after):
        return "daily"
    if _A_MONTH_AFTER.match(after) and not _A_DAY_BEFORE.search(before):
        return "monthly"
    # The cue nearest to the sum decides: 欠我一个月五千 is a monthly wage, not a debt.
    cues = [(found.start(), kind) for kind, cue in _SUM_CUES if (found := cue.search(before))]
    if cues:
        return max(cues)[1]
    return "monthly" if _CORRECTED.search(before) else None


def _from_daily(text: str, daily: Decimal | None) -> Decimal | None:
    days = _DAYS_WORKED.search(text)
    if daily is None or days is None:
        return None
    try:
        return plain(daily * read_number(days[1]))
    except NumberUnreadable:
        return None


def answer_monthly(text: str) -> Decimal | None:
    """The monthly wage in an answer to 每月工资多少, where a bare sum is that wage.

    >>> str(answer_monthly("五千多吧")), str(answer_monthly("不是五千，是五千五"))
    ('5000', '5500')
    >>> answer_monthly("一天两百"), answer_monthly("一共两万")
    (None, None)
    """
    moneys = find_money(text)
    kinds = {money: _kind_of_sum(text, money) for money in moneys}
    bare = [
        money.yuan
        for money, kind in kinds.items()
        if kind is None and not _NEGATED.search(text[: money.start])
    ]
    stated = read_wages(text).monthly
    return stated if stated is not None or not bare else bare[-1]


def answer_months(text: str) -> Decimal | None:
    """The months owed in an answer to 欠了几个月, where any length of time is meant so.

    >>> str(answer_months("三个月")), str(answer_months("从开工干到现在有半年了"))
    ('3', '6')
    """
    stated = read_wages(text).months
    if stated is not None:
        return stated
    told = [duration.months for duration in _told_durations(text, find_money(text))]
    return told[-1] if told else None


def _months_owed(text: str, moneys: list[Money]) -> Decimal | None:
    kinds = {
        _kind_of_duration(text, duration): duration.months
        for duration in _told_durations(text, moneys)
    }
    if "unpaid" in kinds:
        return kinds["unpaid"]
    if "worked" in kinds and "paid" in kinds:
        left = kinds["worked"] - kinds["paid"]
        return plain(left) if left > 0 else None
    worked = kinds.get("worked") if _UNPAID.search(text) else None
    return worked if worked is not None else kinds.get("elapsed")


def _told_durations(text: str, moneys: list[Money]) -> list[Duration]:
    return [
        duration
        for duration in find_durations(text)
        if not _is_rate(text, duration, moneys) and not _NEGATED.search(text[: duration.start])
    ]


def _is_rate(text: str, duration: Duration, moneys: list[Money]) -> bool:
    days = _DAYS_WORKED.search(text)
    if days and days.start() <= duration.start < days.end():
        return True
    if text[duration.start : duration.end] not in ("一个月", "1个月", "一天", "1天"):
        return False
    return any(0 <= money.start - duration.end <= _RATE_GAP for money in moneys)


def _kind_of_duration(text: str, duration: Duration) -> str:
    before, after = text[: duration.start], text[duration.end :]
    if _ALLOWANCE_AFTER.match(after):
        return "other"
    if any((_UNPAID_AFTER.match(after), _UNPAID_BEFORE.search(before), _CORRECTED.search(before))):
        return "unpaid"
    for kind, cue in (
        ("paid", _PAID_BEFORE),
        ("elapsed", _ELAPSED_BEFORE),
        ("worked", _WORKED_BEFORE),
    ):
        if cue.search(before):
            return kind
    return "other"
