"""Equal shares of heirs by statutory order (法定继承), as exact fractions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Share:
    """`each` of the estate for each of `persons` heirs of one kind."""

    label: str
    persons: int
    each: Fraction


@dataclass(frozen=True)
class Group:
    """Heirs of one kind, with the lines of those who died before (代位): persons in each line."""

    label: str
    persons: int
    lines: tuple[int, ...] = ()
    line_label: str = ""


def shares(groups: Sequence[Group]) -> tuple[Share, ...]:
    """Equal shares by head; a line takes one share and divides it among its persons.

    Source: 民法典 第一千一百二十八条第三款, 第一千一百三十条第一款.

    >>> [(s.label, str(s.each)) for s in shares([Group("子女", 1, (2,), "代位")])]
    [('子女', '1/2'), ('代位第1支', '1/4')]
    """
    heads = sum(group.persons + len(group.lines) for group in groups)
    found = []
    for group in groups:
        if group.persons:
            found.append(Share(group.label, group.persons, Fraction(1, heads)))
        for place, persons in enumerate(group.lines, 1):
            label = f"{group.line_label}第{place}支"
            found.append(Share(label, persons, Fraction(1, heads * persons)))
    return tuple(found)
