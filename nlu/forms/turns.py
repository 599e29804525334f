"""One turn of a conversation with forms: start, answer, correct, put aside, come back, finish."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from nlu.forms.afterwards import lingering, put_right
from nlu.forms.catalogue import FORMS, STARTS
from nlu.forms.facts import understand
from nlu.forms.finishing import hand_off_facts
from nlu.forms.reading import explain_refusal, read_answer, read_story
from nlu.forms.telling import changed, put_aside, resumed, supposed, which
from nlu.forms.types import QUESTION, UNSURE, Calendar, Case, Kind, Said, Slot
from nlu.normalise import normalise


@dataclass(frozen=True)
class Turn:
    """What a turn brings: the open case, parked ones, words to say, a hand-off.

    `lead` stands before what the hand-off brings, `say` after it. `aside` means the words are no
    answer but something of their own; the dialogue deals with that first and then comes back.
    """

    case: Case | None
    parked: tuple[Case, ...] = ()
    say: str = ""
    lead: str = ""
    hand_off: dict[str, Any] | None = None
    aside: bool = False


_FACT = "inform"
_RESUME = "resume_case"
_ANOTHER = re.compile(
    r"另外(?:一|还有)|还有(?:一|个).{0,4}(?:笔|个|件|家)|再算一|重新算|换(?:一|个)|别的老板|另一"
)
_TO_DO = re.compile(r"帮我|帮忙|给我|算一下|算算|我要|我想|申请|转")
_SUM_WANTED = re.compile(r"算|计|多少|几多|好多|几钱|赔|补|拿|\d")
_RESTART = re.compile(r"重新(?:来|算|开始)|从头(?:来|算)|重来")
_SHORT = 14
_A_WHILE = 6.0
_CANCELLED = {"task": "smalltalk", "facts": {"kind": "cancel"}}
_ANSWER = {"task": "answer"}


def take_turn(case: Case | None, parked: tuple[Case, ...], said: Said, calendar: Calendar) -> Turn:
    """The next step of the forms.

    >>> from datetime import date
    >>> now = Calendar(date(2026, 11, 22))
    >>> first = take_turn(None, (), Said("老张欠我工钱帮我算算", "calculate_wage_arrears"), now)
    >>> first.say
    '我来帮您算拖欠的工资。说好的工钱一个月多少？比如“每月五千”。'
    >>> second = take_turn(first.case, (), Said("每月五千，欠三个月", "inform"), now)
    >>> second.hand_off["facts"]["months"]
    '3'
    """
    words = normalise(said.words)
    said = replace(said, words=words)
    if case is None:
        return _open(parked, said, calendar)
    if case.finished:
        return _after(case, parked, said, calendar)
    if said.intent == "cancel":
        return Turn(None, parked, hand_off=_CANCELLED)
    if said.intent == "want_human":
        return Turn(None, (*parked, case), hand_off={"task": "human"})
    wanted = STARTS.get(said.intent)
    if wanted and _changes_form(case, wanted, said, calendar):
        return _start(wanted, (*parked, case), said, calendar)
    if _RESTART.search(words):
        return _start(case.form, parked, said, calendar)
    return _continue(case, parked, said, calendar)


def ask_again(case: Case) -> str:
    """The open question, when the form is come back to."""
    return FORMS[case.form].slot(case.asked).ask if case.asked else ""


def _after(case: Case, parked: tuple[Case, ...], said: Said, calendar: Calendar) -> Turn:
    """What is said once the form is finished: it is put right, or something else begins."""
    if said.hours_since >= _A_WHILE:
        return _besides(None, parked, said, calendar)
    right = put_right(case, said, calendar)
    if right.facts:
        lead = (supposed if right.supposed else changed)(case, right.facts)
        again = replace(case, tries=0).with_facts(right.facts)
        return replace(_finish(again, parked, ""), lead=lead)
    if right.unclear:
        return Turn(case, parked, say=which(right.unclear))
    if _RESTART.search(said.words):
        return _start(case.form, parked, said, calendar)
    return _besides(lingering(case, said.intent), parked, said, calendar)


def _besides(case: Case | None, parked: tuple[Case, ...], said: Said, calendar: Calendar) -> Turn:
    """Something of its own, said after a finished form that may stay open behind it."""
    if said.intent == "cancel":
        return Turn(None, parked, hand_off=_CANCELLED)
    if said.intent == "want_human":
        return Turn(case, parked, hand_off={"task": "human"})
    if said.intent == _FACT:
        return Turn(case, parked, hand_off=_ANSWER)
    if said.intent in STARTS or said.intent == _RESUME:
        turn = _open(parked, said, calendar)
        return replace(turn, case=case) if turn.hand_off == _ANSWER else turn
    return Turn(case, parked, aside=True)


def _open(parked: tuple[Case, ...], said: Said, calendar: Calendar) -> Turn:
    wanted = STARTS.get(said.intent)
    if wanted is None:
        if not parked:
            return Turn(None, hand_off=_ANSWER)
        return _proceed(parked[-1], parked[:-1], lead=resumed(parked[-1]))
    same = next((case for case in reversed(parked) if case.form == wanted), None)
    if same and not _ANOTHER.search(said.words) and not _RESTART.search(said.words):
        rest = tuple(case for case in parked if case is not same)
        facts = read_story(FORMS[wanted], said.words, calendar)
        return _proceed(same.with_facts(facts), rest, lead=resumed(same))
    if FORMS[wanted].task == "calculate" and not _SUM_WANTED.search(said.words):
        return Turn(None, parked, hand_off=_ANSWER)
    return _start(wanted, parked, said, calendar)


def _start(wanted: str, parked: tuple[Case, ...], said: Said, calendar: Calendar) -> Turn:
    form = FORMS[wanted]
    case = Case(wanted, read_story(form, said.words, calendar))
    lead = "我来帮您" + ("算" if form.task == "calculate" else "办") + f"{form.title}。"
    return _proceed(case, parked, lead=lead)


def _changes_form(case: Case, wanted: str, said: Said, calendar: Calendar) -> bool:
    """Whether another matter begins, and not an answer that merely sounds like it."""
    if wanted == case.form:
        return bool(_ANOTHER.search(said.words))
    slot = FORMS[case.form].slot(case.asked)
    if slot.kind is Kind.TEXT:
        return bool(_TO_DO.search(said.words))
    short = len(said.words) <= _SHORT and read_answer(slot, said.words, calendar) is not None
    return not short


def _continue(case: Case, parked: tuple[Case, ...], said: Said, calendar: Calendar) -> Turn:
    form = FORMS[case.form]
    slot = form.slot(case.asked)
    told = understand(case, form, said, calendar)
    if _is_aside(slot, said, answered=told.answer is not None):
        return Turn(case.with_facts(told.facts), parked, aside=True)
    lead = resumed(case) if said.hours_since >= _A_WHILE else ""
    if told.answer is None and _says_nothing(slot, said.words):
        return _unsure(case.with_facts(told.facts), parked, slot, lead)
    if told.corrected:
        return _proceed(case.with_facts(told.corrected), parked, lead=changed(case, told.corrected))
    if told.answer is None:
        if told.facts:
            return _proceed(case.with_facts(told.facts), parked, lead=lead)
        return _proceed(replace(case, tries=case.tries + 1), parked, lead, explain=said.words)
    return _proceed(case.with_facts({**told.facts, slot.name: told.answer}), parked, lead=lead)


def _unsure(case: Case, parked: tuple[Case, ...], slot: Slot, lead: str) -> Turn:
    """不知道: an optional fact is left out; for a needed one, help once, then leave it open."""
    if slot.optional or case.tries:
        known = replace(case, unknown=(*case.unknown, slot.name), tries=0)
        return _proceed(known, parked, lead=lead)
    hint = "没关系，说个大概的也行；实在想不起来，再说一次“不知道”，我先记下别的。"
    return Turn(replace(case, tries=1), parked, say=lead + hint)


def _proceed(case: Case, parked: tuple[Case, ...], lead: str = "", explain: str = "") -> Turn:
    """Ask for the next fact, or finish."""
    form = FORMS[case.form]
    slot = next(
        (s for s in form.slots if s.name not in case.facts and s.name not in case.unknown), None
    )
    if slot is None:
        return _finish(case, parked, lead)
    tries = case.tries if slot.name == case.asked else 0
    again = bool(explain) and slot.name == case.asked
    question = explain_refusal(slot, explain) if again else slot.ask
    return Turn(replace(case, asked=slot.name, tries=tries), parked, say=lead + question)


def _finish(case: Case, parked: tuple[Case, ...], lead: str) -> Turn:
    form = FORMS[case.form]
    missing = [s.label for s in form.slots if s.name in case.unknown and not s.optional]
    if missing:
        left_out = tuple(name for name in case.unknown if form.slot(name).optional)
        kept = replace(case, unknown=left_out, asked="", tries=0)
        say = (
            f"{lead}还差“{'”“'.join(missing)}”，没有它算不准。可以找找合同、工资条、银行流水；"
            "找到了回来说“接着算”，别的我都记着。"
        )
        return Turn(None, (*parked, kept), say=say)
    facts = hand_off_facts(form.name, {**form.fixed, **case.facts})
    hand_off = {"task": form.task, "facts": facts}
    done = replace(case, asked="", tries=0)
    return Turn(done, parked, say=put_aside(parked), hand_off=hand_off)


def _says_nothing(slot: Slot, words: str) -> bool:
    return bool(UNSURE.search(words) or (slot.none and re.search(slot.none, words)))


def _is_aside(slot: Slot, said: Said, *, answered: bool) -> bool:
    """Whether the words are a question or remark of their own."""
    told, intent = said.words, said.intent
    if intent in STARTS or intent in (_FACT, _RESUME):
        return False
    if _says_nothing(slot, told) and len(told) <= _SHORT:
        return False
    asks = bool(QUESTION.search(told))
    if slot.kind is Kind.TEXT:
        return asks and not (slot.name == "story" and len(told) > _SHORT)
    if intent.startswith("ask_"):
        return asks or not answered
    if intent == "nlu_fallback":
        return asks and not answered
    return slot.kind is Kind.EMPLOYER or asks or not answered
