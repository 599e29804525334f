"""Lists of different lengths laid end to end, and how to look many of them up at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Spans:
    """Where each list begins in one long array, and how long it is; none is empty.

    >>> Spans.of_lengths([2, 1, 3]).places(np.array([2, 0]))
    (array([3, 4, 5, 0, 1]), array([0, 3]))
    """

    starts: _Rows
    lengths: _Rows

    @classmethod
    def of_lengths(cls, lengths: list[int]) -> Spans:
        """Lists of these lengths, one behind the other."""
        counts = np.array(lengths, np.int64)
        return cls(np.cumsum(counts) - counts, counts)

    def places(self, rows: _Rows) -> tuple[_Rows, _Rows]:
        """The places of all members of these lists, and where each list begins among them.

        The second is what numpy's `reduceat` takes.
        """
        lengths = self.lengths[rows]
        heads = np.cumsum(lengths) - lengths
        inside = np.arange(int(lengths.sum())) - np.repeat(heads, lengths)
        return inside + np.repeat(self.starts[rows], lengths), heads
