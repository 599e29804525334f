"""Read the case files: one YAML file per rule, each case a fact pattern with its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from knowledge.rules.parameters import Value, load_parameters
from knowledge.rules.registry import apply_rule, rule_named
from knowledge.rules.types import Given, Result
from tests.conftest import TODAY

FOLDER = Path(__file__).parent
_KEYS = {
    "name", "source", "facts", "today", "parameters",
    "figures", "absent", "says", "cites", "refuses",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One case; it has either `figures` (with what the result must say and cite) or `refuses`."""

    rule: str
    name: str
    told: dict[str, Any]

    def given(self) -> Given:
        """The day of asking, and parameters the case fixes for itself."""
        fixed = {
            name: [Value(name, name, "", date.min, "案例", Decimal(str(number)))]
            for name, number in self.told.get("parameters", {}).items()
        }
        today = self.told.get("today", TODAY)
        return Given(today, load_parameters().replaced(fixed))

    def result(self) -> Result:
        """What the rule says of it."""
        return apply_rule(rule_named(self.rule), self.told["facts"], self.given())


def cases() -> Iterator[Case]:
    """Every case of every rule."""
    for path in sorted(FOLDER.glob("*.yml")):
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
        for told in held["cases"]:
            if not {"name", "source", "facts"} <= set(told) <= _KEYS:
                raise ValueError(f"{path.name}: {told.get('name')}: {sorted(set(told) - _KEYS)}")
            if ("figures" in told) == ("refuses" in told):
                raise ValueError(f"{path.name}: {told['name']}: figures 和 refuses 要有且只有一个")
            yield Case(held["rule"], told["name"], told)
