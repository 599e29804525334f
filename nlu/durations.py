"""Lengths of time in running text, in months: 两年半, 三年零两个月, 半年, 40天."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nlu.errors import DurationUnreadable, NumberUnreadable
from nlu.numerals import NUMERAL, plain, read_number


@dataclass(frozen=True)
class Duration:
    """A length of time; days count a thirtieth of a month, to two places."""

    months: Decimal
    about: bool
    start: int
    end: int


_COUNT = rf"(?:\d+(?:\.\d+)?|(?:{NUMERAL})+)"
_DURATION = re.compile(
    rf"(?:(?P<years>{_COUNT}|半)(?P<years_more>[多来])?年(?!级|代|前|之前|以前|\d)(?P<half_year>半)?"
    r"(?P<years_rest>多)?[零又带加]?)?"
    rf"(?:(?P<months>{_COUNT}|半)(?P<months_more>[多来])?个(?P<half_month>半)?(?P<months_rest>多)?"
    r"(?:月|(?P<quarter>季度))(?P<month_half>半)?[零又带加]?)?"
    rf"(?:(?P<weeks>{_COUNT}|半)(?P<weeks_more>[多来])?个?(?:星期|礼拜|周(?!岁|年))[零又]?)?"
    rf"(?:(?P<days>{_COUNT})(?P<days_more>[多来])?(?:天|个工日))?"
    r"(?P<loose>左右|上下|不到|出头)?"
)
_AGO = re.compile(r"(?:之|以)?前(?!后)")
_ORDINAL_BEFORE = re.compile(r"(?:第|初|高|大|[零一二三四五六七八九\d])$")
_ROUNDED_BEFORE = re.compile(r"(?:大概|差不多|大约|将近|快|约|好几)$")
_HALF = Decimal("0.5")
#: More years than this is a calendar year (2025年), not a length.
_LONGEST_YEARS = 60
_MONTHS_OF = {"years": 12, "months": 1}
_DAYS_OF = {"weeks": 7, "days": 1}


def find_durations(text: str) -> list[Duration]:
    """All lengths of time in a text, in order; 三年前 and 2025年 are points in time, not lengths.

    >>> [str(d.months) for d in find_durations("干了三年零两个月，欠半年，又拖了一个半月和40天")]
    ['38', '6', '1.5', '1.33']
    >>> find_durations("2025年3月，三年前，小学三年级，十二月")
    []
    """
    return [found for match in _DURATION.finditer(text) if (found := _duration(text, match))]


def read_months(text: str) -> Decimal:
    """Read a text that is one length of time, in months.

    Raises:
        DurationUnreadable: the text is something else, or more than that.

    >>> str(read_months("两年半")), str(read_months("18个月")), str(read_months("一年零三个月"))
    ('30', '18', '15')
    """
    tidy = text.strip()
    found = find_durations(tidy)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(tidy)):
        raise DurationUnreadable(text)
    return found[0].months


def _duration(text: str, match: re.Match[str]) -> Duration | None:
    if not any(match[name] for name in (*_MONTHS_OF, *_DAYS_OF)):
        return None
    before = text[: match.start()]
    if _AGO.match(text, match.end()) or _ORDINAL_BEFORE.search(before):
        return None
    try:
        months = _months(match)
    except NumberUnreadable:
        return None
    if match["years"] and _count(match["years"]) > _LONGEST_YEARS:
        return None
    more = ("years_more", "years_rest", "months_more", "months_rest", "weeks_more", "days_more")
    rounded = any(match[name] for name in (*more, "loose")) or _ROUNDED_BEFORE.search(before)
    return Duration(months, bool(rounded), match.start(), match.end())


def _months(match: re.Match[str]) -> Decimal:
    months = sum((_count(match[name]) * size for name, size in _MONTHS_OF.items()), Decimal(0))
    if match["quarter"]:
        months += 2 * _count(match["months"])
    if match["half_year"]:
        months += 6
    if match["half_month"] or match["month_half"]:
        months += _HALF
    days = sum((_count(match[name]) * size for name, size in _DAYS_OF.items()), Decimal(0))
    return plain(months + round(days / 30, 2))


def _count(text: str | None) -> Decimal:
    if text is None:
        return Decimal(0)
    return _HALF if text == "半" else read_number(text)
