"""Questions whose answers are known, kept as vectors only: what was asked like this before?

An article that answered a near question is likelier to answer this one, and so is its law.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.article_table import Rows, Scores
from knowledge.encode import Vectors
from knowledge.spans import Spans

FEATURES = tuple(
    f"near_{what}_{kind}{share}"
    for kind in ("plain", "tuned")
    for what in ("article", "law")
    for share in ("", "_share")
)
_FILE = Path(__file__).with_name("model") / "answered.npz"
_SHARPNESS = {"plain": 0.02, "tuned": 0.05}  # e5's cosines lie close together, tuned ones do not
Key = tuple[str, str]


@dataclass(frozen=True)
class Answered:
    """Vectors of n questions, float32 (n, dim), and the articles that answer each."""

    plain: Vectors
    tuned: Vectors
    keys: tuple[tuple[Key, ...], ...]

    @classmethod
    def load(cls, path: Path = _FILE) -> Answered:
        """Read what `make train` kept."""
        held = np.load(path)
        keys: list[list[Key]] = [[] for _ in held["plain"]]
        flat = zip(held["question"], held["law"], held["article"], strict=True)
        for question, law, article in flat:
            keys[question].append((str(held["laws"][law]), str(article)))
        plain, tuned = held["plain"].astype(np.float32), held["tuned"].astype(np.float32)
        return cls(plain, tuned, tuple(map(tuple, keys)))

    def save(self, path: Path = _FILE) -> None:
        """Keep vectors in half precision and the articles' numbers; no words."""
        flat = [(i, *key) for i, keys in enumerate(self.keys) for key in keys]
        laws = sorted({law for _, law, _ in flat})
        np.savez_compressed(
            path,
            plain=self.plain.astype(np.float16),
            tuned=self.tuned.astype(np.float16),
            question=np.array([i for i, _, _ in flat], np.int32),
            law=np.array([laws.index(law) for _, law, _ in flat], np.int32),
            article=np.array([article for _, _, article in flat]),
            laws=np.array(laws),
        )


class Neighbours:
    """The answered questions seen from the articles and laws of one index generation."""

    def __init__(self, answered: Answered, names: Sequence[Key], law: Rows) -> None:
        self._answered = answered
        by_article: dict[Key, list[int]] = {}
        by_law: dict[str, list[int]] = {}
        for question, keys in enumerate(answered.keys):
            for key in keys:
                by_article.setdefault(key, []).append(question)
            for name in {name for name, _ in keys}:
                by_law.setdefault(name, []).append(question)
        self._law = law
        first = np.unique(law, return_index=True)[1]
        self._by_article = _Lists([by_article.get(key, []) for key in names])
        self._by_law = _Lists([by_law.get(names[row][0], []) for row in first.tolist()])

    def columns(
        self,
        plain: Vectors,
        tuned: Vectors,
        rows: Rows,
        known: NDArray[np.bool_] | None = None,
    ) -> dict[str, Scores]:
        """The features of candidate rows: nearest answered question, and share of the nearness.

        Args:
            plain: the question's vector by the plain encoder, float32 (1, dim).
            tuned: its vector by the tuned one.
            rows: the candidates' rows in the corpus.
            known: which answered questions count, bool (n,); all by default.
        """
        found: dict[str, Scores] = {}
        held = {
            "article": self._by_article.of(rows),
            "law": self._by_law.of(self._law[rows]),
        }
        for kind, near in (
            ("plain", self._answered.plain @ plain[0]),
            ("tuned", self._answered.tuned @ tuned[0]),
        ):
            near = near if known is None else np.where(known, near, 0.0)
            shares = np.exp((near - near.max()) / _SHARPNESS[kind]) * (near > 0)
            shares = shares / max(float(shares.sum()), 1e-9)
            for what, questions in held.items():
                found[f"near_{what}_{kind}"] = questions.reduce(np.maximum, near)
                found[f"near_{what}_{kind}_share"] = questions.reduce(np.add, shares)
        return found


class _Lists:
    """A list of questions for each row; each ends with one that is never near."""

    def __init__(self, lists: Sequence[Sequence[int]]) -> None:
        nobody = -1
        self._spans = Spans.of_lengths([len(held) + 1 for held in lists])
        self._questions = np.array([q for held in lists for q in (*held, nobody)], np.int64)

    def of(self, rows: Rows) -> _Held:
        """The lists of these rows; a row that comes often (a law) is read once."""
        distinct, back = np.unique(rows, return_inverse=True)
        places, heads = self._spans.places(distinct)
        return _Held(self._questions[places], heads, back)


@dataclass(frozen=True)
class _Held:
    """Questions of distinct rows end to end, where each begins, and which of them each row is."""

    questions: Rows
    heads: Rows
    back: Rows

    def reduce(self, by: np.ufunc, values: Scores) -> Scores:
        """One figure a row from its questions' values; 0 stands for no question."""
        told = np.append(values, np.float32(0))[self.questions]
        return np.asarray(by.reduceat(told, self.heads)[self.back], np.float32)
