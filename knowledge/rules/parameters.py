"""Dated values the law leaves to others: local average wages, interest rates, paid days a month.

`params/*.yml` ship with the program; the operator's own folder replaces whole parameters by name.
Each value has the day it begins to hold and the document it was taken from. A value is a number,
or a table of numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import FactError, ParametersInvalid

SHIPPED = Path(__file__).with_name("params")


@dataclass(frozen=True)
class Value:
    """One parameter as it holds from a day on; `demo` until the operator has put in the local one.

    `number` is set unless the parameter is a table; `unchecked` until someone has compared a value
    taken from a reprint with what the authority itself published.
    """

    name: str
    label: str
    unit: str
    valid_from: date
    source: str
    number: Decimal = Decimal(0)
    table: Mapping[str, Decimal] | None = None
    demo: bool = False
    unchecked: bool = False


@dataclass(frozen=True)
class Parameters:
    """Every parameter with its values, oldest first."""

    values: Mapping[str, tuple[Value, ...]]

    def on(self, name: str, day: date) -> Value:
        """The value that holds on a day.

        Raises:
            FactError: no value is known for that day.
        """
        held = [value for value in self.values.get(name, ()) if value.valid_from <= day]
        if held:
            return held[-1]
        label = self.values[name][0].label if self.values.get(name) else name
        when = f"{day.year}年{day.month}月{day.day}日"
        raise FactError(f"{when}的“{label}”没有录入，算不出来；请拨打12348问当时的标准")

    def replaced(self, others: Mapping[str, Sequence[Value]]) -> Parameters:
        """The same with whole parameters exchanged."""
        return Parameters({**self.values, **{name: tuple(v) for name, v in others.items()}})


@cache
def load_parameters(*folders: Path) -> Parameters:
    """The shipped parameters, then those of the folders; a later folder's parameter wins.

    Raises:
        ParametersInvalid: a file is no such table, or a value lacks its unit, day or source.
    """
    values: dict[str, tuple[Value, ...]] = {}
    for folder in (SHIPPED, *folders):
        for path in sorted(folder.glob("*.yml")):
            values.update(_read(path))
    return Parameters(values)


def _read(path: Path) -> dict[str, tuple[Value, ...]]:
    try:
        held = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return {name: _values(name, entry) for name, entry in held.items()}
    except (
        yaml.YAMLError,
        KeyError,
        TypeError,
        AttributeError,
        ValueError,
        InvalidOperation,
    ) as error:
        raise ParametersInvalid(
            f"{path}: {error!r}；每个参数要有 label、unit、values，"
            "每个值要有 valid_from、value（或者 table）、source"
        ) from error


def _values(name: str, entry: Mapping[str, Any]) -> tuple[Value, ...]:
    made = []
    for item in entry["values"]:
        source = str(item.get("source") or entry["source"])
        starts = item["valid_from"]
        if not isinstance(starts, date):
            raise ValueError(f"{name}: valid_from {starts!r} is no date")
        table = item.get("table")
        made.append(
            Value(
                name,
                str(entry["label"]),
                str(entry["unit"]),
                starts,
                source,
                Decimal(0) if table else Decimal(str(item["value"])),
                {str(k): Decimal(str(v)) for k, v in table.items()} if table else None,
                bool(item.get("demo", entry.get("demo", False))),
                bool(item.get("unchecked", entry.get("unchecked", False))),
            )
        )
    return tuple(sorted(made, key=lambda value: value.valid_from))
