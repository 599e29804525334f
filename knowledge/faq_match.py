"""Which FAQ entry asks the same: wordings, entry texts and answers compared, weighed, made a share.

Every measure is standardised over the entries for the question at hand; a softmax over the
weighted sum gives each entry a share of belief. The weights are fitted by `make train` on
wordings held out of their own entry (model/faq.json).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.encode import Vectors
from knowledge.faq import FaqEntry
from knowledge.sparse import SparseIndex, pairs, words
from knowledge.types import ArticleRef

MEASURES = ("nearest", "near", "words", "pairs", "text", "answer")
_WEIGHTS = Path(__file__).with_name("model") / "faq.json"
_EVEN = dict.fromkeys(MEASURES, 0.4)
_NEAR = 3
_CLIP = (-5.0, 12.0)
_SURE = 50.0


@dataclass(frozen=True)
class FaqHit:
    """An entry with its share of belief (0..1) among all entries."""

    entry: FaqEntry
    score: float


@dataclass(frozen=True)
class FaqTexts:
    """What is encoded of the FAQ, in entry order."""

    wordings: list[str]
    texts: list[str]
    answers: list[str]

    @classmethod
    def of(cls, entries: Sequence[FaqEntry]) -> FaqTexts:
        """The texts of these entries."""
        return cls(
            [wording for entry in entries for wording in entry.wordings],
            [f"{entry.topic} {entry.question} {entry.answer}" for entry in entries],
            [entry.answer for entry in entries],
        )


class FaqMatcher:
    """The FAQ of one index generation."""

    def __init__(
        self,
        folder: Path,
        normalise: Callable[[str], str],
        weights: dict[str, float] | None = None,
    ) -> None:
        """`normalise` is what every question goes through before it is matched."""
        self.entries = _load_entries(folder / "entries.json")
        self._wordings, self._texts, self._answers = (
            np.load(folder / f"{name}.npy") for name in ("wordings", "texts", "answers")
        )
        self._words = SparseIndex.load(folder / "words", words)
        self._pairs = SparseIndex.load(folder / "pairs", pairs)
        counts = [len(entry.wordings) for entry in self.entries]
        self._starts = np.cumsum([0, *counts[:-1]])
        self._places = _padded(counts)
        wordings = (wording for entry in self.entries for wording in entry.wordings)
        self._place = {wording: i for i, wording in enumerate(wordings)}
        self._known = {normalise(wording): i for wording, i in self._place.items()}
        chosen = weights or _load_weights()
        self.weights = np.array([chosen[name] for name in MEASURES])

    def match(self, *readings: tuple[str, Vectors], limit: int = 10) -> tuple[FaqHit, ...]:
        """The entries most likely to ask the same, best first; a known wording is sure.

        Args:
            readings: a question with its vector; several ways one utterance may have been meant
                count by the best of them for each entry.
            limit: at most so many.
        """
        scores = np.max([self._scores(*reading) for reading in readings], axis=0)
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        best = np.argsort(-shares, kind="stable")[:limit]
        return tuple(FaqHit(self.entries[i], float(shares[i])) for i in best)

    def _scores(self, question: str, vector: Vectors) -> NDArray[np.float64]:
        scores: NDArray[np.float64] = self.measure(question, vector) @ self.weights
        known = self._known.get(question)
        if known is not None:
            scores[np.searchsorted(self._starts, known, "right") - 1] += _SURE
        return scores

    def measure(self, question: str, vector: Vectors, without: str = "") -> NDArray[np.float64]:
        """Every measure for every entry, standardised; float64 (entries, len(MEASURES)).

        `without` leaves one wording out, for training and measuring.
        """
        cosines = self._wordings @ vector[0]
        if without:
            cosines[self._place[without]] = -1.0
        columns = (
            np.maximum.reduceat(cosines, self._starts),
            self._mean_of_nearest(cosines),
            self._words.scores(question),
            self._pairs.scores(question),
            self._texts @ vector[0],
            self._answers @ vector[0],
        )
        table = np.stack(columns, axis=1).astype(np.float64)
        spread = table.std(axis=0) + 1e-6
        standard: NDArray[np.float64] = np.clip((table - table.mean(axis=0)) / spread, *_CLIP)
        return standard

    def near(self, vector: Vectors, without: str = "") -> float:
        """How near a text is to what residents ask: mean cosine with the three nearest wordings.

        `without` leaves one wording out, for training and measuring.
        """
        cosines = self._wordings @ vector[0]
        if without in self._place:
            cosines[self._place[without]] = -1.0
        return float(np.sort(cosines)[-_NEAR:].mean())

    def _mean_of_nearest(self, cosines: Vectors) -> Vectors:
        held = np.append(-cosines, np.nan)[self._places]  # the last place stands for no wording
        return np.asarray(-np.nanmean(np.sort(held, axis=1)[:, :_NEAR], axis=1), np.float32)


def _padded(counts: Sequence[int]) -> NDArray[np.int64]:
    """Places of each entry's wordings, filled up to one width with the place behind the last."""
    starts = np.cumsum([0, *counts[:-1]])[:, None]
    columns = np.arange(max([*counts, _NEAR]))[None, :]
    return np.where(columns < np.array(counts)[:, None], starts + columns, sum(counts))


def save_faq(
    folder: Path, entries: Sequence[FaqEntry], vectors_of: Callable[[Sequence[str]], Vectors]
) -> None:
    """Write what `FaqMatcher` reads; `vectors_of` looks up vectors already encoded."""
    folder.mkdir()
    texts = FaqTexts.of(entries)
    for name in ("wordings", "texts", "answers"):
        np.save(folder / f"{name}.npy", vectors_of(getattr(texts, name)))
    searched = [f"{entry.question} {entry.answer}{''.join(entry.steps)}" for entry in entries]
    SparseIndex.build(searched, words).save(folder / "words")
    SparseIndex.build(searched, pairs).save(folder / "pairs")
    rows = [asdict(entry) for entry in entries]
    (folder / "entries.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def save_weights(weights: NDArray[np.float64]) -> None:
    """Keep fitted weights beside the other models."""
    named = dict(zip(MEASURES, (round(float(w), 4) for w in weights), strict=True))
    _WEIGHTS.write_text(json.dumps(named, indent=1) + "\n", encoding="utf-8")


def _load_weights() -> dict[str, float]:
    """Fitted weights; before the first training every measure counts the same."""
    if not _WEIGHTS.is_file():
        return _EVEN
    weights: dict[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return weights


def _load_entries(path: Path) -> tuple[FaqEntry, ...]:
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(_entry(row) for row in rows)


def _entry(row: dict[str, Any]) -> FaqEntry:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    values["citations"] = tuple(ArticleRef(**ref) for ref in row["citations"])
    return FaqEntry(**values)
