"""What is said about a finished case: put right, tried otherwise, told after all.

A finished case stays open for a while without a question, so that 不是三个月，是五个月 changes the
sum just given and does not begin a new one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from nlu.dates import find_days
from nlu.denials import Denial, split_denied
from nlu.durations import find_durations
from nlu.errors import NumberUnreadable
from nlu.forms.catalogue import FORMS, STARTS
from nlu.forms.reading import read_answer, read_story, tells_hours
from nlu.forms.types import QUESTION, Calendar, Case, Form, Kind, Said, Slot
from nlu.money import find_money
from nlu.numerals import read_number

_MISTAKE = r"(?:(?:说|讲|记|搞|弄|算|写|输|填|听)(?:错|岔)|漏[说讲算])"
_TAKES_BACK = re.compile(rf"{_MISTAKE}|更正|纠正|改成|改为|改一下|重新算|重算|应该是|不对")
# 合同写错了，三年 is somebody else's mistake and changes no figure of the sum.
_OWN_MISTAKE = re.compile(
    rf"^(?:我|刚才|刚刚|前面|上面|哦|噢|喔|呃|啊|哎呀?|不好意思|对不起|[，,])*(?:{_TAKES_BACK.pattern})|"
    rf"^[^，,。]{{1,16}}[，,]我?(?:刚才|刚刚)?{_MISTAKE}了?[。！]?$"
)
_ASKS_BACK = re.compile(r"(?:吗|么|嘛|[?？])$|不是说")
_WHAT_IF = re.compile(
    r"^(?:那么?|要是|如果|假如|假设|按照?)(?!.*(?:[不没后前内]|以上)).*"
    r"(?:呢|的话|算|多少钱?|几多|好多)[?？。]*$"
)
# 四个月, said right after the sum and nothing else, is the answer given once more.
_BARE = re.compile(
    rf"^(?:那|哦|嗯|我|不对|{_MISTAKE}了?|其实|应该|实际上?|就|是|人民币|[¥￥，,])*(?P<figure>"
    r"[\d零一二两三四五六七八九十百千万kw半每个年月日号多块元钱小时天点.,]{1,11})(?:吧|左右|[。！!.])*$"
)
_COUNTS = (Kind.MONTHS, Kind.HOURS, Kind.NUMBER)
_IT_IS = re.compile(r"^(?:其实|实际上?)?是")
_MORE = re.compile(r"[又再还另也]|[后前内不没]")
_LONGEST, _SHORT = 60, 20
#: So many remarks of another kind may come between.
_REMARKS = 4
_FIGURES = (Kind.MONEY, Kind.MONTHS, Kind.HOURS, Kind.NUMBER, Kind.DAY)


@dataclass(frozen=True)
class PutRight:
    """Facts that change; `supposed` when only tried; `unclear` the facts that may be meant."""

    facts: Mapping[str, str] = field(default_factory=dict)
    supposed: bool = False
    unclear: tuple[Slot, ...] = ()


def put_right(case: Case, said: Said, calendar: Calendar) -> PutRight:
    """What the words change in a finished case; nothing when they are about something else.

    >>> from datetime import date
    >>> done = Case("wage_arrears", {"employer": "老张", "monthly_wage": "5000", "months": "3"})
    >>> told = Said("不是三个月，是五个月", "inform")
    >>> put_right(done, told, Calendar(date(2026, 11, 22))).facts
    {'months': '5'}
    """
    form, words = FORMS[case.form], said.words
    if len(words) > _LONGEST:
        return PutRight()
    denial = split_denied(words)
    if is_bare_figure(case, words):
        return _figure_given(case, form, words, calendar)
    if _corrects(words, denial):
        return _corrected(case, form, denial, calendar)
    if _WHAT_IF.search(words) and not QUESTION.search(words):
        return _corrected(case, form, denial, calendar, supposed=True)
    if said.intent == "inform" or STARTS.get(said.intent) == case.form:
        return PutRight(_told_anew(case, form, words, calendar))
    return PutRight()


def is_bare_figure(case: Case, words: str) -> bool:
    """Whether a figure and nothing else is said right after the sum.

    >>> is_bare_figure(Case("wage_arrears"), "5500"), is_bare_figure(Case("wage_arrears"), "ok")
    (True, False)
    """
    return case.finished and not case.tries and bool(_BARE.search(words))


def lingering(case: Case, intent: str) -> Case | None:
    """The finished case after a remark of another kind; None once another matter began."""
    about = FORMS[case.form].about
    strayed = intent.startswith("ask_") and bool(about) and intent not in about
    if strayed or case.tries >= _REMARKS:
        return None
    return replace(case, tries=case.tries + 1)


def _corrects(words: str, denial: Denial) -> bool:
    return bool(_TAKES_BACK.search(words) or denial.denied) and not _ASKS_BACK.search(words)


def _corrected(
    case: Case, form: Form, denial: Denial, calendar: Calendar, *, supposed: bool = False
) -> PutRight:
    """The fact denied, else the facts named, else the only one of its kind."""
    story = _changes(case, read_story(form, denial.affirmed, calendar))
    figures = {name: v for name, v in story.items() if form.slot(name).kind in _FIGURES}
    denied = _denied(case, form, denial, calendar)
    if denied:
        kinds = {form.slot(name).kind for name in denied}
        others = {n: v for n, v in figures.items() if form.slot(n).kind not in kinds}
        return PutRight(others | denied, supposed)
    named = figures or _by_label(case, form, denial.affirmed, calendar) or story
    if named or not (supposed or denial.denied or _OWN_MISTAKE.search(denial.affirmed)):
        return PutRight(named, supposed)
    return _of_its_kind(case, form, denial.affirmed, supposed=supposed, calendar=calendar)


def _denied(case: Case, form: Form, denial: Denial, calendar: Calendar) -> dict[str, str]:
    """不是三个月: the fact whose value that is."""
    found: dict[str, str] = {}
    for words in denial.denied:
        for slot in _readable(form, words, calendar):
            if case.facts.get(slot.name, "") == read_answer(slot, words, calendar):
                found |= _change(case, slot, read_answer(slot, denial.affirmed, calendar))
    return found


def _by_label(case: Case, form: Form, words: str, calendar: Calendar) -> dict[str, str]:
    found: dict[str, str] = {}
    for slot in form.slots:
        _, named, behind = words.partition(slot.label)
        if named:
            found |= _change(case, slot, read_answer(slot, behind, calendar))
    return found


def _of_its_kind(
    case: Case, form: Form, words: str, *, supposed: bool, calendar: Calendar
) -> PutRight:
    """是五个月: without saying of what, it is the only length of time that was told."""
    slots = [slot for slot in _readable(form, words, calendar) if slot.kind in _FIGURES]
    values = {slot.name: read_answer(slot, words, calendar) for slot in slots}
    told = {n: v for n, v in values.items() if v and (n in case.facts or n in case.unknown)}
    if len(told) > 1:
        return PutRight(unclear=tuple(slot for slot in slots if slot.name in told))
    return PutRight(_changes(case, told), supposed)


def _figure_given(case: Case, form: Form, words: str, calendar: Calendar) -> PutRight:
    """5500: taken where one figure told can be meant, else asked which."""
    bare = _BARE.sub(r"\g<figure>", words)
    right = _of_its_kind(case, form, bare, supposed=False, calendar=calendar)
    if right.facts or right.unclear or _number(words) is None:
        return right
    told = (slot for slot in form.slots if slot.kind in _FIGURES and slot.name in case.facts)
    return PutRight(unclear=tuple(told))


def _told_anew(case: Case, form: Form, words: str, calendar: Calendar) -> dict[str, str]:
    """工资是八千, or what was not known before."""
    if len(words) > _SHORT or QUESTION.search(words):
        return {}
    story = _changes(case, read_story(form, words, calendar))
    named = _by_label(case, form, words, calendar)
    kinds: tuple[Kind, ...] = () if _MORE.search(words) else _FIGURES
    kinds += (Kind.CHOICE,) if _IT_IS.search(words) else ()
    return named | {
        name: value
        for name, value in story.items()
        if name in case.unknown or form.slot(name).kind in (*kinds, Kind.TEXT)
    }


def _changes(case: Case, facts: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in facts.items() if case.facts.get(name) != value}


def _change(case: Case, slot: Slot, value: str | None) -> dict[str, str]:
    return {} if value is None else _changes(case, {slot.name: value})


def _readable(form: Form, words: str, calendar: Calendar) -> list[Slot]:
    """Slots that the words could answer: no sum of money is read out of 五个月."""
    lasts, days = bool(find_durations(words)), find_days(words, calendar.today, calendar.solar)
    told = {
        Kind.MONEY: bool(find_money(words)),
        Kind.MONTHS: lasts,
        Kind.HOURS: tells_hours(words) and not days,
        Kind.DAY: lasts or bool(days),
    }
    if not any(told.values()):
        told |= dict.fromkeys(_COUNTS if _number(words) is not None else (Kind.NUMBER,), True)
    return [slot for slot in form.slots if told.get(slot.kind, slot.kind is not Kind.TEXT)]


def _number(words: str) -> Decimal | None:
    """4: a figure that does not say what it counts."""
    bare = _BARE.search(words)
    try:
        return read_number(bare["figure"]) if bare else None
    except NumberUnreadable:
        return None
