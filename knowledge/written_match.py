"""Articles whose written questions sound like the one asked (knowledge/written.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.article_table import Rows, Scores
from knowledge.corpus import Corpus
from knowledge.dense import DenseIndex
from knowledge.encode import Vectors
from knowledge.fuse import FAR, distinct, looked_up, ranks
from knowledge.spans import Spans
from knowledge.sparse import SparseIndex, pairs
from knowledge.types import Status
from knowledge.written import AS_OF, Written

VectorsOf = Callable[[Sequence[str]], Vectors]
FEATURES = (
    "written_cosine", "written_gap", "written_rank", "written_share",
    "written_tuned", "written_tuned_gap", "written_tuned_rank", "written_tuned_share",
    "written_pairs", "written_pairs_share", "written_pairs_rank",
    "written_law", "written_law_share", "written_law_tuned_share",
)  # fmt: skip
_DEPTH = 300  # written questions looked at
_NAMED = 30  # articles that become candidates by each measure
_SHARPNESS = {"plain": 0.02, "tuned": 0.05}  # e5's cosines lie close together, tuned ones do not


@dataclass(frozen=True)
class Near:
    """The articles whose written questions are nearest to one vector.

    `rows` best first, their highest `cosine`, and their `share` of the nearness of all.
    """

    rows: Rows
    cosine: Scores
    share: Scores

    @classmethod
    def of(cls, vector: Vectors, dense: DenseIndex, article_of: Rows, sharpness: float) -> Near:
        """Compare float32 (1, dim) with all questions."""
        cosines, places = dense.search(vector, _DEPTH)
        rows = article_of[places[0]]
        nearest, first = distinct(rows)
        shares = np.exp((cosines[0] - cosines[0][0]) / sharpness)
        totals = np.bincount(rows, weights=shares / shares.sum())
        return cls(nearest, cosines[0][first], totals[nearest].astype(np.float32))


@dataclass(frozen=True)
class Told:
    """What the written questions say of the one asked.

    Its vectors and what is near them under the plain and the tuned encoder; `pairs` has a score by
    common words for each of `articles`.
    """

    vectors: dict[str, Vectors]
    near: dict[str, Near]
    articles: Rows
    pairs: Scores

    def named(self) -> list[int]:
        """Articles worth weighing: those of the nearest questions, and of the likest words."""
        likest = np.argsort(-self.pairs, kind="stable")[:_NAMED]
        likest = likest[self.pairs[likest] > 0]
        nearest = [row for near in self.near.values() for row in near.rows[:_NAMED].tolist()]
        return [*nearest, *self.articles[likest].tolist()]


class WrittenArticles:
    """The written questions of one index generation."""

    def __init__(
        self, rows: Rows, plain: DenseIndex, texts: SparseIndex, tuned: DenseIndex | None = None
    ) -> None:
        """`rows` has the article of each question, ascending; `texts` one text an article.

        `plain` and `tuned` hold the questions as the two encoders see them, one where only one is.
        """
        self._rows, self._texts = rows, texts
        self._dense = {"plain": plain, "tuned": tuned or plain}
        self._articles, counts = np.unique(rows, return_counts=True)
        self._spans = Spans.of_lengths(counts.tolist())

    @classmethod
    def load(cls, folder: Path) -> WrittenArticles:
        """Open what `save_written` wrote."""
        tuned = folder / "tuned.faiss"
        return cls(
            np.load(folder / "rows.npy"),
            DenseIndex.load(folder / "questions.faiss"),
            SparseIndex.load(folder / "pairs", pairs),
            DenseIndex.load(tuned) if tuned.is_file() else None,
        )

    def told(self, words: str, plain: Vectors, tuned: Vectors) -> Told:
        """Compare a question with all; plain and tuned are its vectors, float32 (1, dim)."""
        vectors = {"plain": plain, "tuned": tuned}
        near = {
            kind: Near.of(vector, self._dense[kind], self._rows, _SHARPNESS[kind])
            for kind, vector in vectors.items()
        }
        return Told(vectors, near, self._articles, self._texts.scores(words))

    def columns(self, told: Told, rows: Rows, law: Rows) -> dict[str, Scores]:
        """The features of candidate rows; `law` has the law of every article of the corpus."""
        place = np.minimum(np.searchsorted(self._articles, rows), len(self._articles) - 1)
        has = self._articles[place] == rows
        scores = np.where(has, told.pairs[place], 0).astype(np.float32)
        columns = {
            "written_pairs": scores,
            "written_pairs_share": scores / max(float(told.pairs.max()), 1e-9),
            "written_pairs_rank": np.where(has, _places(told.pairs)[place], FAR),
            "written_law": _law_best(told.near["plain"], law)[law[rows]],
            "written_law_share": _law_share(told.near["plain"], law)[law[rows]],
            "written_law_tuned_share": _law_share(told.near["tuned"], law)[law[rows]],
        }
        for kind, name, cosine in (
            ("plain", "written", "written_cosine"),
            ("tuned", "written_tuned", "written_tuned"),
        ):
            near, cosines = told.near[kind], self._cosines(told, kind, place, has)
            columns[f"{name}_gap"] = near.cosine[0] - cosines
            columns[f"{name}_rank"] = ranks(near.rows, rows)
            shares = dict(zip(near.rows.tolist(), near.share.tolist(), strict=True))
            columns[f"{name}_share"] = looked_up(shares, rows)
            columns[cosine] = cosines
        return columns

    def _cosines(self, told: Told, kind: str, place: Rows, has: NDArray[np.bool_]) -> Scores:
        """The nearest question of each article that has any; float32 (rows,), else 0."""
        cosines = np.zeros(len(has), np.float32)
        if has.any():
            questions, heads = self._spans.places(place[has])
            each = self._dense[kind].vectors(questions) @ told.vectors[kind][0]
            cosines[has] = np.maximum.reduceat(each, heads)
        return cosines


def nothing_written(count: int) -> dict[str, Scores]:
    """The features where an index holds no written question."""
    return {name: np.zeros(count, np.float32) for name in FEATURES}


def _law_best(near: Near, law: Rows) -> Scores:
    """For every law the best cosine among the nearest."""
    best = np.zeros(int(law.max()) + 1, np.float32)
    np.maximum.at(best, law[near.rows], near.cosine)
    return best


def _law_share(near: Near, law: Rows) -> Scores:
    """For every law its share of the nearness."""
    shares = np.bincount(law[near.rows], weights=near.share, minlength=int(law.max()) + 1)
    return shares.astype(np.float32)


def _places(scores: Scores) -> Scores:
    """Each one's place, from 1, when ordered by score."""
    places = np.empty(len(scores), np.float32)
    places[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return places


def binding(corpus: Corpus, written: Sequence[Written]) -> list[tuple[int, str]]:
    """(article row, question) for every question whose article is held, rows ascending."""
    rows = {
        (article.version.name, article.number): row
        for row, article in enumerate(corpus.articles)
        if article.version.status(AS_OF) is Status.IN_FORCE
    }
    return sorted((rows[one.key], one.text) for one in written if one.key in rows)


def save_written(
    folder: Path, held: Sequence[tuple[int, str]], plain: VectorsOf, tuned: VectorsOf | None = None
) -> None:
    """Write what `WrittenArticles` reads; `plain` and `tuned` look up vectors already encoded."""
    folder.mkdir()
    questions = [text for _, text in held]
    np.save(folder / "rows.npy", np.array([row for row, _ in held], np.int64))
    DenseIndex.build(plain(questions)).save(folder / "questions.faiss")
    if tuned:
        DenseIndex.build(tuned(questions)).save(folder / "tuned.faiss")
    texts: dict[int, str] = {}
    for row, text in held:
        texts[row] = f"{texts.get(row, '')} {text}"
    SparseIndex.build(list(texts.values()), pairs).save(folder / "pairs")
