"""What may fill the slots of a form: pure functions of the slots, answered at /rasa/actions.

The dialogue sends the words of this turn (`told`), what kind of turn it was (`turn`), the slot
it asked for (`requested_slot`) and the slots filled so far; back go values, the reason for
asking again, and whether the turn was about something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from nlu.employers import answer_employer
from nlu.errors import FormUnknown
from nlu.normalise import normalise
from nlu.wages import WageFacts, answer_monthly, answer_months, read_wages


@dataclass(frozen=True)
class Checked:
    """Outcome of one turn: slot values (None asks again), why, and whether to leave the form.

    The value `complete` says that nothing is left to ask. `aside` means the words are no answer
    but a question or request of their own; the dialogue then answers that first and comes back
    to the form.
    """

    values: dict[str, str | bool | None] = field(default_factory=dict)
    message: str = ""
    aside: bool = False


# Outside these bounds (yuan a month; months) something else was said, or misheard.
_WAGES = (Decimal(300), Decimal(200_000))
_ARREARS = (Decimal("0.01"), Decimal(240))
_UNSURE = re.compile(
    r"不知道|不晓得|不清楚|不记得|记不[得清住]|想不起|忘了|忘记|没数|说不[准好清]|算不清|不好说"
)
_QUESTION = re.compile(
    r"[?？]|吗|怎么|咋|如何|能不能|可不可以|可以不|要不要|是不是|有没有|"
    r"哪里|哪儿|哪个|什么|啥|该找|多久|多长|么样"
)
_SHORT_ANSWER = 14

_ASK_EMPLOYER = (
    "没听明白是谁欠的。说老板的称呼或者单位名字就行，"
    "比如“王老板”“县里的鑫源公司”，不知道也可以说“不知道”。"
)
_ASK_WAGE = "没听出一个月是多少钱。请说个数，比如“五千”“每月4500”。"
_ASK_WAGE_DAILY = (
    "您说的是一天的工钱。请告诉我一个月合多少，"
    "或者连一个月干多少天一起说，比如“一天两百，一个月干26天”。"
)
_ASK_WAGE_TOTAL = "您说的是欠的总数。算账还要知道一个月的工资是多少，比如“每月五千”。"
_ASK_UNSURE = "没关系，说个大概的数就行；实在想不起来，可以说“不算了”，我帮您转给律师。"
_ASK_WAGE_RANGE = "这个数不太像一个月的工资。请再说一遍一个月多少钱，比如“每月五千”。"
_ASK_MONTHS = "没听出欠了多久。请说几个月，比如“三个月”“一年半”。"
_ASK_MONTHS_RANGE = "欠的时间好像太长了。请再说一遍欠了几个月，比如“三个月”。"


def validate_wage_arrears(slots: Mapping[str, object]) -> Checked:
    """Read this turn's words into `employer`, `monthly_wage` (yuan) and `months_owed`.

    Facts are taken wherever they stand in the words; the slot asked for is read more
    generously. Values are decimal numbers as text.

    >>> validate_wage_arrears({"told": "老张欠我三个月，每月五千", "turn": "fact"}).values
    {'employer': '老张', 'monthly_wage': '5000', 'months_owed': '3', 'complete': True}
    >>> asked = {"requested_slot": "monthly_wage", "turn": "fact"}
    >>> validate_wage_arrears({**asked, "told": "五千五"}).values
    {'monthly_wage': '5500'}
    >>> validate_wage_arrears({**asked, "told": "一天两百"}).message[:10]
    '您说的是一天的工钱。'
    """
    told = normalise(str(slots.get("told") or ""))
    asked = slots.get("requested_slot")
    read = _WAGE_ARREARS.get(str(asked), _nothing_asked)(told)
    stated = _stated(read_wages(told))
    if _is_aside(told, slots.get("turn"), answered=None not in read.values.values()):
        return Checked(stated, aside=True)
    values = stated | read.values
    known = {name: values.get(name, slots.get(name)) for name in _WAGE_ARREARS}
    return Checked(values | ({"complete": True} if all(known.values()) else {}), read.message)


def answer_action(body: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Answer one call of Rasa's action webhook.

    Raises:
        FormUnknown: `next_action` is not the validation of a form known here.

    >>> slots = {"told": "三个月", "turn": "fact", "requested_slot": "months_owed"}
    >>> call = {"next_action": "validate_wage_arrears_form", "tracker": {"slots": slots}}
    >>> answer_action(call)
    {'events': [{'event': 'slot', 'name': 'months_owed', 'value': '3'}], 'responses': []}
    """
    action = str(body.get("next_action"))
    if action not in FORMS:
        raise FormUnknown(action)
    tracker = body["tracker"]
    checked = FORMS[action](tracker["slots"])
    events: list[dict[str, Any]] = [
        {"event": "slot", "name": name, "value": value} for name, value in checked.values.items()
    ]
    if checked.aside and not _already_left(tracker):
        form = action.removeprefix("validate_")
        events.append({"event": "action_execution_rejected", "name": form})
    responses = [{"text": checked.message}] if checked.message else []
    return {"events": events, "responses": responses}


def _already_left(tracker: Mapping[str, Any]) -> bool:
    """Rasa asks a second time when it comes back to the form in the same turn."""
    for event in reversed(tracker.get("events") or []):
        if event["event"] == "user":
            return False
        if event["event"] == "action_execution_rejected":
            return True
    return False


def _is_aside(told: str, turn: object, answered: bool) -> bool:
    if turn == "other":
        return True
    if turn == "fact" or (_UNSURE.search(told) and len(told) <= _SHORT_ANSWER):
        return False
    asks = bool(_QUESTION.search(told))
    return asks or not answered if turn == "question" else asks and not answered


def _stated(facts: WageFacts) -> dict[str, str | bool | None]:
    values = {
        "employer": facts.employer,
        "monthly_wage": _within(facts.monthly, _WAGES),
        "months_owed": _within(facts.months, _ARREARS),
    }
    return {name: value for name, value in values.items() if value is not None}


def _within(value: Decimal | None, bounds: tuple[Decimal, Decimal]) -> str | None:
    if value is None or not bounds[0] <= value <= bounds[1]:
        return None
    return str(value)


def _nothing_asked(_told: str) -> Checked:
    return Checked()


def _read_employer(told: str) -> Checked:
    employer = answer_employer(told)
    return Checked({"employer": employer}, "" if employer else _ASK_EMPLOYER)


def _read_monthly_wage(told: str) -> Checked:
    monthly = answer_monthly(told)
    value = _within(monthly, _WAGES)
    if value:
        return Checked({"monthly_wage": value})
    facts = read_wages(told)
    if monthly is not None:
        message = _ASK_WAGE_RANGE
    elif facts.daily is not None:
        message = _ASK_WAGE_DAILY
    elif facts.total is not None:
        message = _ASK_WAGE_TOTAL
    else:
        message = _ASK_UNSURE if _UNSURE.search(told) else _ASK_WAGE
    return Checked({"monthly_wage": None}, message)


def _read_months_owed(told: str) -> Checked:
    months = answer_months(told)
    value = _within(months, _ARREARS)
    if value:
        return Checked({"months_owed": value})
    if months is not None:
        message = _ASK_MONTHS_RANGE
    else:
        message = _ASK_UNSURE if _UNSURE.search(told) else _ASK_MONTHS
    return Checked({"months_owed": None}, message)


_WAGE_ARREARS: dict[str, Callable[[str], Checked]] = {
    "employer": _read_employer,
    "monthly_wage": _read_monthly_wage,
    "months_owed": _read_months_owed,
}

#: Validation action -> its rules.
FORMS: dict[str, Callable[[Mapping[str, object]], Checked]] = {
    "validate_wage_arrears_form": validate_wage_arrears,
}
