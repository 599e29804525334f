"""An answer, or a whole story, read into the slots of a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from nlu.dates import Day, find_days
from nlu.durations import find_durations
from nlu.employers import answer_employer, find_employer
from nlu.errors import NumberUnreadable
from nlu.forms.types import Calendar, Form, Kind, Slot
from nlu.money import find_money
from nlu.numerals import NUMBER, plain, read_number
from nlu.wages import answer_monthly, answer_months, read_wages

_NEGATED = re.compile(r"(?:不是|不对|并非|不止|没有|不到)[^，。；！？,]{0,2}$")
_HOURS = re.compile(rf"(?P<number>{NUMBER}|半)个?(?:多)?(?P<unit>小时|钟头|钟|天|日)")
_COUNT = re.compile(rf"(?P<number>{NUMBER})(?P<percent>分|厘|%|％)?")
_YES = re.compile(
    r"^(?:嗯+|是|对|有|缴|交|买|要|打算|已经|肯定|当然|好|行|可以|签了|走了|离了)|缴了|交了|买了|离职了|不干了|签过|有的"
)
_NO = re.compile(r"没有?|没缴|没交|没买|不是|不要|不打算|没签|没走|没离|还在|冇|否|^不")
_DOUBT = re.compile(r"不知道|不晓得|不清楚|不记得|说不准")
_HOURS_A_DAY = 8
_LONGEST_TEXT = 300
_CUE_REACH = 8


def read_answer(slot: Slot, told: str, calendar: Calendar) -> str | None:
    """The value in an answer to the slot's question; None if it holds none.

    >>> from nlu.forms.catalogue import FORMS
    >>> slot = FORMS["double_wage"].slot("started")
    >>> read_answer(slot, "去年3月5号", Calendar(date(2026, 11, 22)))
    '2025-03-05'
    """
    if slot.kind is Kind.EMPLOYER:
        return answer_employer(told)
    if slot.kind is Kind.TEXT:
        words = told.strip()
        return words[:_LONGEST_TEXT] if re.search(r"[\u4e00-\u9fffA-Za-z]", words) else None
    if slot.kind is Kind.DAY:
        return _read_day(slot, told, calendar)
    if slot.kind is Kind.CHOICE:
        return _read_choice(slot, told)
    if slot.kind is Kind.YES_NO:
        return _read_yes_no(told)
    return _bounded(slot, _reader(slot)(told))


def read_story(form: Form, told: str, calendar: Calendar) -> dict[str, str]:
    """Facts of a form that stand in the words, wherever they stand."""
    facts = _wage_facts(form, told)
    for slot in form.slots:
        value = _by_cue(slot, told, calendar)
        if value is not None:
            facts[slot.name] = value
    return facts


def tells_hours(told: str) -> bool:
    """Whether hours, or days of work, are named.

    >>> tells_hours("二十个小时"), tells_hours("三天"), tells_hours("五个月")
    (True, True, False)
    """
    return bool(_HOURS.search(told))


def explain_refusal(slot: Slot, told: str) -> str:
    """Why an answer was not taken, and what one looks like."""
    if slot.name == "monthly_wage":
        facts = read_wages(told)
        if facts.daily is not None:
            return (
                "您说的是一天的工钱。请告诉我一个月合多少，"
                "或者连一个月干多少天一起说，比如“一天两百，一个月干26天”。"
            )
        if facts.total is not None:
            return "您说的是欠的总数。算账还要知道一个月的工资是多少，比如“每月五千”。"
    if slot.kind in _READERS and _reader(slot)(told) is not None:
        return f"这个数不太像{slot.label}。请再说一遍：{slot.ask}"
    return slot.again or f"没听出{slot.label}。{slot.ask}"


def _wage_facts(form: Form, told: str) -> dict[str, str]:
    names = {slot.name for slot in form.slots}
    found = read_wages(told)
    told_facts: Mapping[str, object] = {
        "employer": find_employer(told),
        "monthly_wage": found.monthly,
        "months": found.months,
    }
    return {
        name: value
        for name, fact in told_facts.items()
        if name in names
        and fact is not None
        and (value := _bounded(form.slot(name), fact)) is not None
    }


def _reader(slot: Slot) -> Callable[[str], Decimal | None]:
    return answer_monthly if slot.name == "monthly_wage" else _READERS[slot.kind]


def _bounded(slot: Slot, value: object) -> str | None:
    if isinstance(value, Decimal) and not slot.least <= value <= slot.most:
        return None
    return None if value is None else str(value)


def _by_cue(slot: Slot, told: str, calendar: Calendar) -> str | None:
    """The value right behind `cue` or right before `after`."""
    if slot.kind is Kind.CHOICE and slot.cue:
        return _read_choice(slot, told)
    if slot.kind is Kind.YES_NO:
        return _told_yes_no(slot, told)
    if slot.kind is Kind.TEXT:
        found = re.search(slot.cue, told) if slot.cue else None
        return found[0] if found else None
    for pattern, behind in ((slot.cue, True), (slot.after, False)):
        for match in re.finditer(pattern, told) if pattern else ():
            end = match.end() if behind else match.start()
            near = told[end : end + 2 * _CUE_REACH] if behind else told[max(0, end - 12) : end]
            clause = re.split(r"[，。；！？,]", near)
            value = read_answer(slot, clause[0] if behind else clause[-1], calendar)
            if value is not None:
                return value
    return None


def _told_yes_no(slot: Slot, told: str) -> str | None:
    for pattern, value in ((slot.after, "否"), (slot.cue, "是")):
        if pattern and re.search(pattern, told):
            return value
    return None


def _read_yes_no(told: str) -> str | None:
    if _DOUBT.search(told):
        return None
    if _NO.search(told):
        return "否"
    return "是" if _YES.search(told.strip()) else None


def _read_choice(slot: Slot, told: str) -> str | None:
    for option in slot.options:
        if re.search(option.words, told):
            return option.code
    return None


def _read_day(slot: Slot, told: str, calendar: Calendar) -> str | None:
    days = [
        day
        for day in find_days(told, calendar.today, calendar.solar)
        if not _NEGATED.search(told[: day.start])
    ]
    if days:
        return _edge(slot, days[-1] if _NEGATED.search(told) else days[0]).isoformat()
    lasted = find_durations(told)
    if not lasted or slot.last_day:
        return None
    return _months_back(calendar.today, int(lasted[-1].months)).isoformat()


def _edge(slot: Slot, day: Day) -> date:
    return day.last if slot.last_day else day.first


def _months_back(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, 28))


def _read_money(told: str) -> Decimal | None:
    sums = [m.yuan for m in find_money(told) if not _NEGATED.search(told[: m.start])]
    if sums:
        return plain(sums[-1] if _NEGATED.search(told) or "不是" in told else sums[0])
    return _read_number(told)


def _read_months(told: str) -> Decimal | None:
    stated = answer_months(told)
    return stated if stated is not None else _read_number(told)


def _read_hours(told: str) -> Decimal | None:
    total = Decimal(0)
    for match in _HOURS.finditer(told):
        try:
            count = Decimal("0.5") if match["number"] == "半" else read_number(match["number"])
        except NumberUnreadable:
            continue
        total += count * (_HOURS_A_DAY if match["unit"] in "天日" else 1)
    return plain(total) if total else _read_number(told)


def _read_number(told: str) -> Decimal | None:
    """A bare number, as an answer to 多少."""
    for match in reversed(list(_COUNT.finditer(told))):
        try:
            number = read_number(match["number"])
        except NumberUnreadable:
            continue
        if len(told) - len(match[0]) <= _CUE_REACH:
            return plain(number)
    return None


_READERS = {
    Kind.MONEY: _read_money,
    Kind.MONTHS: _read_months,
    Kind.HOURS: _read_hours,
    Kind.NUMBER: _read_number,
}
