"""The calculators offered under an answer: in the talk where it can ask for the facts, else on
their page."""

from __future__ import annotations

from collections.abc import Iterable

from api.core.types import Link, Suggestion
from knowledge.rules.registry import rule_named

_DISMISSED = Suggestion("帮我算能赔多少", "被辞退了能赔多少钱 帮我算算")
#: What a resident says to begin the talk's own form (nlu/forms/catalogue.py).
_SAID = {
    "wage_arrears": Suggestion("帮我算欠了多少", "帮我算算老板欠我多少工资"),
    "overtime": Suggestion("帮我算加班费", "帮我算算加班费"),
    "double_wage": Suggestion("帮我算二倍工资", "算一下没签劳动合同的二倍工资"),
    "severance": _DISMISSED,
    "wrongful_dismissal": _DISMISSED,
    "work_injury": Suggestion("帮我算工伤待遇", "算一下工伤赔偿"),
    "private_loan": Suggestion("帮我算利息", "帮我算一下借款利息"),
}


def in_talk(rules: Iterable[str]) -> tuple[Suggestion, ...]:
    """What may be said next; each once.

    >>> [one.title for one in in_talk(["severance", "wrongful_dismissal", "probation"])]
    ['帮我算能赔多少']
    """
    return tuple(dict.fromkeys(_SAID[name] for name in rules if name in _SAID))


def on_pages(rules: Iterable[str]) -> tuple[Link, ...]:
    """Pages of calculators the talk has no form for.

    Raises:
        RuleUnknown: there is no such calculator.

    >>> on_pages(["probation"])
    (Link(title='算一算：试用期', url='/tools/probation'),)
    """
    names = (name for name in rules if name not in _SAID)
    return tuple(Link(f"算一算：{rule_named(name).title}", f"/tools/{name}") for name in names)
