"""What a finished case hands off, where its facts are not yet those the calculator knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from nlu.rates import read_rate

Facts = dict[str, str]
_NONE = re.compile(r"[没无不]")


def hand_off_facts(form: str, facts: Mapping[str, str]) -> Facts:
    """Facts in the calculator's terms.

    >>> hand_off_facts("private_loan", {"principal": "50000", "rate": "月息两分"})["rate_per"]
    'month'
    """
    return _FINISH.get(form, dict)(dict(facts))


def _severance(facts: Facts) -> Facts:
    """无故辞退 is no severance but damages for unlawful dismissal (劳动合同法第八十七条)."""
    if facts.get("reason") != "unlawful":
        return facts
    rest = {name: value for name, value in facts.items() if name != "reason"}
    return rest | {"rule": "wrongful_dismissal"}


def _private_loan(facts: Facts) -> Facts:
    told = facts.pop("rate", None)
    rate = read_rate(told) if told else None
    if rate:
        per = "month" if rate.monthly else "year"
        return facts | {"agreed": "rate", "rate": str(rate.percent), "rate_per": per}
    return facts | {"agreed": "unclear" if told and not _NONE.search(told) else "free"}


_FINISH: Mapping[str, Callable[[Facts], Facts]] = {
    "severance": _severance,
    "private_loan": _private_loan,
}
