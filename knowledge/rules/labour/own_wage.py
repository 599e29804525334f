"""A worker's own wage (本人工资) as work injury insurance counts it."""

from __future__ import annotations

from decimal import Decimal

from knowledge.rules.wording import yuan

_BOUNDS = (Decimal("0.6"), Decimal(3))


def bounded_wage(wage: Decimal, average: Decimal) -> tuple[Decimal, tuple[str, ...]]:
    """Yuan a month, not under 60 or over 300 per cent of the local average; and what was changed.

    Source: 工伤保险条例 第六十四条第二款.

    >>> bounded_wage(Decimal(3000), Decimal(7500))[0]
    Decimal('4500.0')
    """
    low, high = (average * share for share in _BOUNDS)
    if wage < low:
        return low, (f"缴费工资低于当地平均工资的60%，按60%即{yuan(low)}计算。",)
    if wage > high:
        return high, (f"缴费工资高于当地平均工资的300%，按300%即{yuan(high)}计算。",)
    return wage, ()
