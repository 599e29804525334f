"""Whatever is sent, a rule answers with a result or with a sentence that names the fact."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.errors import FactError
from knowledge.rules.parameters import load_parameters
from knowledge.rules.reading import read_facts, unknown_facts
from knowledge.rules.registry import RULES, apply_rule
from knowledge.rules.types import Given, Input, Kind
from knowledge.rules.wording import shown
from tests.conftest import TODAY

JUNK = st.one_of(
    st.none(), st.booleans(), st.text(max_size=70), st.floats(), st.integers(), st.lists(st.text())
)
DATES = st.dates(date(1990, 1, 1), date(2030, 12, 31))
AMOUNTS = st.decimals(Decimal(0), Decimal(2_000_000), places=2).map(str)


def likely(one: Input) -> st.SearchStrategy[Any]:
    """Values that mostly make sense for an input."""
    match one.kind:
        case Kind.DATE:
            return DATES.map(date.isoformat)
        case Kind.CHOICE:
            return st.sampled_from([code for code, _label in one.choices])
        case Kind.YES_NO:
            return st.sampled_from(["是", "否", True])
        case Kind.TEXT:
            return st.text(max_size=20)
        case Kind.WHOLE:
            return st.integers(0, 50)
    return AMOUNTS


def told(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Facts of a rule: likely ones, sometimes missing, sometimes nonsense."""
    return st.fixed_dictionaries(
        {}, optional={i.name: likely(i) | likely(i) | JUNK for i in RULES[name].inputs}
    )


@pytest.mark.parametrize("name", RULES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_a_rule_answers_or_names_the_fact(name: str, data: st.DataObject) -> None:
    facts = data.draw(told(name))
    try:
        result = apply_rule(RULES[name], facts, Given(TODAY, load_parameters()))
    except FactError as refused:
        known = {i.name for i in RULES[name].inputs}
        assert refused.field is None or refused.field in known
        assert str(refused)
        return
    assert result.summary and result.citations
    for figure in result.figures:
        assert shown(figure) and figure.formula
        if isinstance(figure.value, Decimal):
            assert figure.value.is_finite() and figure.value >= 0
            assert figure.upto is None or figure.upto >= figure.value
    json.dumps([str(figure.value) for figure in result.figures])


WAGE = RULES["wage_arrears"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5000", 5000), ("5,000.50元", Decimal("5000.50")), ("５０００", 5000), ("1.2万", 12000),
        ("三千五百", 3500), (" 4 500 块钱", 4500), (4500.5, Decimal("4500.5")),
        ("十二万元", 120000), ("两千", 2000),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text: object, value: object) -> None:
    assert read_facts(WAGE, {"monthly_wage": text, "months": 1}).monthly_wage == value


@pytest.mark.parametrize(
    "text", ["五千左右", "5000-6000", "1e5", "٣٠٠٠", "５千", "--5", "五千五", "0x10"]
)
def test_amounts_that_could_mean_two_things_are_asked_back(text: str) -> None:
    with pytest.raises(FactError) as refused:
        read_facts(WAGE, {"monthly_wage": text, "months": 1})
    assert refused.value.field == "monthly_wage"


@pytest.mark.parametrize(
    "text", ["2026-03-05", "2026年3月5日", "2026/3/5", "2026.03.05", "２０２６年３月５日"]
)
def test_dates_as_people_write_them(text: str) -> None:
    facts = {"kind": "general", "since": text}
    assert read_facts(RULES["limitation"], facts).since == date(2026, 3, 5)


@pytest.mark.parametrize("text", ["2026-13-01", "3月5日", "2026-03-05-07", "明天", "2026-02-29"])
def test_dates_that_are_none_are_asked_back(text: str) -> None:
    with pytest.raises(FactError, match="不是一个日期"):
        read_facts(RULES["limitation"], {"kind": "general", "since": text})


def test_names_a_rule_does_not_know() -> None:
    assert unknown_facts(WAGE, {"months": 1, "salary": 1, "a": 2}) == ["a", "salary"]
