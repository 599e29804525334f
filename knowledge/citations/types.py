"""What is found in a text, and what the finder needs to know of the statutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from knowledge.types import Article, ArticleRef, LawVersion


class Verdict(Enum):
    """What is to be said of one citation."""

    OK = "ok"
    NO_SUCH_LAW = "no_such_law"
    NO_SUCH_ARTICLE = "no_such_article"
    NO_SUCH_PARAGRAPH = "no_such_paragraph"
    NO_SUCH_ITEM = "no_such_item"
    MISQUOTED = "misquoted"
    NOT_IN_FORCE = "not_in_force"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class Finding:
    """One article cited in a text.

    `text` is source[start:end], the words as written; `law` the full official name, or the name
    as written when it is unknown or means several laws ("" when none is named at all);
    `article` the official number; `reason` one sentence in Chinese.
    """

    text: str
    law: str
    article: str
    paragraph: int | None
    item: int | None
    verdict: Verdict
    reason: str
    start: int
    end: int


class Statutes(Protocol):
    """The part of `knowledge.corpus.Corpus` that checking citations needs."""

    def __hash__(self) -> int:
        """A corpus is told from another by identity."""

    @property
    def articles(self) -> Sequence[Article]:
        """Every article of every version held."""

    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Every spelling known -> the full official names it may mean."""

    def versions(self, law: str) -> tuple[LawVersion, ...]:
        """The versions of a law, oldest first."""

    def article(self, ref: ArticleRef, on: date) -> Article:
        """The text binding on the date.

        Raises:
            LawUnknown, ArticleUnknown, ArticleNotInForce: see `knowledge.errors`.
        """
