"""The highest interest on a private loan (民间借贷) the courts protect, by date.

Until 2020-08-19 the rules of 2015 held: 24 % a year protected, more than 36 % void, 6 % for
lateness where nothing was agreed (2015年规定第二十六条、第二十九条). Since then: four times the
one-year LPR.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.parameters import Parameters, Value
from knowledge.rules.wording import chinese_date, plain

LPR = "lpr_one_year"
OLD_STARTS, NEW_STARTS = date(2015, 9, 1), date(2020, 8, 20)
OLD_LAST = date(2020, 8, 19)
OLD_CAP, OLD_VOID, OLD_LATE = Decimal(24), Decimal(36), Decimal(6)
_TIMES = 4  # 民间借贷规定 第二十五条


@dataclass(frozen=True)
class Rate:
    """Per cent a year, how it came about, and the parameter it was taken from."""

    percent: Decimal
    how: str
    used: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Protection:
    """What holds for a loan of that day, when the case is brought on that day."""

    lent_on: date
    sued_on: date
    parameters: Parameters

    def cut(self) -> tuple[date, ...]:
        """The last day of the old rules, where the loan has days under both."""
        split = self.lent_on < NEW_STARTS <= self.sued_on
        return (OLD_LAST,) if split else ()

    def is_old(self, last: date) -> bool:
        """Whether the rules of 2015 hold for a span that ends on that day."""
        return self.lent_on < NEW_STARTS and (self.sued_on < NEW_STARTS or last <= OLD_LAST)

    def cap(self, last: date) -> Rate:
        """The highest rate for a span that ends on that day.

        Source: 民间借贷规定 第二十五条, 第三十一条第二款.
        """
        if self.is_old(last):
            return Rate(OLD_CAP, "2015年的规定，年利率24%")
        since_new = self.lent_on >= NEW_STARTS
        day = self.lent_on if since_new else self.sued_on
        lpr = self.parameters.on(LPR, day)
        when = "借款时" if since_new else "起诉时"
        top = lpr.number * _TIMES
        return Rate(top, f"{when}一年期LPR {plain(lpr.number)}% × 4 = {plain(top)}%", (lpr,))

    def late(self, last: date, first_late: date) -> Rate:
        """The rate for lateness where neither interest nor a rate for lateness was agreed.

        Source: 民间借贷规定 第二十八条第二款第一项.
        """
        if self.is_old(last):
            return Rate(OLD_LATE, "2015年的规定，年利率6%")
        lpr = self.parameters.on(LPR, max(first_late, NEW_STARTS))
        return Rate(lpr.number, f"逾期时一年期LPR {plain(lpr.number)}%", (lpr,))


def protection(lent_on: date, sued_on: date, parameters: Parameters) -> Protection:
    """The protection of a loan.

    Raises:
        FactError: the loan is older than the rules this program knows.
    """
    if lent_on < OLD_STARTS:
        raise FactError(
            f"{chinese_date(OLD_STARTS)}以前借的钱，利率上限要看更早的规定，这里算不了，请问律师",
            "lent_on",
        )
    return Protection(lent_on, sued_on, parameters)
