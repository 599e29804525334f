"""When a lawyer's answer is promised: working hours counted on a plain calendar."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

COUNTY = ZoneInfo("Asia/Shanghai")
_OPENS, _CLOSES = time(9), time(17, 30)
_ONE_DAY = timedelta(hours=8, minutes=30)


def promised(now: datetime, working: timedelta = _ONE_DAY) -> datetime:
    """The moment after so much working time (Monday to Friday, 9:00 to 17:30), in UTC.

    >>> from datetime import UTC
    >>> promised(datetime(2026, 11, 20, 2, 0, tzinfo=UTC)).astimezone(COUNTY).isoformat()
    '2026-11-23T10:00:00+08:00'
    """
    at, left = _working_moment(now.astimezone(COUNTY)), working
    while left > (today := datetime.combine(at.date(), _CLOSES, COUNTY) - at):
        left -= today
        at = _working_moment(datetime.combine(at.date() + timedelta(1), _OPENS, COUNTY))
    return (at + left).astimezone(now.tzinfo)


def _working_moment(at: datetime) -> datetime:
    """The moment itself in office hours, else the next opening."""
    if at.weekday() < 5 and at.time() < _CLOSES:
        return max(at, datetime.combine(at.date(), _OPENS, COUNTY))
    day = at.date() + timedelta(1)
    while day.weekday() >= 5:
        day += timedelta(1)
    return datetime.combine(day, _OPENS, COUNTY)
