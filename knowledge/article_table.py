"""What is known of every article before any question, as arrays by row."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.spans import Spans
from knowledge.sparse import pairs
from knowledge.types import Article, short_name

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]

_LEVELS = {"宪法": 0, "法律": 1, "行政法规": 2, "司法解释": 3}
_OTHER = 4


@dataclass(frozen=True)
class Priors:
    """How often laws and articles answered the questions the ranker learned from."""

    laws: Mapping[str, float]
    articles: Mapping[tuple[str, str], float]


class ArticleTable:
    """Static features of the articles of one index generation; each array has one row an article.

    Args:
        articles: in the order of the corpus.
        article_of: the article of each passage, ascending; every article has a passage.
    """

    def __init__(self, articles: Sequence[Article], article_of: Rows, priors: Priors) -> None:
        names = [article.version.name for article in articles]
        laws = {name: i for i, name in enumerate(dict.fromkeys(names))}
        chapters = {text: i for i, text in enumerate(dict.fromkeys(a.chapter for a in articles))}
        self.spans = Spans.of_lengths(np.bincount(article_of, minlength=len(articles)).tolist())
        self.law: Rows = np.array([laws[name] for name in names], np.int64)
        self.chapter: Rows = np.array([chapters[a.chapter] for a in articles], np.int64)
        self.length = _floats(math.log1p(len(a.text)) for a in articles)
        self.level = _floats(_LEVELS.get(a.version.level, _OTHER) for a in articles)
        self.law_prior = _floats(priors.laws.get(name, 0.0) for name in names)
        self.article_prior = _floats(
            priors.articles.get((name, article.number), 0.0)
            for name, article in zip(names, articles, strict=True)
        )
        self._titles = [frozenset(pairs(short_name(name))) for name in laws]
        self._chapters = list(chapters)

    def best(self, passages: Scores) -> Scores:
        """The best passage of each article; float32 (passages,) to float32 (articles,)."""
        return np.maximum.reduceat(passages, self.spans.starts)

    def title_overlap(self, asked: frozenset[str], rows: Rows) -> Scores:
        """Share of the law's name that the question says; float32 (rows,)."""
        return _by_value(self.law[rows], lambda law: _share(self._titles[law], asked))

    def chapter_overlap(self, asked: frozenset[str], rows: Rows) -> Scores:
        """Share of the question that the chapter's heading says; float32 (rows,)."""
        return _by_value(self.chapter[rows], lambda i: _share(asked, _cut(self._chapters[i])))


def _floats(values: Iterable[float]) -> Scores:
    return np.fromiter(values, np.float32)


def _by_value(values: Rows, measure: Callable[[int], float]) -> Scores:
    """Measure each distinct value once."""
    distinct, places = np.unique(values, return_inverse=True)
    measured = np.array([measure(value) for value in distinct.tolist()], np.float32)
    return measured[places]


def _share(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=10_000)
def _cut(text: str) -> frozenset[str]:
    return frozenset(pairs(text))
