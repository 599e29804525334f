"""How near a message is to danger: a person hurt, threatened, robbed or dying now.

A logistic regression over hashed character n-grams and the e5 embedding, fitted by
`python -m eval.danger`. Patterns alone (api/core/risks.yml) found a third of such messages when
they were worded in a way nobody had thought of.
"""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
FILE = Path(__file__).with_name("model") / "danger.npz"
BUCKETS = 16384
_LONGEST_GRAM = 3
#: How much the embedding counts beside the n-grams; both have length 1.
MEANING = 0.8


@dataclass(frozen=True)
class Danger:
    """Probability that someone is in danger, and the likeliest kind of it."""

    probability: float
    kind: str


class DangerModel:
    """Weights of the fitted regression; `mean` is the share common to all embeddings."""

    def __init__(self, arrays: dict[str, NDArray[np.float64]], kinds: tuple[str, ...]) -> None:
        self._arrays = arrays
        self._kinds = kinds

    @classmethod
    def load(cls, path: Path = FILE) -> DangerModel:
        """The committed weights."""
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name].astype(np.float64) for name in stored if name != "kinds"}
            return cls(arrays, tuple(str(kind) for kind in stored["kinds"]))

    def judge(self, text: str, embedding: Vector) -> Danger:
        """Judge a normalised text with its e5 query embedding, float (dim,)."""
        meaning = centred(embedding[None, :], self._arrays["mean"])
        row = features(grams(text)[None, :], meaning)[0]
        score = float(row @ self._arrays["weights"] + self._arrays["bias"])
        kind = int(np.argmax(meaning[0] @ self._arrays["kind_weights"] + self._arrays["kind_bias"]))
        return Danger(1 / (1 + float(np.exp(-score))), self._kinds[kind])


def features(counted: NDArray[np.float64], meaning: NDArray[np.float64]) -> NDArray[np.float64]:
    """float (n, BUCKETS + dim) from n-grams and centred embeddings."""
    return np.hstack([counted, MEANING * meaning])


def grams(text: str) -> NDArray[np.float64]:
    """Hashed character n-grams of a text with its two ends marked, float (BUCKETS,), of length 1.

    How a message ends (…谁赔, …怎么申请) tells a question of law from a cry for help.

    >>> round(float((grams("他打我") ** 2).sum()), 6)
    1.0
    """
    text = f"^{text}$"
    found = Counter(
        text[start : start + size]
        for size in range(1, _LONGEST_GRAM + 1)
        for start in range(len(text) - size + 1)
    )
    counted = np.zeros(BUCKETS)
    for gram, times in found.items():
        counted[zlib.crc32(gram.encode()) % BUCKETS] += np.log1p(times)
    return counted / max(float(np.linalg.norm(counted)), 1e-9)


def centred(embeddings: Vector, mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """Embeddings without what all have in common, each of length 1."""
    apart = embeddings.astype(np.float64) - mean
    return np.asarray(apart / np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-9))
