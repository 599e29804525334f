"""What every work injury is asked, and the own wage (本人工资) as the insurance counts it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from knowledge.rules.inputs import money, yes_no
from knowledge.rules.wording import yuan

_BOUNDS = (Decimal("0.6"), Decimal(3))


def own_wage() -> Any:
    """Asked as a field of the facts: yuan a month."""
    return money(
        "受伤前十二个月的平均月缴费工资",
        "元/月",
        most=1_000_000,
        how="社保缴费工资；没缴社保的先按实际工资填。",
        proof=("社保缴费记录", "工资条", "银行流水"),
    )


def insured() -> Any:
    """Asked as a field: whether the employer paid for work injury insurance."""
    return yes_no("单位缴了工伤保险没有", default=True, how="没缴的，由单位全部承担。")


def local_average() -> Any:
    """Asked as a field: yuan a month, as made public where the insurance is."""
    return money(
        "统筹地区上年度职工月平均工资",
        "元/月",
        default=None,
        how="知道当地公布的数就填；不填用本机录入的数。",
    )


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
