"""What the forms say about a case: what is known, what was changed, what is put aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlu.forms.catalogue import FORMS
from nlu.forms.types import Case, Kind, Slot

_YES_NO = {"是": "是", "否": "没有"}


def resumed(case: Case) -> str:
    """The case named again with its facts, when it is come back to."""
    form = FORMS[case.form]
    known = [
        f"{form.slot(name).label}：{_shown(form.slot(name), value)}"
        for name, value in case.facts.items()
        if form.slot(name).kind is not Kind.TEXT
    ]
    told = f"您说过{'，'.join(known)}。" if known else ""
    return f"接着上次的{form.title}。{told}"


def changed(case: Case, facts: Mapping[str, str]) -> str:
    """What was put right, and what was not known before.

    >>> changed(Case("work_injury", {"grade": "10"}), {"grade": "9", "insured": "否"})
    '好，伤残等级改成九级，记下“单位缴没缴工伤保险”：没有。'
    """
    form = FORMS[case.form]
    named = [
        f"{form.slot(name).label}改成{_shown(form.slot(name), value)}"
        if name in case.facts
        else f"记下“{form.slot(name).label}”：{_shown(form.slot(name), value)}"
        for name, value in facts.items()
    ]
    return f"好，{'，'.join(named)}。"


def supposed(case: Case, facts: Mapping[str, str]) -> str:
    """What is only tried: 要是五个月呢."""
    form = FORMS[case.form]
    named = [f"“{form.slot(n).label}”是{_shown(form.slot(n), v)}" for n, v in facts.items()]
    return f"要是{'，'.join(named)}，是这样："


def which(slots: Sequence[Slot]) -> str:
    """Several facts could be meant by what was put right.

    >>> form = FORMS["severance"]
    >>> which([form.slot("started"), form.slot("ended")])
    '您要改的是“上班第一天”还是“在职最后一天”？请连名字一起说，比如“上班第一天是……”。'
    """
    names = "还是".join(f"“{slot.label}”" for slot in slots)
    return f"您要改的是{names}？请连名字一起说，比如“{slots[0].label}是……”。"


def put_aside(parked: Sequence[Case]) -> str:
    """The cases that are not done yet; empty without any."""
    if not parked:
        return ""
    titles = "”“".join(FORMS[case.form].title for case in parked)
    return f"刚才的“{titles}”还没办完，要接着来就说“接着算”。"


def _shown(slot: Slot, value: str) -> str:
    if slot.kind is Kind.YES_NO:
        return _YES_NO[value]
    label = next((option.label for option in slot.options if option.code == value), value)
    return label + slot.unit
