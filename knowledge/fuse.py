"""Rank fusion: several orders of the same things made one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

_DAMPING = 60


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
