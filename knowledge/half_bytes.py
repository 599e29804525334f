"""Vectors in half a byte a number: an eighth of the memory, for files that are shipped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.encode import Vectors

_LAST = 15  # steps of half a byte, from 0
_WIDTH = 2.8  # standard deviations each way; what lies outside is taken for the end


@dataclass(frozen=True)
class HalfBytes:
    """n vectors: `codes` uint8 (n, dim / 2), and each number's `middle` and `step`, (dim,)."""

    codes: NDArray[np.uint8]
    middle: NDArray[np.float32]
    step: NDArray[np.float32]

    @classmethod
    def of(cls, vectors: Vectors) -> HalfBytes:
        """Keep float32 (n, dim), `dim` even."""
        middle = vectors.mean(axis=0)
        step = np.maximum(vectors.std(axis=0) * 2 * _WIDTH / _LAST, 1e-9).astype(np.float32)
        levels = np.clip(np.rint((vectors - middle) / step + _LAST / 2), 0, _LAST).astype(np.uint8)
        return cls(levels[:, ::2] << 4 | levels[:, 1::2], middle, step)

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        """These rows again, each of length 1; float32 (rows, dim)."""
        codes = self.codes[rows]
        levels = np.stack([codes >> 4, codes & _LAST], axis=2).reshape(len(codes), len(self.step))
        found = self.middle + (levels.astype(np.float32) - _LAST / 2) * self.step
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)
