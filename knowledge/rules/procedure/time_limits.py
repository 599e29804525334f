"""Time limits: a period of years, months or days from a date, with the last day to act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from knowledge.rules.laws import CIVIL_CODE
from knowledge.rules.periods import add_months
from knowledge.rules.types import Figure
from knowledge.rules.wording import chinese_date, date_figure
from knowledge.types import ArticleRef

Workday = Callable[[date], bool | None]
#: How the civil code counts a period, to the day after a last day that is a holiday.
BY_CIVIL_CODE = tuple(
    ArticleRef(CIVIL_CODE, number) for number in ("第二百零一条", "第二百零二条", "第二百零三条")
)


@dataclass(frozen=True)
class Period:
    """A period the law gives: how long, from what, to do what, by which articles.

    `since` is the first day on which these articles, as held, applied. Holidays do not move the
    last day of a `fixed` period.
    """

    label: str
    starts: str
    act: str
    refs: tuple[ArticleRef, ...]
    since: date
    years: int = 0
    months: int = 0
    days: int = 0
    workdays: int = 0
    fixed: bool = False
    notes: tuple[str, ...] = ()

    @property
    def length(self) -> str:
        """三年 as 3年, six months as 6个月, fifteen days as 15日."""
        if self.years:
            return f"{self.years}年"
        if self.workdays:
            return f"{self.workdays}个工作日"
        return f"{self.months}个月" if self.months else f"{self.days}日"

    def ends(self, start: date, workday: Workday) -> date:
        """The last day by the calendar; the first day is not counted.

        Workdays of a year whose holidays are not known are taken from Monday to Friday.

        Source: 民法典 第二百零一条, 第二百零二条; 民事诉讼法 第八十五条第二款.

        >>> Period("", "", "", (), date.min, months=6).ends(date(2025, 8, 31), lambda day: True)
        datetime.date(2026, 2, 28)
        """
        if self.workdays:
            return _after_workdays(start, self.workdays, workday)
        if self.days:
            return start + timedelta(days=self.days)
        return add_months(start, 12 * self.years + self.months)


@dataclass(frozen=True)
class LastDay:
    """The last day to act, and the day by the calendar before holidays moved it."""

    by_calendar: date
    day: date
    known: bool

    @property
    def notes(self) -> tuple[str, ...]:
        """What to keep in mind about holidays."""
        told: tuple[str, ...] = ()
        if self.day != self.by_calendar:
            told = (
                f"{chinese_date(self.by_calendar)}放假，才顺延到{chinese_date(self.day)}；"
                f"稳妥起见，请在{chinese_date(self.by_calendar)}以前办。",
            )
        if self.known:
            return told
        year = f"{self.day.year}年的放假安排还没有收录"
        return (*told, f"{year}；最后一天如果是法定休假日，以假期后的第一天为最后一天。")


def _after_workdays(start: date, count: int, workday: Workday) -> date:
    day = start
    while count:
        day += timedelta(days=1)
        known = workday(day)
        count -= day.isoweekday() <= 5 if known is None else known
    return day


def last_day(by_calendar: date, workday: Workday, *, fixed: bool = False) -> LastDay:
    """Moved past holidays to the first workday, where the holidays of that year are known.

    Source: 民法典 第二百零三条第一款; 民事诉讼法 第八十五条第三款.
    """
    day = by_calendar
    while not fixed and workday(day) is False:
        day += timedelta(days=1)
    return LastDay(by_calendar, day, fixed or workday(day) is not None)


def limit_figures(
    what: str, start: date, length: str, last: LastDay, today: date
) -> tuple[Figure, ...]:
    """The last day with how it was counted, and the days left or gone by."""
    how = f"{chinese_date(start)}当天不算，往后数{length}"
    if last.day != last.by_calendar:
        how += f"到{chinese_date(last.by_calendar)}，遇休假日顺延"
    left = (last.day - today).days
    counted = f"{chinese_date(today)}到{chinese_date(last.day)}"
    if left < 0:
        counted = f"{chinese_date(last.day)}到{chinese_date(today)}"
    label = "还剩" if left >= 0 else "已经过了"
    return (
        date_figure(what, last.day, how),
        Figure(label, Decimal(abs(left)), "天", f"{counted}，{abs(left)}天"),
    )


def said(what: str, last: date, today: date) -> str:
    """One sentence: how long there is still to act."""
    left = (last - today).days
    if left < 0:
        return f"{what}到{chinese_date(last)}为止，已经过了。"
    if left == 0:
        return f"{what}今天是最后一天，请马上办。"
    hurry = "，时间不多了，请尽快办" if left <= 30 else ""
    return f"{what}到{chinese_date(last)}为止，还剩{left}天{hurry}。"
