"""Sums of money in running text: 五千块, 每月六千, 两万多, 3500元, 1万2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nlu.errors import NumberUnreadable
from nlu.numerals import NUMBER, read_number


@dataclass(frozen=True)
class Money:
    """A sum in yuan; `about` when the speaker rounded it (多, 左右); `start`, `end` in the text."""

    yuan: Decimal
    about: bool
    start: int
    end: int


# What follows a number that counts something other than money.
_COUNTED = re.compile(
    r"(?:[个年日天号岁人亩平里斤吨条次层楼栋户家点分时周星礼小倍%℃米公位名份张件辆台届级章款项节]|月(?![息薪利工]))"
)
_MONEY = re.compile(
    rf"(?P<number>{NUMBER})"
    r"(?:(?P<more>[多来])(?P<scale>[万千])?)?"
    r"(?:(?P<unit>块钱|块|元钱|元|圆|大洋|人民币|rmb)(?P<jiao>[一二三四五六七八九1-9](?![\d个月天日年]))?)?"
    r"(?P<loose>多|左右|上下|出头|不到)?",
    re.IGNORECASE,
)
_ROUNDED_BEFORE = re.compile(r"(?:大概|差不多|大约|将近|好几|约)$")
_SCALES = {"万": 10_000, "千": 1000}
# Shorter bare numbers count other things; longer ones are telephone and account numbers.
_BARE_SUMS = range(100, 100_000_000)


def find_money(text: str) -> list[Money]:
    """All sums of money in a text, in order.

    A bare number counts as money from 100 on, when it counts nothing else. Ranges and
    several-hundreds (三四千, 几百) are no sums.

    >>> [(str(m.yuan), m.about) for m in find_money("每月六千，欠了两万多，还借我三块五")]
    [('6000', False), ('20000', True), ('3.5', False)]
    >>> find_money("干了300天，家里5口人，2025年三四千")
    []
    """
    return [money for match in _MONEY.finditer(text) if (money := _money(text, match))]


def _money(text: str, match: re.Match[str]) -> Money | None:
    try:
        yuan = read_number(match["number"])
    except NumberUnreadable:
        return None
    yuan *= _SCALES.get(match["scale"], 1)
    if not match["unit"] and not _bare_sum(text, match, yuan):
        return None
    if match["jiao"]:
        yuan += read_number(match["jiao"]) / 10
    rounded = match["more"] or match["loose"] or _ROUNDED_BEFORE.search(text[: match.start()])
    return Money(yuan, bool(rounded), match.start(), match.end())


def _bare_sum(text: str, match: re.Match[str], yuan: Decimal) -> bool:
    if int(yuan) not in _BARE_SUMS or text[: match.start()].endswith(("几", "第")):
        return False
    return not _COUNTED.match(text, match.end())
