"""How long which data is kept, and why: `county/retention.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from api.home.errors import ErasureRefused


class Class(StrEnum):
    """A class of data with a time of its own."""

    CODES = "codes"
    CARRIED = "carried"
    CONVERSATIONS = "conversations"
    PAPERS = "papers"
    PHOTOS = "photos"
    AID = "aid"
    ORDERS = "orders"
    RESIDENTS = "residents"
    AUDIT_WORDS = "audit_words"


@dataclass(frozen=True)
class Keep:
    """One class: how many days, and on what grounds."""

    what: str
    days: int
    reason: str
    laws: tuple[str, ...]


@dataclass(frozen=True)
class Retention:
    """All classes; a file must name each.

    Raises:
        ErasureRefused: a class is missing, or kept for less than a day.
    """

    keep: dict[Class, Keep]

    def __post_init__(self) -> None:
        if missing := [one.value for one in Class if one not in self.keep]:
            raise ErasureRefused(f"retention.yml没有写{'、'.join(missing)}保存多久")
        if short := [name.value for name, one in self.keep.items() if one.days < 1]:
            raise ErasureRefused(f"retention.yml里{'、'.join(short)}的天数要至少是1")

    def ends(self, now: datetime) -> Iterator[tuple[Class, datetime]]:
        """Before which moment each class is to go."""
        for name in Class:
            yield name, now - timedelta(days=self.keep[name].days)
