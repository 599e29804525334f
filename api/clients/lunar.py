"""Lunar days on the common calendar. The only file that imports lunar_python."""

from __future__ import annotations

from datetime import date

from lunar_python import Lunar


def solar(year: int, month: int, day: int) -> date:
    """The day of the common calendar for a lunar one.

    Raises:
        ValueError: that lunar month has no such day.

    >>> solar(2025, 12, 23)
    datetime.date(2026, 2, 10)
    """
    try:
        found = Lunar.fromYmd(year, month, day).getSolar()
    except Exception as error:
        raise ValueError(f"农历{year}年{month}月没有{day}日") from error
    return date(found.getYear(), found.getMonth(), found.getDay())
