"""A small network after the encoder of passages, fitted by `make train` (docs/adr/0013).

It moves an article's vector towards the questions people ask when the article is the answer, as
the encoder of questions sees them. The law is never encoded anew for it: 60,000 vectors pass
through in a few seconds.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.encode import Vectors

_FILE = Path(__file__).with_name("model") / "passage_head.npz"
_BATCH = 4096
_Weights = NDArray[np.float32]


@dataclass(frozen=True)
class PassageHead:
    """Adds to a vector what one hidden layer makes of it.

    `inward` (dim, hidden) and `outward` (hidden, dim) with their biases; `fingerprint` names the
    encoder whose vectors it takes.
    """

    fingerprint: str
    inward: _Weights
    inward_bias: _Weights
    outward: _Weights
    outward_bias: _Weights

    @classmethod
    def load(cls, path: Path = _FILE) -> PassageHead:
        """Read what is shipped."""
        held = np.load(path)
        names = ("inward", "inward_bias", "outward", "outward_bias")
        return cls(str(held["fingerprint"]), *(held[name].astype(np.float32) for name in names))

    def save(self, path: Path = _FILE) -> None:
        """Keep the weights in half precision."""
        weights = {name: value for name, value in vars(self).items() if name != "fingerprint"}
        halves = {name: value.astype(np.float16) for name, value in weights.items()}
        np.savez(path, fingerprint=self.fingerprint, **halves)

    @property
    def digest(self) -> str:
        """Names the weights: an index made with others is another index."""
        digest = hashlib.sha256(self.fingerprint.encode())
        for weights in (self.inward, self.inward_bias, self.outward, self.outward_bias):
            digest.update(weights.astype(np.float16).tobytes())
        return digest.hexdigest()[:16]

    def __call__(self, vectors: Vectors) -> Vectors:
        """Move float32 (n, dim), each row of length 1; the same shape and length again."""
        parts = [vectors[i : i + _BATCH] for i in range(0, len(vectors), _BATCH)]
        return np.concatenate([self._moved(part) for part in parts] or [vectors])

    def _moved(self, vectors: Vectors) -> Vectors:
        hidden = vectors @ self.inward + self.inward_bias
        moved = vectors + _gelu(hidden) @ self.outward + self.outward_bias
        length = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / length, np.float32)


def _gelu(values: Vectors) -> Vectors:
    """The usual approximation by a hyperbolic tangent (torch's GELU(approximate="tanh"))."""
    inner = math.sqrt(2 / math.pi) * (values + 0.044715 * values**3)
    return np.asarray(0.5 * values * (1 + np.tanh(inner)), np.float32)
