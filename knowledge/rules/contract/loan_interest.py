"""Simple interest by days over spans, each span at the rate its law protects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.rules.contract.loan_caps import Protection, Rate
from knowledge.rules.parameters import Value
from knowledge.rules.wording import plain, yuan

_YEAR = Decimal(365)


@dataclass(frozen=True)
class Interest:
    """Yuan, the formula that led to it, and the parameters used."""

    amount: Decimal
    how: str
    cut: bool = False
    used: tuple[Value, ...] = ()


def interest(
    principal: Decimal,
    after: date,
    last: date,
    rate: Callable[[date], Rate],
    guard: Protection,
) -> Interest:
    """Interest for the days after `after` up to and with `last`.

    Args:
        principal: yuan.
        after: the day the money was handed over; not counted itself.
        last: the last day counted.
        rate: what is claimed for a span that ends on a day.
        guard: what the law protects; claims are cut to it.
    """
    total, parts, used, cut = Decimal(0), [], [], False
    ends = [day for day in guard.cut() if after < day < last] + [last]
    for end in ends:
        days = (end - after).days
        claimed, top = rate(end), guard.cap(end)
        kept = min(claimed.percent, top.percent)
        cut = cut or claimed.percent > top.percent
        used += [*claimed.used, *top.used]
        total += principal * kept / 100 * days / _YEAR
        parts.append(f"{yuan(principal)} × {plain(kept)}% × {days}天 ÷ 365")
        after = end
    return Interest(total, " + ".join(parts), cut, tuple(dict.fromkeys(used)))
