"""Working time: office hours on working days, with China's public holidays and moved weekends.

The library's table ends with the last year announced by the State Council; later days count by
the operator's file, else by the weekday alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import chinese_calendar

from api.core.deadlines import COUNTY

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Workdays:
    """Office hours as (opens, closes) of each part of a day; `days` overrides single dates."""

    hours: tuple[tuple[time, time], ...]
    days: Mapping[date, bool] = field(default_factory=dict)

    @property
    def one_day(self) -> timedelta:
        """Working time of a whole day."""
        return sum((_span(opens, closes) for opens, closes in self.hours), timedelta())

    def works(self, day: date) -> bool:
        """Whether the offices are open on the day.

        >>> week = Workdays(((time(9), time(17)),))
        >>> [week.works(date(2026, 10, day)) for day in (1, 10)], week.works(date(2027, 6, 7))
        ([False, True], True)
        """
        if day in self.days:
            return self.days[day]
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < 5

    def add(self, at: datetime, working: timedelta) -> datetime:
        """The moment after so much working time, in the zone of `at`.

        >>> from datetime import UTC
        >>> week = Workdays(((time(9), time(17, 30)),))
        >>> friday = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
        >>> week.add(friday, timedelta(hours=8, minutes=30)).astimezone(COUNTY).isoformat()
        '2026-11-23T10:00:00+08:00'
        """
        left, day = working, at.astimezone(COUNTY).date()
        while True:
            for start, end in self._open(day):
                start = max(start, at)
                if start >= end:
                    continue
                if start + left <= end:
                    return (start + left).astimezone(at.tzinfo)
                left -= end - start
            day += _A_DAY

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from start to end; negative when end lies before.

        >>> from datetime import UTC
        >>> week = Workdays(((time(9), time(12)), (time(14), time(17))))
        >>> noon = datetime(2026, 11, 23, 11, 0, tzinfo=COUNTY)
        >>> week.between(noon, noon + timedelta(hours=4))
        datetime.timedelta(seconds=7200)
        """
        if end < start:
            return -self.between(end, start)
        day, total = start.astimezone(COUNTY).date(), timedelta()
        while day <= end.astimezone(COUNTY).date():
            for opens, closes in self._open(day):
                total += max(min(closes, end) - max(opens, start), timedelta())
            day += _A_DAY
        return total

    def _open(self, day: date) -> list[tuple[datetime, datetime]]:
        if not self.works(day):
            return []
        return [
            (datetime.combine(day, opens, COUNTY), datetime.combine(day, closes, COUNTY))
            for opens, closes in self.hours
        ]


def _span(opens: time, closes: time) -> timedelta:
    return timedelta(hours=closes.hour - opens.hour, minutes=closes.minute - opens.minute)
