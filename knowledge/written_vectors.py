"""Vectors of the written questions, shipped: a new installation need not encode them itself.

By the plain encoder, and by the one tuned on these questions before it saw any of a benchmark's, so
that they belong to no fold (docs/adr/0013). They hold for one plain encoder, and with another are
left alone. Made by `python -m eval.tune`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.encode import Vectors
from knowledge.half_bytes import HalfBytes

_FILE = Path(__file__).with_name("model") / "written.npz"
_PARTS = ("codes", "middle", "step")


@dataclass(frozen=True)
class WrittenVectors:
    """Vectors by text, but for their length.

    `fingerprint` of the plain encoder; `marks` of the texts, uint64 (n,), ascending; `plain` and
    `tuned` a vector for each.
    """

    fingerprint: str
    marks: NDArray[np.uint64]
    plain: HalfBytes
    tuned: HalfBytes

    @classmethod
    def of(
        cls, fingerprint: str, texts: Sequence[str], plain: Vectors, tuned: Vectors
    ) -> WrittenVectors:
        """Keep float32 (n, dim) each; `fingerprint` of the encoder that made the plain ones."""
        marks, first = np.unique(_marks(texts), return_index=True)
        return cls(fingerprint, marks, HalfBytes.of(plain[first]), HalfBytes.of(tuned[first]))

    @classmethod
    def load(cls, path: Path = _FILE) -> WrittenVectors:
        """Read what is shipped."""
        held = np.load(path)
        plain, tuned = (
            HalfBytes(*(held[f"{kind}_{part}"] for part in _PARTS)) for kind in ("plain", "tuned")
        )
        return cls(str(held["fingerprint"]), held["marks"], plain, tuned)

    def save(self, path: Path = _FILE) -> None:
        """Write them, four kilobytes for ten questions."""
        kinds = {"plain": self.plain, "tuned": self.tuned}
        parts = {f"{kind}_{part}": getattr(kinds[kind], part) for kind in kinds for part in _PARTS}
        np.savez(path, fingerprint=self.fingerprint, marks=self.marks, **parts)

    @property
    def digest(self) -> str:
        """Names the vectors."""
        return hashlib.sha256(self.marks.tobytes() + self.tuned.codes.tobytes()).hexdigest()[:16]

    def plain_of(self, texts: Sequence[str]) -> Vectors:
        """The plain ones of these texts, all held; float32 (n, dim), each row of length 1."""
        return self.plain.vectors(self._rows(texts))

    def tuned_of(self, texts: Sequence[str]) -> Vectors:
        """The tuned ones, likewise."""
        return self.tuned.vectors(self._rows(texts))

    def _rows(self, texts: Sequence[str]) -> NDArray[np.int64]:
        return np.searchsorted(self.marks, _marks(texts))

    def lacking(self, texts: Sequence[str]) -> list[str]:
        """The texts not held."""
        held = np.isin(_marks(texts), self.marks)
        return [text for text, known in zip(texts, held.tolist(), strict=True) if not known]


def _marks(texts: Sequence[str]) -> NDArray[np.uint64]:
    digests = (hashlib.sha256(text.encode()).digest()[:8] for text in texts)
    return np.fromiter((int.from_bytes(one, "big") for one in digests), np.uint64)
