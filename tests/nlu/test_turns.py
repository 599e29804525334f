"""Conversations with forms, turn by turn: tests/nlu/turns/*.yml, without any classifier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.clients.lunar import solar
from knowledge.rules.registry import RULES
from nlu.errors import FormUnknown
from nlu.forms.catalogue import FORMS, STARTS
from nlu.forms.turns import ask_again, take_turn
from nlu.forms.types import Calendar, Case, Said, as_json, case_from
from nlu.forms.webhook import ACTION, answer_action
from tests.conftest import TODAY

#: Facts made of others when the form is finished (nlu/forms/finishing.py).
MADE = {"private_loan": {"agreed"}}
TASKS = {form.task for form in FORMS.values()}
CALENDAR = Calendar(TODAY, solar)
TURNS = sorted(Path(__file__).with_name("turns").glob("*.yml"))


@pytest.mark.parametrize("path", TURNS, ids=lambda path: path.stem)
def test_conversation(path: Path) -> None:
    case: Case | None = None
    parked: tuple[Case, ...] = ()
    for step in yaml.safe_load(path.read_text(encoding="utf-8")):
        said = Said(step["say"], step.get("intent", "inform"), step.get("hours", 0.0))
        turn = take_turn(case, parked, said, CALENDAR)
        case, parked = turn.case, turn.parked
        say = ask_again(case) if turn.aside and case else turn.say
        assert step.get("asks", "") in say, (step["say"], say)
        assert step.get("lead", "") in turn.lead, (step["say"], turn.lead)
        assert bool(turn.lead) is ("lead" in step), (step["say"], turn.lead)
        done = step.get("hand_off", {}).get("task") in TASKS
        assert bool(case and case.finished) is step.get("done", done), step["say"]
        assert turn.aside is step.get("aside", False), step["say"]
        if "hand_off" in step:
            wanted = dict(step["hand_off"])
            expected: dict[str, Any] = {"task": wanted.pop("task")}
            assert turn.hand_off == expected | ({"facts": wanted} if wanted else {}), step["say"]
        else:
            assert turn.hand_off is None, step["say"]


def test_every_conversation_with_a_sum_ends_in_facts_its_rule_knows() -> None:
    for form in FORMS.values():
        rule = RULES.get(form.fixed.get("rule", ""))
        if rule is None:
            continue
        inputs = {wanted.name: wanted for wanted in rule.inputs}
        names = {slot.name for slot in form.slots}
        assert names <= set(inputs), form.name
        asked = {slot.name for slot in form.slots if not slot.optional} | MADE.get(form.name, set())
        assert {n for n, wanted in inputs.items() if wanted.required} <= asked, form.name
        for slot in form.slots:
            codes = {option.code for option in slot.options} - {"unlawful"}
            assert codes <= {code for code, _label in inputs[slot.name].choices}, slot.name


def test_every_starting_intent_has_examples() -> None:
    data = Path(__file__).parents[2] / "bot/data/nlu"
    text = "".join(path.read_text(encoding="utf-8") for path in data.glob("*.yml"))
    assert [intent for intent in STARTS if f"- intent: {intent}\n" not in text] == []


def call(slots: dict[str, Any], text: str, intent: str, events: list[Any] | None = None) -> Any:
    tracker = {
        "slots": slots,
        "latest_message": {"text": text, "intent": {"name": intent}},
        "events": events or [],
    }
    return answer_action({"next_action": ACTION, "tracker": tracker}, CALENDAR)


def test_the_webhook_carries_the_case_in_one_slot() -> None:
    first = call({}, "老张欠我三个月工钱帮我算", "calculate_wage_arrears")
    cases, asked = first["events"]
    assert asked == {"event": "slot", "name": "requested_slot", "value": "cases"}
    last = call({"cases": cases["value"]}, "每月五千", "inform")
    assert last["responses"][0]["custom"]["facts"]["monthly_wage"] == "5000"
    assert last["events"][1]["value"] == "cases"  # open for what may be put right


def test_a_question_in_between_leaves_the_form_once_and_comes_back() -> None:
    cases = call({}, "帮我算欠薪", "calculate_wage_arrears")["events"][0]["value"]
    left = call({"cases": cases}, "能去告他吗", "ask_labour", [{"event": "user"}])
    rejected = {"event": "action_execution_rejected", "name": "case_form"}
    assert left["events"][1] == rejected
    assert left["responses"] == []
    back = call({"cases": cases}, "能去告他吗", "ask_labour", [{"event": "user"}, rejected])
    assert "谁欠您的工钱" in back["responses"][0]["text"]


def test_what_was_put_right_is_said_before_the_new_sum() -> None:
    told = "老张欠我三个月工钱，每月五千，帮我算"
    cases = call({}, told, "calculate_wage_arrears")["events"][0]["value"]
    right, done = call({"cases": cases}, "不是三个月，是五个月", "inform")["responses"]
    assert right["text"] == "好，欠了几个月改成5个月。"
    assert done["custom"]["facts"]["months"] == "5"


def test_another_matter_closes_the_finished_form_when_it_is_come_back_to() -> None:
    told = "老张欠我三个月工钱，每月五千，帮我算"
    cases = call({}, told, "calculate_wage_arrears")["events"][0]["value"]
    left = call({"cases": cases}, "离婚孩子归谁", "ask_family", [{"event": "user"}])
    slot, rejected = left["events"]
    back = call(
        {"cases": slot["value"]}, "离婚孩子归谁", "ask_family", [{"event": "user"}, rejected]
    )
    assert back["responses"] == []
    assert back["events"][1] == {"event": "slot", "name": "requested_slot", "value": None}


def test_after_a_day_the_facts_are_said_again() -> None:
    cases = call({}, "老张欠我工钱帮我算", "calculate_wage_arrears")["events"][0]["value"]
    events = [{"event": "user", "timestamp": 0}, {"event": "user", "timestamp": 90_000}]
    answer = call({"cases": cases}, "每月五千", "inform", events)
    assert "您说过谁欠的：老张" in answer["responses"][0]["text"]


@pytest.mark.parametrize("action", ["", "validate_other_form", None])
def test_unknown_actions_are_refused(action: str | None) -> None:
    with pytest.raises(FormUnknown, match="没有名为"):
        answer_action({"next_action": action, "tracker": {}}, CALENDAR)


@pytest.mark.parametrize("raw", [None, 3, {}, {"form": 5}, {"open": {"form": "gone"}}, "x"])
def test_a_slot_of_another_shape_is_no_case(raw: object) -> None:
    answer = call({"cases": raw}, "帮我算欠薪", "calculate_wage_arrears")
    assert "谁欠您的工钱" in answer["responses"][0]["text"]


WORDS = st.sampled_from(
    (Path(__file__).with_name("tables") / "turns.txt").read_text(encoding="utf-8").splitlines()
)
OTHERS = ("inform", "cancel", "want_human", "ask_labour", "nlu_fallback", "greet")
INTENTS = st.sampled_from((*OTHERS, "resume_case", *sorted(STARTS)))


@given(st.lists(st.tuples(st.one_of(WORDS, st.text(max_size=20)), INTENTS), max_size=14))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_conversation_breaks_a_promise(told: list[tuple[str, str]]) -> None:
    case: Case | None = None
    parked: tuple[Case, ...] = ()
    for words, intent in told:
        if case is None and intent not in STARTS and intent != "resume_case":
            continue
        turn = take_turn(case, parked, Said(words, intent), CALENDAR)
        assert turn.say or turn.hand_off or turn.aside
        if turn.case:
            form = FORMS[turn.case.form]
            assert turn.case.finished or turn.case.asked in {slot.name for slot in form.slots}
            assert set(turn.case.facts) <= {slot.name for slot in form.slots}
            assert case_from(as_json(turn.case)) == turn.case
        if turn.hand_off and turn.hand_off["task"] == "calculate":
            assert all(isinstance(value, str) for value in turn.hand_off["facts"].values())
        case, parked = turn.case, turn.parked


def test_a_session_event_in_between_does_not_matter() -> None:
    cases = call({}, "帮我算欠薪", "calculate_wage_arrears")["events"][0]["value"]
    events = [{"event": "user"}, {"event": "slot", "name": "cases", "value": cases}]
    assert call({"cases": cases}, "老张", "inform", events)["responses"]
