"""Every case of every rule, and every citation of every result."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from knowledge.corpus import Corpus
from knowledge.errors import FactError, LawUnknown
from knowledge.numbers import to_chinese
from knowledge.refs import parse_ref, print_ref
from knowledge.rules.parameters import load_parameters
from knowledge.rules.registry import RULES
from knowledge.rules.types import Figure, Result
from knowledge.types import ArticleRef
from tests.knowledge.rules.cases import Case, cases

CASES = list(cases())
ANSWERED = [case for case in CASES if "figures" in case.told]
LEAST_CASES = 15
_ITEM = re.compile(r"[（(][一二三四五六七八九十]+[）)]")


def title(case: Case) -> str:
    return f"{case.rule}-{case.name}"


def shown(figure: Figure) -> object:
    """A figure as the case files write it."""
    if isinstance(figure.value, date):
        return figure.value
    return figure.value if figure.upto is None else [figure.value, figure.upto]


def wanted(value: object) -> object:
    if isinstance(value, list):
        return [Decimal(str(one)) for one in value]
    return value if isinstance(value, date) else Decimal(str(value))


@pytest.mark.parametrize("case", ANSWERED, ids=title)
def test_figures(case: Case) -> None:
    result = case.result()
    figures = {figure.label: shown(figure) for figure in result.figures}
    expected: dict[str, Any] = case.told["figures"]
    assert {k: figures.get(k) for k in expected} == {k: wanted(v) for k, v in expected.items()}
    assert not set(case.told.get("absent", ())) & set(figures)
    text = "\n".join((result.explained, *result.uncertain, *result.steps))
    assert [word for word in case.told.get("says", ()) if word not in text] == []
    cited = {print_ref(ref.whole()) for ref in result.citations}
    assert {print_ref(parse_ref(ref)) for ref in case.told.get("cites", ())} <= cited


@pytest.mark.parametrize("case", [c for c in CASES if "refuses" in c.told], ids=title)
def test_wrong_facts_get_a_sentence(case: Case) -> None:
    with pytest.raises(FactError) as refused:
        case.result()
    message = str(refused.value)
    assert case.told["refuses"] in message
    assert re.search(r"[一-鿿]", message)


@pytest.mark.parametrize("case", ANSWERED, ids=title)
def test_every_money_figure_shows_its_formula(case: Case) -> None:
    for figure in case.result().figures:
        assert figure.formula, figure.label
        if figure.unit.startswith("元"):
            assert " = " in figure.formula


def problem(ref: ArticleRef, on: date, corpus: Corpus) -> str:
    """What is wrong with a citation; empty when it holds."""
    text = corpus.article(ref, on).text
    paragraphs = [
        p for p in text.split("\n") if not re.match(r"[（(][一二三四五六七八九十]+[）)]", p)
    ]
    if ref.paragraph and ref.paragraph > len(paragraphs):
        return f"{print_ref(ref)}：只有{len(paragraphs)}款"
    if ref.item and not re.search(rf"[（(]{to_chinese(ref.item)}[）)]", text):
        return f"{print_ref(ref)}：没有这一项"
    return ""


def citations() -> list[tuple[Case, ArticleRef, date]]:
    """Every citation that some case brings forth, on the day whose law was applied."""
    results: list[tuple[Case, Result]] = [(case, case.result()) for case in ANSWERED]
    return [(case, ref, result.on) for case, result in results for ref in result.citations]


def test_citations_of_statutes_resolve_in_what_ships(corpus: Corpus) -> None:
    wrong = set()
    for case, ref, on in citations():
        try:
            wrong.add(problem(ref, on, corpus))
        except LawUnknown:
            assert not ref.law.startswith("中华人民共和国"), f"{title(case)}: {ref.law}"
    assert wrong - {""} == set()


def test_citations_of_regulations_resolve_in_the_collection(everything: Corpus) -> None:
    assert {problem(ref, on, everything) for _case, ref, on in citations()} == {""}


def test_every_rule_has_cases_on_both_sides() -> None:
    answered, refused = Counter(c.rule for c in ANSWERED), Counter(c.rule for c in CASES)
    assert set(answered) == set(RULES)
    assert {name for name in RULES if refused[name] < LEAST_CASES} == set()
    assert {name for name in RULES if refused[name] == answered[name]} == set()


def test_every_parameter_a_rule_needs_is_shipped() -> None:
    held = load_parameters().values
    assert {n for rule in RULES.values() for n in rule.needs} <= set(held)
    used = {v.name for case in ANSWERED for v in case.result().parameters}
    assert used <= {n for rule in RULES.values() for n in rule.needs}


def test_every_input_is_told_how_to_fill_it() -> None:
    poor = [
        (rule.name, i.name)
        for rule in RULES.values()
        for i in rule.inputs
        if not re.search(r"[一-鿿]", i.label) or not (i.help or i.choices or i.kind == "yes_no")
    ]
    assert poor == []
