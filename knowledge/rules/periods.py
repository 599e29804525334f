"""Counting months and days by the calendar (民法典 第二百条至第二百零二条)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def add_months(start: date, months: int) -> date:
    """The corresponding day so many months later; the month's last day where there is none.

    Source: 民法典 第二百零二条.

    >>> add_months(date(2024, 1, 31), 1), add_months(date(2024, 2, 29), 12)
    (datetime.date(2024, 2, 29), datetime.date(2025, 2, 28))
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def months_and_days(first: date, last: date) -> tuple[int, int]:
    """Whole months from the first to the last day, both counted, and the days left over.

    >>> months_and_days(date(2024, 1, 1), date(2024, 6, 30))
    (6, 0)
    >>> months_and_days(date(2024, 1, 15), date(2024, 3, 20))
    (2, 6)
    """
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    while add_months(first, months) > after:
        months -= 1
    return months, (after - add_months(first, months)).days
