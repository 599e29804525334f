"""Wages and incomes made public: as told, else the dated parameter, else unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.parameters import Value
from knowledge.rules.types import Given

AVERAGE, MINIMUM = "average_wage_month", "minimum_wage_month"
NATIONAL_INCOME = "national_urban_income_year"


def local_wage(
    told: Decimal | None, name: str, on: date, given: Given
) -> tuple[Decimal | None, tuple[Value, ...]]:
    """Yuan a month (a year for incomes) and the parameter; None where neither is known."""
    if told is not None:
        return told, ()
    try:
        value = given.parameters.on(name, on)
    except FactError:
        return None, ()
    return value.number, (value,)
