"""What words said to an open form tell: the answer to its question, other facts, corrections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nlu.forms.reading import read_answer, read_story
from nlu.forms.types import QUESTION, Calendar, Case, Form, Kind, Said, Slot

_CORRECTS = re.compile(r"不是|不对|说错|搞错|错了|更正|应该是|改成|改一下")
_TAKES_BACK = re.compile(r"(?<!是)不是|不对|说错|搞错|错了|更正|改成|改一下")
_SUMS = (Kind.MONEY, Kind.MONTHS, Kind.HOURS)
_FIGURES = (*_SUMS, Kind.NUMBER, Kind.DAY)


@dataclass(frozen=True)
class Told:
    """Facts to keep, the answer to the open question, and told facts that are put right."""

    facts: Mapping[str, str]
    answer: str | None
    corrected: Mapping[str, str]


def understand(case: Case, form: Form, said: Said, calendar: Calendar) -> Told:
    """What the words tell while the case's question is open."""
    story = read_story(form, said.words, calendar)
    kept = _worth_keeping(case, form, said, story)
    answer = _answer(form, form.slot(case.asked), said, story, calendar)
    return Told(kept, answer, _corrected(case, form, kept, said, calendar, answer))


def _answer(
    form: Form, slot: Slot, said: Said, story: dict[str, str], calendar: Calendar
) -> str | None:
    """What the words say to the open question.

    A figure told for another question (周末加了20个小时) is not taken for this one as well.
    """
    if slot.name in story:
        return story[slot.name]
    if slot.kind in _FIGURES and any(form.slot(name).kind is slot.kind for name in story):
        return None
    if slot.kind is Kind.TEXT and _is_question(said):
        return None
    return read_answer(slot, said.words, calendar)


def _worth_keeping(case: Case, form: Form, said: Said, story: dict[str, str]) -> dict[str, str]:
    """A sum said anew replaces the old one; a name or a choice only where it is put right."""
    if _CORRECTS.search(said.words):
        return story
    return {
        name: value
        for name, value in story.items()
        if name not in case.facts or form.slot(name).kind in _SUMS
    }


def _corrected(
    case: Case,
    form: Form,
    story: dict[str, str],
    said: Said,
    calendar: Calendar,
    answer: str | None,
) -> dict[str, str]:
    """Facts told before that these words put right: 不对，每月六千."""
    if not _CORRECTS.search(said.words):
        return {}
    changed = {n: v for n, v in story.items() if n in case.facts and case.facts[n] != v}
    if not changed and case.asked not in story:
        changed = _last_figure(case, form, said, calendar)
        answer = None if changed else answer
    if form.slot(case.asked).kind is Kind.TEXT and changed:
        return changed
    if changed or answer is not None:
        both = answer is not None and changed and answer not in changed.values()
        return changed | ({case.asked: str(answer)} if both else {})
    for slot in reversed(form.slots):
        if slot.name in case.facts and slot.kind not in (Kind.TEXT, Kind.EMPLOYER):
            value = read_answer(slot, said.words, calendar)
            if value is not None and value != case.facts[slot.name]:
                return {slot.name: value}
    return {}


def _last_figure(case: Case, form: Form, said: Said, calendar: Calendar) -> dict[str, str]:
    """不对，十二小时: without saying of what, it is what was told last, not what is asked now."""
    kind = form.slot(case.asked).kind
    told = [name for name in case.facts if form.slot(name).kind is kind]
    if kind not in _FIGURES or not told or not _TAKES_BACK.search(said.words):
        return {}
    value = read_answer(form.slot(told[-1]), said.words, calendar)
    return {} if value in (None, case.facts[told[-1]]) else {told[-1]: str(value)}


def _is_question(said: Said) -> bool:
    return said.intent.startswith("ask_") and bool(QUESTION.search(said.words))
