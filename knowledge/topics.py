"""What a question is about: a linear classifier over the question's vector, fitted by `make train`.

Topics are those of the FAQ, and 刑事, 合同, 公司, 知识产权, 行政 and 综合 for what it leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.encode import Vectors

_FILE = Path(__file__).with_name("model") / "topics.npz"
UNKNOWN = "综合"


@dataclass(frozen=True)
class Topic:
    """A topic with its probability."""

    name: str
    share: float


NO_TOPIC = Topic(UNKNOWN, 0.0)


@dataclass(frozen=True)
class TopicClassifier:
    """Names with weights (topics, dim) and biases (topics,) in the same order."""

    names: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    def load(cls, path: Path = _FILE) -> TopicClassifier:
        """Read the committed fit."""
        held = np.load(path)
        weights, bias = held["weights"].astype(np.float32), held["bias"].astype(np.float32)
        return cls(tuple(held["names"].tolist()), weights, bias)

    def save(self, path: Path = _FILE) -> None:
        """Keep the fit, in half precision."""
        half = self.weights.astype(np.float16), self.bias.astype(np.float16)
        np.savez_compressed(path, names=np.array(self.names), weights=half[0], bias=half[1])

    def of(self, vector: Vectors) -> Topic:
        """The likeliest topic of a question; vector float32 (1, dim)."""
        scores = self.weights @ vector[0] + self.bias
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        best = int(shares.argmax())
        return Topic(self.names[best], float(shares[best]))
