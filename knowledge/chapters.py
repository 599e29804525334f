"""A law as it is read: chapters with their articles, and an article among its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.types import Article


@dataclass(frozen=True)
class Chapter:
    """Articles that stand under one heading; the heading is empty where the law has none."""

    heading: str
    articles: tuple[Article, ...]

    @property
    def span(self) -> str:
        """First and last number: "第一条至第八条"."""
        first, last = self.articles[0].number, self.articles[-1].number
        return first if first == last else f"{first}至{last}"


def chapters(articles: Sequence[Article]) -> tuple[Chapter, ...]:
    """The articles of a law by their headings, in the law's order."""
    grouped = groupby(articles, key=lambda article: article.chapter)
    return tuple(Chapter(heading, tuple(group)) for heading, group in grouped)


def around(articles: Sequence[Article], article: Article, reach: int) -> Sequence[Article]:
    """An article with up to `reach` neighbours on each side, all of its own chapter."""
    at = articles.index(article)
    near = articles[max(0, at - reach) : at + reach + 1]
    return [one for one in near if one.chapter == article.chapter]
