"""Gather the articles that may answer a question, each with the figures a ranker judges by."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import Corpus
from knowledge.dense import DenseIndex
from knowledge.encode import Vectors
from knowledge.fuse import reciprocal_rank
from knowledge.sparse import SparseIndex, pairs
from knowledge.types import Article, ArticleRef

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]

FEATURES = (
    "words", "words_rank", "words_share", "pairs", "pairs_rank", "pairs_share",
    "cosine", "cosine_rank", "cosine_gap", "fused", "overlap", "title_overlap",
    "chapter_overlap", "law_share", "faq", "length", "level", "law_prior", "article_prior",
    "question_length",
)  # fmt: skip
_DEPTH = 100
_FAR = 1000.0
_LEVELS = {"宪法": 0, "法律": 1, "行政法规": 2, "司法解释": 3}
_PREFIX = "中华人民共和国"


@dataclass(frozen=True)
class Priors:
    """How often laws and articles answered the questions the ranker learned from."""

    laws: Mapping[str, float]
    articles: Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Candidates:
    """Articles by row, with float32 (n, len(FEATURES)) beside them, in no order."""

    rows: list[int]
    table: Scores

    def column(self, name: str) -> Scores:
        """One feature for every candidate; float32 (n,)."""
        column: Scores = self.table[:, FEATURES.index(name)]
        return column


@dataclass(frozen=True)
class Gatherer:
    """The indexes of one generation, and which article each passage belongs to."""

    corpus: Corpus
    article_of: Rows
    dense: DenseIndex
    words: SparseIndex
    pairs: SparseIndex
    priors: Priors

    def gather(
        self, question: str, vector: Vectors, allowed: NDArray[np.bool_], faq: Mapping[int, float]
    ) -> Candidates:
        """Candidates for a question.

        Args:
            question: the normalised words.
            vector: the encoded question, float32 (1, dim).
            allowed: which articles bind on the date asked for, bool (articles,).
            faq: article row -> cosine of the nearest FAQ wording that cites it.
        """
        passages_allowed = allowed[self.article_of]
        columns = {
            "words": np.where(passages_allowed, self.words.scores(question), 0),
            "pairs": np.where(passages_allowed, self.pairs.scores(question), 0),
        }
        cosines, near = self.dense.search(vector, 2 * _DEPTH)
        orders = {name: self._order(scores) for name, scores in columns.items()}
        orders["cosine"] = self._articles(near[0][passages_allowed[near[0]]])[:_DEPTH]
        rows = list(dict.fromkeys([*faq, *(row for order in orders.values() for row in order)]))
        best = self._best(rows, columns, vector, dict(zip(near[0], cosines[0], strict=True)))
        return Candidates(rows, self._table(question, rows, best, orders, faq))

    def _order(self, scores: Scores) -> list[int]:
        """Articles of the best passages, best first; passages scoring nothing are no hits."""
        top = np.argpartition(-scores, min(_DEPTH, len(scores) - 1))[:_DEPTH]
        top = top[np.argsort(-scores[top], kind="stable")]
        return self._articles(top[scores[top] > 0])

    def _articles(self, passages: Rows) -> list[int]:
        return list(dict.fromkeys(self.article_of[passages].tolist()))

    def _best(
        self,
        rows: Sequence[int],
        columns: Mapping[str, Scores],
        vector: Vectors,
        known: Mapping[int, float],
    ) -> dict[str, Scores]:
        """The best passage of each article under each measure; float32 (rows,) each."""
        spans = [np.arange(*self._span(row)) for row in rows]
        flat = np.concatenate(spans)
        unknown = np.array([p for p in flat.tolist() if p not in known], np.int64)
        cosines = dict(known)
        if len(unknown):
            near = self.dense.vectors(unknown) @ vector[0]
            cosines.update(zip(unknown.tolist(), near.tolist(), strict=True))
        starts = np.cumsum([0, *map(len, spans[:-1])])
        measures = {name: scores[flat] for name, scores in columns.items()}
        measures["cosine"] = np.array([cosines[p] for p in flat.tolist()], np.float32)
        return {name: np.maximum.reduceat(values, starts) for name, values in measures.items()}

    def _span(self, row: int) -> tuple[int, int]:
        """First passage of an article and the one behind its last: passages lie in row order."""
        return (
            int(np.searchsorted(self.article_of, row, "left")),
            int(np.searchsorted(self.article_of, row, "right")),
        )

    def _table(
        self,
        question: str,
        rows: Sequence[int],
        best: Mapping[str, Scores],
        orders: Mapping[str, Sequence[int]],
        faq: Mapping[int, float],
    ) -> Scores:
        fused = reciprocal_rank(list(orders.values()))
        ranks = {
            name: {row: float(rank) for rank, row in enumerate(order, start=1)}
            for name, order in orders.items()
        }
        articles = [self.corpus.articles[row] for row in rows]
        leaders = sorted(rows, key=lambda row: -fused.get(row, 0))[:50]
        shares = Counter(self.corpus.articles[row].version.name for row in leaders)
        asked = frozenset(pairs(question))
        columns: dict[str, Sequence[float]] = {
            "words": best["words"].tolist(),
            "pairs": best["pairs"].tolist(),
            "cosine": best["cosine"].tolist(),
            "words_share": _share(best["words"]),
            "pairs_share": _share(best["pairs"]),
            "cosine_gap": (best["cosine"].max() - best["cosine"]).tolist(),
            "fused": [fused.get(row, 0.0) for row in rows],
            "faq": [faq.get(row, 0.0) for row in rows],
            "law_share": [shares[a.version.name] / 50 for a in articles],
            "question_length": [float(len(question))] * len(rows),
        }
        for name, order in ranks.items():
            columns[f"{name}_rank"] = [order.get(row, _FAR) for row in rows]
        columns |= self._by_article(asked, articles)
        return np.array([columns[name] for name in FEATURES], np.float32).T

    def _by_article(
        self, asked: frozenset[str], articles: Sequence[Article]
    ) -> dict[str, Sequence[float]]:
        refs = [article.ref for article in articles]
        return {
            "overlap": [_covered(asked, _pair_set(a.text)) for a in articles],
            "title_overlap": [_covered(_title(a.version.name), asked) for a in articles],
            "chapter_overlap": [_covered(_pair_set(a.chapter), asked) for a in articles],
            "length": [math.log1p(len(a.text)) for a in articles],
            "level": [float(_LEVELS.get(a.version.level, 4)) for a in articles],
            "law_prior": [self.priors.laws.get(ref.law, 0.0) for ref in refs],
            "article_prior": [self.priors.articles.get(_key(ref), 0.0) for ref in refs],
        }


def _key(ref: ArticleRef) -> tuple[str, str]:
    return ref.law, ref.article


def _share(scores: Scores) -> list[float]:
    top = float(scores.max())
    shares: list[float] = (scores / top).tolist() if top else [0.0] * len(scores)
    return shares


def _covered(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=20_000)
def _pair_set(text: str) -> frozenset[str]:
    return frozenset(pairs(text))


def _title(law: str) -> frozenset[str]:
    return _pair_set(law.removeprefix(_PREFIX))
