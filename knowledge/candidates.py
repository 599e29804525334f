"""Gather the articles that may answer a question, each with the figures a ranker judges by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.answered import FEATURES as NEAR
from knowledge.answered import Neighbours
from knowledge.article_table import ArticleTable, Rows, Scores
from knowledge.corpus import Corpus
from knowledge.dense import DenseIndex
from knowledge.encode import Vectors
from knowledge.fuse import distinct, looked_up, ranks, reciprocal_rank
from knowledge.sparse import SparseIndex, pairs
from knowledge.written_match import FEATURES as WRITTEN
from knowledge.written_match import Told, WrittenArticles, nothing_written

FEATURES = (
    "words", "words_rank", "words_share", "pairs", "pairs_rank", "pairs_share",
    "cosine", "cosine_rank", "cosine_gap", "tuned", "tuned_rank", "tuned_gap",
    "fused", "overlap", "title_overlap", "chapter_overlap", "law_share", "law_tuned", "faq",
    "length", "level", "law_prior", "article_prior", "question_length", *NEAR, *WRITTEN,
)  # fmt: skip
_DEPTH = 100
_LEADERS = 50


@dataclass(frozen=True)
class Asked:
    """A question as the indexes take it.

    `plain` comes from the encoder that made the passages' vectors, `tuned` from its copy trained
    on questions of law; float32 (1, dim) each, comparable with the passages as they are and as
    the head moves them.
    """

    words: str
    plain: Vectors
    tuned: Vectors


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
    """The indexes of one generation, and what is known of its articles beforehand.

    `dense` has the passages as encoded, `moved` as the head moves them (the same without a head).
    """

    corpus: Corpus
    article_of: Rows
    articles: ArticleTable
    dense: DenseIndex
    moved: DenseIndex
    words: SparseIndex
    pairs: SparseIndex
    neighbours: Neighbours | None = None
    written: WrittenArticles | None = None

    def gather(
        self, asked: Asked, allowed: NDArray[np.bool_], faq: Mapping[int, float]
    ) -> Candidates:
        """Candidates for a question.

        Args:
            asked: the normalised words and their vectors.
            allowed: which articles bind on the date asked for, bool (articles,).
            faq: article row -> belief that the FAQ entry citing it asks the same.
        """
        sparse = {
            "words": np.where(allowed, self.articles.best(self.words.scores(asked.words)), 0),
            "pairs": np.where(allowed, self.articles.best(self.pairs.scores(asked.words)), 0),
        }
        orders = {name: _order(scores) for name, scores in sparse.items()}
        spaces = {"cosine": (asked.plain, self.dense), "tuned": (asked.tuned, self.moved)}
        for name, (vector, index) in spaces.items():
            orders[name] = self._articles(index.search(vector, 2 * _DEPTH)[1][0], allowed)
        told = self._told(asked)
        named = [row for row in told.named() if allowed[row]] if told else []
        ordered = (row for order in orders.values() for row in order.tolist())
        found = dict.fromkeys([*faq, *ordered, *named])
        rows = np.array(list(found), np.int64)
        if not len(rows):
            return Candidates([], np.zeros((0, len(FEATURES)), np.float32))
        columns = {name: scores[rows] for name, scores in sparse.items()}
        passages, heads = self.articles.spans.places(rows)
        for name, (vector, index) in spaces.items():
            cosines = index.vectors(passages) @ vector[0]
            columns[name] = np.maximum.reduceat(cosines, heads)  # the best of each article
        columns |= self._near(asked, rows) | self._written(told, rows)
        return Candidates(rows.tolist(), self._table(asked.words, rows, columns, orders, faq))

    def _near(self, asked: Asked, rows: Rows) -> dict[str, Scores]:
        """What questions answered before say; nothing before the first training."""
        if self.neighbours is None:
            return {name: np.zeros(len(rows), np.float32) for name in NEAR}
        return self.neighbours.columns(asked.plain, asked.tuned, rows)

    def _told(self, asked: Asked) -> Told | None:
        return self.written.told(asked.words, asked.plain, asked.tuned) if self.written else None

    def _written(self, told: Told | None, rows: Rows) -> dict[str, Scores]:
        """What the questions written for articles say."""
        if self.written is None or told is None:
            return nothing_written(len(rows))
        return self.written.columns(told, rows, self.articles.law)

    def _articles(self, passages: Rows, allowed: NDArray[np.bool_]) -> Rows:
        """Articles of the nearest passages, best first."""
        nearest, _ = distinct(self.article_of[passages[passages >= 0]])
        return nearest[allowed[nearest]][:_DEPTH]

    def _table(
        self,
        words: str,
        rows: Rows,
        columns: dict[str, Scores],
        orders: Mapping[str, Rows],
        faq: Mapping[int, float],
    ) -> Scores:
        known, asked = self.articles, frozenset(pairs(words))
        fused = reciprocal_rank([order.tolist() for order in orders.values()])
        for name, order in orders.items():
            columns[f"{name}_rank"] = ranks(order, rows)
        for name in ("words", "pairs"):
            columns[f"{name}_share"] = columns[name] / max(float(columns[name].max()), 1e-9)
        for name in ("cosine", "tuned"):
            columns[f"{name}_gap"] = columns[name].max() - columns[name]
        columns["fused"] = looked_up(fused, rows)
        columns["faq"] = looked_up(faq, rows)
        columns["law_share"] = _law_share(known.law[rows], columns["fused"])
        columns["law_tuned"] = _law_best(known.law[rows], columns["tuned"])
        columns["overlap"] = known.best(self.pairs.covered(words))[rows]
        columns["title_overlap"] = known.title_overlap(asked, rows)
        columns["chapter_overlap"] = known.chapter_overlap(asked, rows)
        for name in ("length", "level", "law_prior", "article_prior"):
            columns[name] = getattr(known, name)[rows]
        columns["question_length"] = np.full(len(rows), len(words), np.float32)
        return np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)


def _order(scores: Scores) -> Rows:
    """Rows of the best articles, best first; those scoring nothing are no hits."""
    top = np.argpartition(-scores, min(_DEPTH, len(scores) - 1))[:_DEPTH]
    top = top[np.argsort(-scores[top], kind="stable")]
    return top[scores[top] > 0]


def _law_share(laws: Rows, fused: Scores) -> Scores:
    """How much of the best candidates each one's law has."""
    leaders = laws[np.argsort(-fused, kind="stable")[:_LEADERS]]
    counts = np.bincount(leaders, minlength=int(laws.max()) + 1)
    return (counts[laws] / _LEADERS).astype(np.float32)


def _law_best(laws: Rows, tuned: Scores) -> Scores:
    """How far the law's best candidate lies behind the best of all."""
    best = np.full(int(laws.max()) + 1, -1.0, np.float32)
    np.maximum.at(best, laws, tuned)
    return np.asarray(tuned.max() - best[laws], np.float32)
