"""Days in running text, relative to a given today: 去年腊月, 上个月十五, 3月5号, 大前天, 春节前.

People speak of what happened, so a month and day without a year is the latest one not after
today. Lunar dates need a calendar this package has not: they are read where `solar` is given
and passed over where it is not.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from nlu.errors import NumberUnreadable
from nlu.numerals import read_number

#: Lunar year, month and day -> the day of the common calendar; ValueError if there is none.
Solar = Callable[[int, int, int], date]


@dataclass(frozen=True)
class Day:
    """A day, or the days it may have been; `about` when the speaker gave no single day."""

    first: date
    last: date
    about: bool
    start: int
    end: int


Span = tuple[date, date]

_NUM = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})"
_YEAR_WORD = r"大前年|前年|去年|上年|旧年|今年|本年|明年"
_YEAR_DIGITS = r"(?:19|20)\d{2}|\d{2}(?=年\d{1,2}月)|[一二][零〇九][零〇一二三四五六七八九]{2}"
_YEAR = rf"(?:(?P<word>{_YEAR_WORD})的?|(?P<digits>{_YEAR_DIGITS})年的?)"
_PART = r"(?P<part>月?初|上旬|月?中旬?|中旬|月?底|月?末|下旬)"
_MONTH = rf"(?P<month>{_NUM})月份?"
_DAY = rf"(?:(?P<day>{_NUM})(?:日|号(?!楼|院|线))?(?!个|天|块|元|万|千|年|点|人|月|岁))"
_LUNAR_MONTH = rf"(?:(?:农历|阴历|旧历)的?(?P<named>{_NUM}|正|腊|冬)月|(?P<plain>正|腊|冬)月)"
_DIGIT = "[一二三四五六七八九]"
_LUNAR_DAY = (
    rf"(?P<lday>初(?:十|{_DIGIT})|[一二三]?十{_DIGIT}?|廿{_DIGIT}?|\d{{1,2}})(?!个|天|块|元|年)"
)
_AGO = r"(?:之前|以前|前)"

_YEARS_BACK = {
    "大前年": 3,
    "前年": 2,
    "去年": 1,
    "上年": 1,
    "旧年": 1,
    "今年": 0,
    "本年": 0,
    "明年": -1,
}
_DAYS_BACK = {
    "大前天": 3,
    "前天": 2,
    "昨天": 1,
    "昨日": 1,
    "昨晚": 1,
    "今天": 0,
    "今日": 0,
    "今早": 0,
}
_WEEKDAYS = {char: place for place, char in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_NAMED_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_FEASTS = {"元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "国庆": (10, 1), "十一长假": (10, 1)}
_LUNAR_FEASTS = {
    "春节": (1, 1),
    "过年": (1, 1),
    "元宵": (1, 15),
    "端午": (5, 5),
    "中秋": (8, 15),
    "重阳": (9, 9),
}
_FEAST = "|".join((*_FEASTS, *_LUNAR_FEASTS))
_AROUND = timedelta(days=30)
_HALF_YEAR = 6


def find_days(text: str, today: date, solar: Solar | None = None) -> list[Day]:
    """All days named in a text, in order.

    >>> today = date(2026, 11, 22)
    >>> [str(d.first) for d in find_days("去年3月5号进厂，上个月十五不干了，前天去要钱", today)]
    ['2025-03-05', '2026-10-15', '2026-11-20']
    >>> found = find_days("2024年3月", today)[0]
    >>> str(found.first), str(found.last), found.about
    ('2024-03-01', '2024-03-31', True)
    >>> find_days("去年腊月", today)
    []
    """
    found: list[Day] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            span = _read(read, match, today, solar)
            if span:
                about = span[0] != span[1]
                found.append(Day(*span, about, match.start(), match.end()))
    found.sort(key=lambda day: (day.start, -day.end))
    apart: list[Day] = []
    for day in found:
        if not apart or day.start >= apart[-1].end:
            apart.append(day)
    return apart


def _read(
    read: Callable[[re.Match[str], date, Solar | None], Span | None],
    match: re.Match[str],
    today: date,
    solar: Solar | None,
) -> Span | None:
    """None for days no calendar has: 2月30号."""
    try:
        return read(match, today, solar)
    except (ValueError, OverflowError):
        return None


def _number(text: str) -> int:
    try:
        return int(read_number(text.removeprefix("初").replace("廿", "二十")))
    except NumberUnreadable as error:
        raise ValueError(text) from error


def _year(match: re.Match[str], today: date) -> int | None:
    return _named_year(match, today) if match["word"] or match["digits"] else None


def _named_year(match: re.Match[str], today: date) -> int:
    if match["word"]:
        return today.year - _YEARS_BACK[match["word"]]
    digits = match["digits"]
    year = int(digits) if digits.isdecimal() else int(_spoken(digits))
    return year if year > 99 else 2000 + year


def _spoken(digits: str) -> str:
    return "".join(str("零一二三四五六七八九".index(char.replace("〇", "零"))) for char in digits)


def _whole_month(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _part_of_month(whole: Span, part: str | None) -> Span:
    first, last = whole
    if not part:
        return whole
    if "初" in part or part == "上旬":
        return first, first.replace(day=10)
    if "中" in part:
        return first.replace(day=11), first.replace(day=20)
    return first.replace(day=21), last


def _calendar(match: re.Match[str], today: date, _solar: Solar | None) -> Span | None:
    year, month = _year(match, today), _number(match["month"])
    if match["day"]:
        day = _number(match["day"])
        if year is None:
            year = today.year - (date(2024, month, day).replace(year=2024) > _leap(today))
        found = date(year, month, day)
        return found, found
    if year is None:
        year = today.year - (month > today.month)
    return _part_of_month(_whole_month(year, month), match["part"])


def _leap(today: date) -> date:
    """The same day in a leap year, so that 2月29号 can be compared."""
    return today.replace(year=2024)


def _iso(match: re.Match[str], _today: date, _solar: Solar | None) -> Span | None:
    found = date(int(match["y"]), int(match["m"]), int(match["d"]))
    return found, found


def _whole_year(match: re.Match[str], today: date, _solar: Solar | None) -> Span | None:
    year = _named_year(match, today)
    part = match["season"] or ""
    months = {"初": (1, 2), "上半年": (1, 6), "下半年": (7, 12), "底": (11, 12), "末": (11, 12)}
    months |= {"春": (3, 5), "夏": (6, 8), "秋": (9, 11)}
    first, last = next((span for word, span in months.items() if word in part), (1, 12))
    return date(year, first, 1), _whole_month(year, last)[1]


def _month_back(match: re.Match[str], today: date, _solar: Solar | None) -> Span | None:
    back = {"上上": 2, "上": 1, "这": 0, "本": 0, "下": -1}[match["which"]]
    whole = _whole_month(*_months_before(today, back))
    if match["day"]:
        found = whole[0].replace(day=_number(match["day"]))
        return found, found
    return _part_of_month(whole, match["part"])


def _months_before(today: date, months: int) -> tuple[int, int]:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return year, month + 1


def _day_back(match: re.Match[str], today: date, _solar: Solar | None) -> Span | None:
    found = today - timedelta(days=_DAYS_BACK[match["back"]])
    return found, found


def _week(match: re.Match[str], today: date, _solar: Solar | None) -> Span | None:
    weeks = {"上上": 2, "上": 1, "这": 0, "本": 0}[match["which"]]
    monday = today - timedelta(days=today.weekday() + 7 * weeks)
    if not match["weekday"]:
        return monday, monday + timedelta(days=6)
    found = monday + timedelta(days=_WEEKDAYS[match["weekday"]])
    return found, found


def _ago(match: re.Match[str], today: date, _solar: Solar | None) -> Span | None:
    count, unit = match["count"], match["unit"]
    if "天" in unit or "日" in unit:
        found = today - timedelta(days=_number(count))
        return found, found
    if "周" in unit or "星期" in unit or "礼拜" in unit:
        found = today - timedelta(days=7 * _number(count))
        return found - timedelta(days=3), min(today, found + timedelta(days=3))
    per = 12 if "年" in unit else 1
    months = _HALF_YEAR if count == "半" else per * _number(count)
    if match["half"]:
        months += _HALF_YEAR
    year, month = _months_before(today, months)
    found = date(year, month, min(today.day, monthrange(year, month)[1]))
    around = timedelta(days=183) if per == 12 and count != "半" else timedelta(days=15)
    return found - around, min(today, found + around)


def _lunar(match: re.Match[str], today: date, solar: Solar | None) -> Span | None:
    if solar is None:
        return None
    name = match["named"] or match["plain"]
    month = _NAMED_MONTHS[name] if name in _NAMED_MONTHS else _number(name)
    day = _number(match["lday"]) if match["lday"] else None
    year = _year(match, today)
    if year is None:
        year = today.year - (solar(today.year, month, day or 1) > today)
    if day:
        found = solar(year, month, day)
        return found, found
    return solar(year, month, 1), solar(year, month, 29)


def _feast(match: re.Match[str], today: date, solar: Solar | None) -> Span | None:
    name, year = match["feast"], _year(match, today)
    if name in _FEASTS:
        on = partial(_on, _FEASTS[name], date)
    elif solar:
        on = partial(_on, _LUNAR_FEASTS[name], solar)
    else:
        return None
    found = on(year if year is not None else today.year)
    if year is None and found > today:
        found = on(today.year - 1)
    if match["side"] and "前" in match["side"]:
        return found - _AROUND, found - timedelta(days=1)
    if match["side"]:
        first, last = found + timedelta(days=1), found + _AROUND
        return first, min(last, today) if first <= today else last
    return found, found


def _on(month_and_day: tuple[int, int], calendar: Solar, year: int) -> date:
    return calendar(year, *month_and_day)


_READERS = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)", _iso),
        (rf"{_YEAR}?(?<!\d)(?<![一二三四五六七八九十历]){_MONTH}(?:{_DAY}|{_PART})?", _calendar),
        (
            rf"{_YEAR}(?P<season>年?初|上半年|下半年|年?底|年?末|春天?|夏天?|秋天?)?(?![0-9一二三四五六七八九十]+月|正月|腊月|冬月|农历|阴历|旧历|{_FEAST})",
            _whole_year,
        ),
        (rf"(?P<which>上上|上|这|本|下)个?月(?:{_DAY}|{_PART})?", _month_back),
        (r"(?P<back>大前天|前天|昨天|昨日|昨晚|今天|今日|今早)", _day_back),
        (r"(?P<which>上上|上|这|本)个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])?", _week),
        (
            rf"(?P<count>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}}|半)个?"
            rf"(?P<unit>天|日|星期|礼拜|周|月|年)(?P<half>半)?(?:多)?{_AGO}",
            _ago,
        ),
        (rf"{_YEAR}?{_LUNAR_MONTH}(?:{_LUNAR_DAY})?", _lunar),
        (rf"{_YEAR}?(?P<feast>{_FEAST})节?(?P<side>以?之?[前后])?", _feast),
    )
)
