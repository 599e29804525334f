"""Which known name does an unknown one look like? For the hint 是否指《…》."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

# Parts that more names share (民法院, 若干问题) tell nothing and cost most of the time.
_COMMON = 200
_ALIKE = 0.6


@dataclass(frozen=True)
class Likeness:
    """Names by their characters and pairs of characters; rare ones weigh more."""

    holders: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]
    totals: Mapping[str, float]

    def nearest(self, name: str) -> str:
        """The known name most like this one, "" if none is alike.

        >>> names = ("消费者权益保护法", "妇女权益保障法", "民法典", "劳动法")
        >>> [likeness_of(names).nearest(name) for name in ("消费者保护法", "航空法")]
        ['消费者权益保护法', '']
        """
        shared: dict[str, float] = defaultdict(float)
        total = 0.0
        for part in _parts(name):
            weight = self.weights.get(part, math.log(1 + len(self.totals)))
            total += weight
            for other in self.holders.get(part, ()):
                shared[other] += weight
        alike = {other: 2 * both / (total + self.totals[other]) for other, both in shared.items()}
        best = max(alike, key=lambda other: (alike[other], other), default="")
        return best if best and alike[best] >= _ALIKE else ""


def likeness_of(names: Collection[str]) -> Likeness:
    """Take the names apart once."""
    holders: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for part in _parts(name):
            holders[part].add(name)
    weights = {
        part: math.log(1 + len(names) / len(held)) if len(held) <= _COMMON else 0.0
        for part, held in holders.items()
    }
    totals = {name: sum(weights[part] for part in _parts(name)) for name in names}
    telling = {part: frozenset(held) for part, held in holders.items() if weights[part]}
    return Likeness(telling, weights, totals)


def _parts(name: str) -> set[str]:
    return {*name, *(name[i : i + 2] for i in range(len(name) - 1))}
