"""Rates of interest as people say them: 月息一分五, 两分利, 年利率12%, 三厘."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nlu.errors import NumberUnreadable
from nlu.numerals import plain, read_number

_CHINESE = "一二两三四五六七八九十"
_FEN = re.compile(rf"(?P<fen>[\d.]+|[{_CHINESE}]+)分(?P<rest>[\d{_CHINESE}半])?(?!之)")
_LI = re.compile(rf"(?P<li>[\d.]+|[{_CHINESE}]+)厘")
_PERCENT = re.compile(rf"(?P<digits>\d+(?:\.\d+)?)\s*[%％]|百分之(?P<spoken>[{_CHINESE}点零\d.]+)")
_YEARLY = re.compile(r"年")


@dataclass(frozen=True)
class Rate:
    """Percent a month or a year."""

    percent: Decimal
    monthly: bool


def read_rate(text: str) -> Rate | None:
    """The rate in a text; 分 is a percent a month, a tenth a year (年息一分 is 10 %).

    >>> read_rate("月息一分五"), read_rate("年利率12%")
    (Rate(percent=Decimal('1.5'), monthly=True), Rate(percent=Decimal('12'), monthly=False))
    >>> read_rate("没约定") is None
    True
    """
    yearly = bool(_YEARLY.search(text))
    try:
        percent = _percent(text, tenths=yearly)
    except NumberUnreadable:
        return None
    return None if percent is None else Rate(plain(percent), not yearly)


def _percent(text: str, *, tenths: bool) -> Decimal | None:
    fen, li, found = _FEN.search(text), _LI.search(text), _PERCENT.search(text)
    if found:
        return read_number(found["digits"] or found["spoken"])
    unit = Decimal(10) if tenths else Decimal(1)
    if fen:
        rest = {None: Decimal(0), "半": Decimal(5)}.get(fen["rest"])
        tenth = read_number(fen["rest"]) if rest is None else rest
        return (read_number(fen["fen"]) + tenth / 10) * unit
    return read_number(li["li"]) * unit / 10 if li else None
