"""Whether an office is open, and when it opens next; public holidays counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import chinese_calendar

from api.casework.county import County, Office, Schedule
from api.core.deadlines import COUNTY as ZONE

_WEEKDAYS = "一二三四五六日"
_LOOK_AHEAD = 30
_MIDNIGHT = "24:00"


@dataclass(frozen=True)
class Opening:
    """Open or not at a moment, and what a clerk would say about it."""

    open: bool
    says: str


def is_workday(county: County, day: date) -> bool:
    """Whether offices work on the day: the county's own days, then the State's holiday plan.

    The plan is published year by year; for a year not yet published Monday to Friday counts.
    """
    if day in county.closed_days:
        return False
    if day in county.open_days:
        return True
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def opening(county: County, office: Office, at: datetime) -> Opening:
    """Whether the office is open at the moment, and until or from when."""
    schedule, now = county.schedules[office.schedule], at.astimezone(ZONE)
    if _always(schedule):
        return Opening(True, "24小时有人")
    for start, end in _spans(county, schedule, now.date()):
        if start <= now < end:
            return Opening(True, f"现在开门，{end:%H:%M}关门")
        if now < start:
            return Opening(False, f"现在关门，{_when(start, now)}开门")
    return Opening(False, "最近一个月都不开门，请先打电话问")


def week(county: County, office: Office) -> str:
    """The regular hours in one line."""
    schedule = county.schedules[office.schedule]
    if _always(schedule):
        return "24小时"
    days = "工作日" if schedule.days == "workdays" else _days(schedule.days)
    return f"{days} {'，'.join(schedule.times)}"


def _days(days: Sequence[int]) -> str:
    """Days of the week as people say them.

    >>> _days((1, 2, 3, 4, 5, 6)), _days((2, 4)), _days((1, 2, 3, 4, 5, 6, 7))
    ('周一到周六', '周二、周四', '每天')
    """
    if len(days) == len(_WEEKDAYS):
        return "每天"
    names = [f"周{_WEEKDAYS[day - 1]}" for day in days]
    run = list(days) == list(range(days[0], days[0] + len(days)))
    return f"{names[0]}到{names[-1]}" if run and len(days) > 2 else "、".join(names)


def openings(county: County, office: Office, first: date) -> Iterator[tuple[datetime, datetime]]:
    """When the office opens and closes, from a day on, for a month."""
    return _spans(county, county.schedules[office.schedule], first)


def _always(schedule: Schedule) -> bool:
    return schedule.days == (1, 2, 3, 4, 5, 6, 7) and schedule.times == ("00:00-24:00",)


def _spans(county: County, schedule: Schedule, first: date) -> Iterator[tuple[datetime, datetime]]:
    for ahead in range(_LOOK_AHEAD):
        day = first + timedelta(ahead)
        if schedule.days == "workdays":
            works = is_workday(county, day)
        else:
            works = day.isoweekday() in schedule.days and day not in county.closed_days
        if works:
            for text in schedule.times:
                start, end = _span(text)
                yield _moment(day, start), _moment(day, end)


def _span(text: str) -> tuple[str, str]:
    start, _, end = text.partition("-")
    return start, end


def _moment(day: date, text: str) -> datetime:
    if text == _MIDNIGHT:
        return datetime.combine(day + timedelta(1), time(0), ZONE)
    return datetime.combine(day, time.fromisoformat(text), ZONE)


def _when(start: datetime, now: datetime) -> str:
    days = (start.date() - now.date()).days
    if days == 0:
        return f"今天{start:%H:%M}"
    name = "明天" if days == 1 else f"周{_WEEKDAYS[start.weekday()]}"
    return f"{name}（{start.month}月{start.day}日）{start:%H:%M}"
