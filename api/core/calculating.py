"""Calculators: a rule of law applied to facts, for the dialogue, the pages and the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from api.core.compose import cite
from api.core.errors import FactInvalid, RuleMissing
from api.core.ports import Services
from api.core.types import Citation, Decision, Draft, Handoff, Reply
from knowledge.corpus import Corpus
from knowledge.errors import FactError, KnowledgeError, LawUnknown, RuleUnknown
from knowledge.refs import print_ref
from knowledge.rules.registry import apply_rule, rule_named
from knowledge.rules.types import Given, Result

DUE_SOON = "办事的最后期限就在三十日以内"
_SOON = timedelta(days=30)
_NOT_HELD = "本机法规库没有收录原文，请以公布的文本为准"


@dataclass(frozen=True)
class Calculation:
    """A result with the text of the law it stands on; `unheld` are laws not imported here."""

    result: Result
    citations: tuple[Citation, ...]
    unheld: tuple[str, ...]


def work_out(
    name: str,
    facts: Mapping[str, object],
    corpus: Corpus,
    given: Given,
) -> Calculation:
    """Apply the rule of that name.

    Raises:
        RuleMissing: no such rule.
        FactInvalid: a fact is missing, cannot be calculated with, or lies on a day whose law is
            not held.
    """
    try:
        result = apply_rule(rule_named(name), facts, given)
        return _with_law(result, corpus)
    except RuleUnknown as error:
        raise RuleMissing(str(error)) from error
    except FactError as error:
        raise FactInvalid(str(error), error.field) from error
    except KnowledgeError as error:
        raise FactInvalid(f"{error}。请换个日期，或者拨打12348问律师。") from error


def _with_law(result: Result, corpus: Corpus) -> Calculation:
    cited, unheld = [], []
    for ref in result.citations:
        try:
            cited.append(cite(corpus.article(ref, result.on), ref, result.on))
        except LawUnknown:
            unheld.append(f"{print_ref(ref)}（{_NOT_HELD}）")
    return Calculation(result, tuple(cited), tuple(unheld))


def due_soon(result: Result, today: date) -> bool:
    """Whether the last day to act is within thirty days; a lawyer must look."""
    return result.due is not None and timedelta(0) <= result.due - today <= _SOON


def calculate(handoff: Handoff, use: Services, today: date) -> Reply | Draft:
    """Answer a finished form; a wrong fact brings a sentence, never a number.

    A draft comes back where a lawyer must see it first: the last day to act is near.
    """
    given = Given(today, use.parameters)
    facts = {name: value for name, value in handoff.facts.items() if name != "rule"}
    try:
        made = work_out(handoff.facts.get("rule", ""), facts, use.library.corpus, given)
    except (FactInvalid, RuleMissing) as error:
        return Reply(Decision.CLARIFY, f"还不能算：{error}")
    notices = (*made.result.uncertain, *(f"还依据{law}。" for law in made.unheld))
    if due_soon(made.result, today):
        return Draft(
            "\n".join((made.result.explained, *notices)),
            citations=made.citations,
            steps=made.result.steps,
            materials=made.result.evidence,
            source="rule",
        )
    return Reply(
        Decision.RELEASE,
        made.result.explained,
        citations=made.citations,
        steps=made.result.steps,
        materials=made.result.evidence,
        notices=notices,
    )
