"""Years for which an injury is paid, and dependants (被扶养人) over those years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from knowledge.errors import FactError

_FULL, _OLD, _VERY_OLD, _LAST = 20, 60, 75, 5
_ADULT = 18
_MOST = 20
_ONE = re.compile(r"(\d{1,3})岁(\d{1,2})人")


@dataclass(frozen=True)
class Dependant:
    """Someone supported: age in full years, and how many owe the support together."""

    age: int
    supporters: int

    @property
    def years(self) -> int:
        """How long support is counted (人身损害解释 第十七条第一款)."""
        return _ADULT - self.age if self.age < _ADULT else years_for(self.age)


def years_for(age: int) -> int:
    """Twenty years; from sixty on one less for each year of age; five from seventy-five on.

    Source: 人身损害解释 第十二条第一款, 第十五条.

    >>> [years_for(age) for age in (59, 60, 61, 74, 75, 90)]
    [20, 20, 19, 6, 5, 5]
    """
    if age >= _VERY_OLD:
        return _LAST
    return _FULL - max(0, age - _OLD)


def read_dependants(text: str) -> tuple[Dependant, ...]:
    """From "5岁2人、70岁3人": age, then how many persons support them.

    Raises:
        FactError: it is no such list.
    """
    parts = [part for part in re.split(r"[、,，;；\s]+", text.strip()) if part]
    found = []
    for part in parts:
        match = _ONE.fullmatch(part)
        if not match or not int(match[2]) or len(parts) > _MOST:
            raise FactError(
                f"被扶养人看不明白：{part}。请写成“5岁2人、70岁3人”，前面是年龄，后面是几个人一起扶养",
                "dependants",
            )
        found.append(Dependant(int(match[1]), int(match[2])))
    return tuple(found)


def support_years(dependants: Sequence[Dependant], lost: Fraction) -> Fraction:
    """How many times the yearly spending is due, the sum of no year above one.

    Args:
        dependants: all who are supported.
        lost: the part of the ability to work that is lost; 1 for a death.

    Source: 人身损害解释 第十七条第二款.

    >>> support_years([Dependant(8, 2)], Fraction(1))
    Fraction(5, 1)
    >>> support_years([Dependant(8, 1), Dependant(8, 1)], Fraction(1))
    Fraction(10, 1)
    """
    last = max((one.years for one in dependants), default=0)
    return sum(
        (
            min(
                Fraction(1),
                sum((lost / one.supporters for one in dependants if one.years > year), Fraction(0)),
            )
            for year in range(last)
        ),
        Fraction(0),
    )
