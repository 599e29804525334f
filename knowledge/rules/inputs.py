"""Fields of a facts dataclass: `monthly_wage: Decimal = money("月工资", ...)`.

The dataclass is frozen and keyword-only; a field is optional only where a default is named.
"""

from __future__ import annotations

from dataclasses import MISSING, field
from decimal import Decimal
from typing import Any

from knowledge.rules.types import Input, Kind

_MOST_YUAN = Decimal(1_000_000_000)


def money(
    label: str,
    unit: str = "元",
    *,
    least: Decimal | int | str = "0.01",
    most: Decimal | int = _MOST_YUAN,
    how: str = "",
    proof: tuple[str, ...] = (),
    default: Any = MISSING,
) -> Any:
    """An amount of yuan."""
    return _made(Kind.MONEY, label, unit, how, proof, default, least=least, most=most)


def number(
    label: str,
    unit: str,
    *,
    least: Decimal | int | str = 0,
    most: Decimal | int = 100_000,
    how: str = "",
    proof: tuple[str, ...] = (),
    default: Any = MISSING,
) -> Any:
    """A number that may have decimals: months, hours, percent."""
    return _made(Kind.NUMBER, label, unit, how, proof, default, least=least, most=most)


def whole(
    label: str,
    unit: str,
    *,
    least: int = 0,
    most: int = 100_000,
    how: str = "",
    proof: tuple[str, ...] = (),
    default: Any = MISSING,
) -> Any:
    """A whole number: days, persons."""
    return _made(Kind.WHOLE, label, unit, how, proof, default, least=least, most=most)


def day(
    label: str,
    *,
    how: str = "",
    proof: tuple[str, ...] = (),
    default: Any = MISSING,
) -> Any:
    """A calendar date."""
    return _made(Kind.DATE, label, "", how, proof, default)


def choice(
    label: str,
    choices: dict[str, str],
    *,
    how: str = "",
    proof: tuple[str, ...] = (),
    default: Any = MISSING,
) -> Any:
    """One of a few, code -> 中文; the field is a str holding the code."""
    return _made(Kind.CHOICE, label, "", how, proof, default, choices=tuple(choices.items()))


def yes_no(
    label: str,
    *,
    how: str = "",
    proof: tuple[str, ...] = (),
    default: Any = MISSING,
) -> Any:
    """是 or 否."""
    return _made(Kind.YES_NO, label, "", how, proof, default)


def words(label: str, *, how: str = "", default: Any = MISSING) -> Any:
    """A short text, such as who owes."""
    return _made(Kind.TEXT, label, "", how, (), default)


def _made(
    kind: Kind,
    label: str,
    unit: str,
    how: str,
    proof: tuple[str, ...],
    default: Any,
    *,
    least: Decimal | int | str | None = None,
    most: Decimal | int | None = None,
    choices: tuple[tuple[str, str], ...] = (),
) -> Any:
    def make(name: str) -> Input:
        return Input(
            name=name,
            label=label,
            kind=kind,
            unit=unit,
            required=default is MISSING,
            help=how,
            proof=proof,
            choices=choices,
            least=None if least is None else Decimal(least),
            most=None if most is None else Decimal(most),
        )

    return field(default=default, metadata={"make": make})
