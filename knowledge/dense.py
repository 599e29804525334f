"""Nearest passages by cosine. The only file that imports faiss."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.encode import Vectors

if TYPE_CHECKING:
    import faiss


class DenseIndex:
    """A flat inner-product index over half-precision vectors, memory-mapped when loaded."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        """Index the rows of float32 (n, dim), each of length 1."""
        import faiss

        index = faiss.IndexScalarQuantizer(
            vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        index.train(vectors)
        index.add(vectors)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Open a saved index; its vectors stay on disk and are paged in."""
        import faiss

        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

    def save(self, path: Path) -> None:
        """Write the index."""
        import faiss

        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, queries: Vectors, limit: int) -> tuple[Vectors, NDArray[np.int64]]:
        """Best rows per query: cosines (q, limit) and row numbers (q, limit), best first."""
        scores, rows = self._index.search(queries, min(limit, len(self)))
        return scores, rows

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        """The stored vectors of these rows; float32 (n, dim)."""
        found: Vectors = self._index.reconstruct_batch(rows)
        return found
