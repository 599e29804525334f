"""Nearest passages by cosine. The only file that imports faiss."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.encode import Vectors

if TYPE_CHECKING:
    import faiss

_SCANNED = 10_000  # passages; reading every vector of fewer takes about a millisecond
_REREAD = 4  # times as many as asked for, by the rough codes, are compared exactly


class DenseIndex:
    """Half-precision vectors, memory-mapped when loaded; before a long list, codes a tenth of it.

    Four bits for each two dimensions tell the few hundred passages worth an exact comparison:
    the ten nearest are among them in 999 cases of 1,000 (docs/adr/0010).
    """

    def __init__(self, index: faiss.Index) -> None:
        """Take an index that is filled or just read; nothing may be added to it later."""
        import faiss

        self._index = index
        exact: Any = index
        if isinstance(index, faiss.IndexRefine):
            exact = faiss.downcast_index(index.refine_index)
        self._exact = exact
        codes = faiss.rev_swig_ptr(exact.codes.data(), len(self) * exact.code_size)
        self._codes = codes.reshape(len(self), -1)

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        """Index the rows of float32 (n, dim), each of length 1; `dim` even."""
        import faiss

        count, dim = vectors.shape
        exact = faiss.IndexScalarQuantizer(
            dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        if count < _SCANNED:
            exact.add(vectors)
            return cls(exact)
        rough = faiss.IndexPQFastScan(dim, dim // 2, 4, faiss.METRIC_INNER_PRODUCT)
        both = faiss.IndexRefine(rough, exact)
        both.k_factor = _REREAD
        both.train(vectors)
        both.add(vectors)
        return cls(both)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Open a saved index; its vectors stay on disk and are paged in."""
        import faiss

        faiss.omp_set_num_threads(1)  # many questions share the processors, not one question
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
        # faiss looks up one vector at a time; decoding a list takes half as long.
        found: Vectors = self._exact.sa_decode(self._codes[rows])
        return found
