"""Orders of articles: made one, and told again as a figure for each candidate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.article_table import Rows, Scores

_DAMPING = 60
FAR = 1000.0  # the place of what an order does not have


def reciprocal_rank(orders: Sequence[Sequence[int]], damping: int = _DAMPING) -> dict[int, float]:
    """Sum of 1 / (damping + rank) over the orders; rank counts from 1.

    >>> fused = reciprocal_rank([[7, 8], [8, 9]])
    >>> max(fused, key=fused.get)
    8
    """
    fused: dict[int, float] = defaultdict(float)
    for order in orders:
        for rank, thing in enumerate(order, start=1):
            fused[thing] += 1 / (damping + rank)
    return dict(fused)


def distinct(rows: Rows) -> tuple[Rows, Rows]:
    """Rows where each first stands, in their order, and those places.

    >>> distinct(np.array([5, 3, 5, 4]))
    (array([5, 3, 4]), array([0, 1, 3]))
    """
    first = np.sort(np.unique(rows, return_index=True)[1])
    return rows[first], first


def ranks(order: Rows, rows: Rows) -> Scores:
    """Place of each row in an order, from 1; far behind when it is not there."""
    return looked_up({row: rank for rank, row in enumerate(order.tolist(), start=1)}, rows, FAR)


def looked_up(values: Mapping[int, float], rows: Rows, missing: float = 0.0) -> Scores:
    """The value of each row; float32 (rows,)."""
    return np.array([values.get(row, missing) for row in rows.tolist()], np.float32)
