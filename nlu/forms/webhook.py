"""Rasa's action webhook answered by the forms: one call a turn, two where a question comes between.

The whole state travels in the slot `cases`; nothing is kept here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nlu.errors import FormUnknown
from nlu.forms.afterwards import is_bare_figure
from nlu.forms.catalogue import FORMS
from nlu.forms.turns import Turn, ask_again, take_turn
from nlu.forms.types import Calendar, Case, Said, as_json, case_from

ACTION = "validate_case_form"
_FORM = "case_form"
_ASKED = "cases"


def answer_action(body: Mapping[str, Any], calendar: Calendar) -> dict[str, list[dict[str, Any]]]:
    """Answer one call of Rasa's action webhook.

    Raises:
        FormUnknown: `next_action` is not the validation of the form known here.
    """
    if body.get("next_action") != ACTION:
        raise FormUnknown(str(body.get("next_action")))
    tracker = body["tracker"]
    events = tracker.get("events") or []
    case, parked = _cases(tracker.get("slots") or {})
    if _already_left(events):
        return _answered(Turn(case, parked, say=ask_again(case) if case else ""))
    latest = tracker.get("latest_message") or {}
    intent = (latest.get("intent") or {}).get("name") or "nlu_fallback"
    said = Said(str(latest.get("text") or ""), str(intent), _hours_since(events))
    return _answered(take_turn(case, parked, said, calendar))


def kept(answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What an answer leaves in the slot `cases`; None when no form is open or put aside.

    >>> nothing = {"name": "cases", "value": {"open": None, "parked": []}}
    >>> kept({"events": [nothing]}) is None
    True
    """
    values = [event["value"] for event in answer["events"] if event.get("name") == _ASKED]
    return next((value for value in values if value["open"] or value["parked"]), None)


def takes_figure(cases: Mapping[str, Any] | None, words: str) -> bool:
    """Whether 5000 answers the open question of a form, or takes a figure's place in its sum.

    >>> asked = {"open": {"form": "wage_arrears", "asked": "months"}, "parked": []}
    >>> done = {"open": {"form": "wage_arrears"}, "parked": []}
    >>> takes_figure(asked, "5"), takes_figure(done, "5"), takes_figure(done, "ok")
    (True, True, False)
    """
    case = case_from((cases or {}).get("open"))
    return case is not None and (not case.finished or is_bare_figure(case, words))


def _cases(slots: Mapping[str, Any]) -> tuple[Case | None, tuple[Case, ...]]:
    raw = slots.get(_ASKED)
    if not isinstance(raw, Mapping):
        return None, ()
    parked = (case_from(one) for one in raw.get("parked") or ())
    case = case_from(raw.get("open"))
    known = tuple(one for one in parked if one and one.form in FORMS)
    return (case if case and case.form in FORMS else None), known


def _answered(turn: Turn) -> dict[str, list[dict[str, Any]]]:
    value = {
        "open": as_json(turn.case) if turn.case else None,
        "parked": [as_json(case) for case in turn.parked],
    }
    events: list[dict[str, Any]] = [{"event": "slot", "name": _ASKED, "value": value}]
    if turn.aside:
        events.append({"event": "action_execution_rejected", "name": _FORM})
    else:
        asked = _ASKED if turn.case else None
        events.append({"event": "slot", "name": "requested_slot", "value": asked})
    responses: list[dict[str, Any]] = []
    if turn.lead:
        responses.append({"text": turn.lead})
    if turn.hand_off:
        responses.append({"custom": turn.hand_off})
    if turn.say:
        responses.append({"text": turn.say})
    return {"events": events, "responses": responses}


def _already_left(events: Sequence[Mapping[str, Any]]) -> bool:
    """Rasa asks a second time when it comes back to the form in the same turn."""
    for event in reversed(events):
        if event["event"] == "user":
            return False
        if event["event"] == "action_execution_rejected":
            return True
    return False


def _hours_since(events: Sequence[Mapping[str, Any]]) -> float:
    """Hours between the last two messages of the person."""
    times = [float(event.get("timestamp") or 0) for event in events if event["event"] == "user"]
    return (times[-1] - times[-2]) / 3600 if len(times) > 1 else 0.0
