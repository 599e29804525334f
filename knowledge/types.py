"""The values that pass between the parts of the knowledge package."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

COUNTRY = "中华人民共和国"


def short_name(law: str) -> str:
    """A law's name as people say it, the country left out.

    >>> short_name("中华人民共和国劳动合同法")
    '劳动合同法'
    """
    return law.removeprefix(COUNTRY)


@dataclass(frozen=True, order=True)
class ArticleRef:
    """One article of one law, or a 款 or 项 inside it.

    `article` is the official number ("第四十七条", "第一百三十三条之一");
    `paragraph` and `item` count from 1.
    """

    law: str
    article: str
    paragraph: int | None = None
    item: int | None = None

    def whole(self) -> ArticleRef:
        """The same article without 款 and 项."""
        return ArticleRef(self.law, self.article)


class Status(Enum):
    """What a version of a law is on a given date."""

    IN_FORCE = "现行有效"
    NOT_YET = "尚未施行"
    SUPERSEDED = "已被新版本取代"
    REPEALED = "已废止"


@dataclass(frozen=True)
class LawVersion:
    """One version of one law. Dates bound when this text applies.

    `title` is the heading of an imported text where it says more than the name it is kept under.
    `valid_until` is the first day on which it no longer applies. A repealed law
    whose last day nobody recorded has `repealed` set and no `valid_until`.
    """

    id: str
    name: str
    level: str
    department: str
    published: date | None
    valid_from: date | None
    valid_until: date | None = None
    repealed: bool = False
    title: str = ""

    def status(self, on: date) -> Status:
        """Whether this text binds on the date."""
        if self.valid_from and on < self.valid_from:
            return Status.NOT_YET
        if self.valid_until and on < self.valid_until:
            return Status.IN_FORCE
        if self.repealed:
            return Status.REPEALED
        return Status.SUPERSEDED if self.valid_until else Status.IN_FORCE


@dataclass(frozen=True)
class Article:
    """One article with its text; 款 are separated by newlines."""

    version: LawVersion
    number: str
    text: str
    chapter: str = ""

    @property
    def ref(self) -> ArticleRef:
        """How this article is cited."""
        return ArticleRef(self.version.name, self.number)


@dataclass(frozen=True)
class Hit:
    """One article found, best first; `features` say why (name -> value)."""

    article: Article
    score: float
    features: dict[str, float] = field(default_factory=dict)
