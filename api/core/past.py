"""What happened before a law began: that day's law may have been another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from api.core.types import Citation
from knowledge.types import short_name
from nlu.dates import find_days

_REACHES_TODAY = re.compile(r"现在|如今|最近|目前|眼下|至今|一直|还没|今[天年]")


def past_day(words: str, today: date) -> date | None:
    """The last day a story names, when all of it lies back; None when it reaches today.

    >>> past_day("2019年签的合同，2020年5月他反悔了", date(2026, 11, 22))
    datetime.date(2020, 5, 31)
    >>> past_day("2008年结的婚，现在想离", date(2026, 11, 22))
    """
    days = [] if _REACHES_TODAY.search(words) else find_days(words, today)
    last = max((day.last for day in days), default=today)
    return last if last < today else None


def before_the_law(words: str, citations: Sequence[Citation], today: date) -> str | None:
    """Why an answer needs a lawyer: what it stands on began after the day told.

    The first citation counts; those behind it say how to go about it, which follows the law of
    today.
    """
    began = citations[0].valid_from if citations else None
    day = past_day(words, today) if began else None
    if not began or not day or (since := date.fromisoformat(began)) <= day:
        return None
    return (
        f"您说的是{day.year}年的事，现在的《{short_name(citations[0].law)}》"
        f"从{since.year}年{since.month}月{since.day}日起施行，当时的规定可能不同"
    )
