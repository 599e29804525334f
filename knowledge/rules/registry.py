"""Every rule by name: API, pages, dialogue and docs/rules.md are made from this list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from knowledge.errors import RuleUnknown
from knowledge.rules.contract import deposit, liquidated_damages, loan_rollover, private_loan
from knowledge.rules.family import child_support, inheritance
from knowledge.rules.injury import personal_injury, traffic_accident
from knowledge.rules.labour import (
    double_wage,
    overtime,
    probation,
    severance_pay,
    wage_arrears,
    work_death,
    work_injury,
    wrongful_dismissal,
)
from knowledge.rules.parameters import Value
from knowledge.rules.procedure import (
    appeal,
    application_fees,
    arbitration_fees,
    court_fees,
    limitation,
)
from knowledge.rules.reading import is_told, read_facts
from knowledge.rules.types import Given, Result, Rule
from knowledge.rules.wording import plain

_ALL: tuple[Rule[Any], ...] = (
    wage_arrears.RULE,
    overtime.RULE,
    double_wage.RULE,
    severance_pay.RULE,
    wrongful_dismissal.RULE,
    probation.RULE,
    work_injury.RULE,
    work_death.RULE,
    personal_injury.RULE,
    traffic_accident.RULE,
    private_loan.RULE,
    loan_rollover.RULE,
    liquidated_damages.RULE,
    deposit.RULE,
    child_support.RULE,
    inheritance.RULE,
    court_fees.RULE,
    application_fees.RULE,
    arbitration_fees.RULE,
    limitation.RULE,
    appeal.RULE,
)
RULES: Mapping[str, Rule[Any]] = {rule.name: rule for rule in _ALL}


def rule_named(name: str) -> Rule[Any]:
    """The rule of that name.

    Raises:
        RuleUnknown: there is none.
    """
    try:
        return RULES[name]
    except KeyError as error:
        raise RuleUnknown(name) from error


def apply_rule(rule: Rule[Any], raw: Mapping[str, object], given: Given) -> Result:
    """Read the facts and work out the result, with the evidence for the facts told.

    Raises:
        FactError: a fact cannot be calculated with; a sentence for the resident, never a number.
    """
    facts = read_facts(rule, raw)
    result = rule.work_out(facts, given)
    told = [wanted for wanted in rule.inputs if is_told(raw, wanted.name)]
    proof = tuple(f"能证明{w.label}的：{'、'.join(w.proof)}" for w in told if w.proof)
    caveats = tuple(_caveat(value) for value in result.parameters if value.demo or value.unchecked)
    return replace(
        result, evidence=(*result.evidence, *proof), uncertain=(*caveats, *result.uncertain)
    )


def _caveat(value: Value) -> str:
    """Why a parameter cannot be relied on yet."""
    shown = f"“{value.label}”"
    if value.table is None:
        shown += f"{plain(value.number)}{value.unit}"
    if value.demo:
        return f"{shown}是演示数据，不是当地公布的数，请以当地公布的为准。"
    return f"{shown}还没有和公布机关的原文核对过，请核对后再用。"
