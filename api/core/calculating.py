"""Calculators: a rule of law applied to facts, for the dialogue, the pages and the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from api.core.compose import cite
from api.core.types import Citation, Decision, Handoff, Reply
from knowledge.corpus import Corpus
from knowledge.errors import FactError, KnowledgeError, LawUnknown, RuleUnknown
from knowledge.refs import print_ref
from knowledge.rules.parameters import load_parameters
from knowledge.rules.registry import apply_rule, rule_named
from knowledge.rules.types import Given, Result

_NOT_HELD = "本机法规库没有收录原文，请以公布的文本为准"


@dataclass(frozen=True)
class Calculation:
    """A result with the text of the law it stands on; `unheld` are laws not imported here."""

    result: Result
    citations: tuple[Citation, ...]
    unheld: tuple[str, ...]


def work_out(name: str, facts: Mapping[str, object], corpus: Corpus, today: date) -> Calculation:
    """Apply the rule of that name.

    Raises:
        RuleUnknown: no such rule.
        FactError: a fact is missing or cannot be calculated with.
        ArticleNotInForce: the rule was asked for a day its law does not cover.
    """
    result = apply_rule(rule_named(name), facts, Given(today, load_parameters()))
    cited, unheld = [], []
    for ref in result.citations:
        try:
            cited.append(cite(corpus.article(ref, result.on), ref, result.on))
        except LawUnknown:
            unheld.append(f"{print_ref(ref)}（{_NOT_HELD}）")
    return Calculation(result, tuple(cited), tuple(unheld))


def calculate(handoff: Handoff, corpus: Corpus, today: date) -> Reply:
    """Answer a finished form; a wrong fact brings a sentence, never a number."""
    facts = {name: value for name, value in handoff.facts.items() if name != "rule"}
    try:
        made = work_out(handoff.facts.get("rule", ""), facts, corpus, today)
    except (FactError, RuleUnknown) as error:
        return Reply(Decision.CLARIFY, f"还不能算：{error}")
    except KnowledgeError as error:
        return Reply(Decision.CLARIFY, f"还不能算：{error}。请换个日期，或者发送“转人工”问律师。")
    return Reply(
        Decision.RELEASE,
        made.result.explained,
        citations=made.citations,
        steps=made.result.steps,
        materials=made.result.evidence,
        notices=(*made.result.uncertain, *(f"还依据{law}。" for law in made.unheld)),
    )
