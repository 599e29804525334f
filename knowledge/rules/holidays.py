"""Which days are workdays: the only file of this package importing chinese_calendar."""

from __future__ import annotations

from datetime import date

import chinese_calendar

# 元旦、劳动节、国庆节 as of the revision of 2024-11-10.
_ALWAYS_OFF = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
_FIXED_FROM = 2024


def workday(day: date) -> bool | None:
    """Whether people work on a day; None where that year's arrangement is not known yet.

    New Year, Labour Day and National Day are off in every year.

    Source: 全国年节及纪念日放假办法 第二条.

    >>> workday(date(2026, 10, 7)), workday(date(2026, 10, 10)), workday(date(2040, 1, 3))
    (False, True, None)
    >>> workday(date(2040, 1, 1))
    False
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return False if (day.month, day.day) in _ALWAYS_OFF and day.year > _FIXED_FROM else None
