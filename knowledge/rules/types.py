"""What a rule of law takes and gives: inputs, figures with their formula, the law they stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from knowledge.rules.holidays import workday
from knowledge.rules.parameters import Parameters, Value
from knowledge.types import ArticleRef

F = TypeVar("F")


class Kind(StrEnum):
    """How an input is asked for and read."""

    MONEY = "money"
    NUMBER = "number"
    WHOLE = "whole"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    TEXT = "text"


@dataclass(frozen=True)
class Input:
    """One fact a rule needs; `proof` is the evidence that proves it, in the resident's words."""

    name: str
    label: str
    kind: Kind
    unit: str = ""
    required: bool = True
    help: str = ""
    proof: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class Figure:
    """One number of a result: yuan, days, shares or a date; `upto` ends a range.

    `formula` is how it came about, with the numbers in it.
    """

    label: str
    value: Decimal | date
    unit: str = ""
    formula: str = ""
    upto: Decimal | None = None


@dataclass(frozen=True)
class Result:
    """What a rule says; `on` is the day whose law was applied, `due` the last day to act."""

    on: date
    summary: str
    figures: tuple[Figure, ...]
    citations: tuple[ArticleRef, ...]
    uncertain: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    parameters: tuple[Value, ...] = ()
    due: date | None = None

    @property
    def explained(self) -> str:
        """The summary and every formula, one a line."""
        lines = (f"{f.label}：{f.formula}" for f in self.figures if f.formula)
        return "\n".join((self.summary, *lines))


@dataclass(frozen=True)
class Given:
    """What a rule knows besides the facts: the day, dated parameters, and the workdays."""

    today: date
    parameters: Parameters
    workday: Callable[[date], bool | None] = workday


@dataclass(frozen=True)
class Rule(Generic[F]):
    """One calculator. `facts` is a dataclass whose fields are made by `knowledge.rules.inputs`.

    `needs` names the parameters it reads; `work_out` is a pure function.
    """

    name: str
    title: str
    topic: str
    about: str
    facts: type[F]
    work_out: Callable[[F, Given], Result]
    needs: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Take the inputs from the fields of the facts, what must be told first."""
        fields: dict[str, Any] = getattr(self.facts, "__dataclass_fields__", {})
        inputs = [f.metadata["make"](name) for name, f in fields.items()]
        object.__setattr__(self, "inputs", tuple(sorted(inputs, key=lambda i: not i.required)))
