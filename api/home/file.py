"""A resident's own file as values: everything that is kept about one person, for that person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Said:
    """One message of a conversation."""

    at: datetime
    author: str
    text: str
    citations: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True)
class Talk:
    """A conversation."""

    id: str
    messages: tuple[Said, ...]

    @property
    def title(self) -> str:
        """The first words of the resident."""
        first = next((said.text for said in self.messages if said.author == "resident"), "对话")
        return first if len(first) <= 40 else first[:40] + "……"


@dataclass(frozen=True)
class Matter:
    """An application, an order or a paper; `told` is everything the resident wrote in it."""

    kind: str
    token: str
    title: str
    reference: str
    state: str
    at: datetime
    due_at: datetime | None
    slot_at: datetime | None
    told: dict[str, Any]
    result: str = ""
    photos: tuple[str, ...] = ()
    finished: bool = True


@dataclass(frozen=True)
class Opinion:
    """A rating given."""

    at: datetime
    kind: str
    grade: str
    reasons: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Consent:
    """One consent or withdrawal."""

    at: datetime
    purpose: str
    version: str
    given: bool


@dataclass(frozen=True)
class Elsewhere:
    """A matter told under this phone that nobody has put into a file: its number and state only.

    A phone may be shared by a family; what is in such a matter shows only to who has its link.
    """

    kind: str
    reference: str
    state: str
    at: datetime


@dataclass(frozen=True)
class PersonalFile:
    """All of it."""

    phone: str
    since: datetime
    talks: tuple[Talk, ...] = ()
    matters: tuple[Matter, ...] = ()
    ratings: tuple[Opinion, ...] = ()
    consents: tuple[Consent, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
