"""Numbers as they stand in a formula for the resident."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from knowledge.rules.types import Figure

_CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    """Rounded to 分, halves up."""
    return amount.quantize(_CENT, ROUND_HALF_UP)


def yuan(amount: Decimal) -> str:
    """With thousands set off; whole yuan without a decimal point.

    >>> yuan(Decimal("12345.50")), yuan(Decimal("15000.0"))
    ('12,345.50元', '15,000元')
    """
    rounded = cents(amount)
    whole = rounded == rounded.to_integral_value()
    return f"{rounded:,.0f}元" if whole else f"{rounded:,.2f}元"


def plain(value: Decimal | int) -> str:
    """A number without trailing noughts, at most four decimals.

    >>> plain(Decimal("3.50")), plain(Decimal("206.896551"))
    ('3.5', '206.8966')
    """
    rounded = Decimal(value).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return f"{rounded.normalize():,f}"


def chinese_date(day: date) -> str:
    """2026年11月22日."""
    return f"{day.year}年{day.month}月{day.day}日"


def money_figure(label: str, amount: Decimal, how: str, upto: Decimal | None = None) -> Figure:
    """An amount with its formula: `how` = the result."""
    top = None if upto is None else cents(upto)
    ends = yuan(amount) if upto is None else f"{yuan(amount)}到{yuan(upto)}"
    return Figure(label, cents(amount), "元", f"{how} = {ends}" if how else ends, top)


def date_figure(label: str, day: date, how: str) -> Figure:
    """A day with how it was counted."""
    return Figure(label, day, "", f"{how}，{chinese_date(day)}")


def shown(figure: Figure) -> str:
    """A figure as it stands in large type.

    >>> shown(Figure("经济补偿", Decimal("18000"), "元"))
    '18,000元'
    """
    if isinstance(figure.value, date):
        return chinese_date(figure.value)
    write = yuan if figure.unit == "元" else lambda value: f"{plain(value)}{figure.unit}"
    if figure.upto is None:
        return write(figure.value)
    return f"{write(figure.value)}到{write(figure.upto)}"
