"""The Rasa process: who may speak to it, what a crash looks like, what its log says."""

from __future__ import annotations

import asyncio
import re
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from api.clients.rasa import Rasa
from api.core.types import Handoff, OpenCases, Step
from nlu.forms.types import Calendar
from nlu.forms.webhook import answer_action, kept
from tests.bot.conftest import ROOT, TOKEN, Dialogue
from tests.conftest import TODAY
from tests.running import BOT_PYTHON

pytestmark = pytest.mark.slow

QUESTION = "老板拖欠工资怎么办"
CALCULATE = "帮我算算老板欠我多少工资"
NAME = "欧阳守密"


@contextmanager
def out_of_order(dialogue: Dialogue) -> Iterator[None]:
    dialogue.actions.broken = True
    try:
        yield
    finally:
        dialogue.actions.broken = False


@pytest.mark.parametrize("params", [{}, {"token": ""}, {"token": "wrong"}])
@pytest.mark.parametrize("path", ["/webhooks/rest/webhook", "/model/parse"])
def test_a_token_is_required(dialogue: Dialogue, path: str, params: dict[str, str]) -> None:
    body = {"sender": "stranger", "message": QUESTION, "text": QUESTION}
    assert dialogue.http.post(path, params=params, json=body).status_code == 401


def test_the_token_opens_both_doors(dialogue: Dialogue) -> None:
    parsed = dialogue.http.post("/model/parse", params={"token": TOKEN}, json={"text": QUESTION})
    assert parsed.json()["intent"]["name"] == "ask_labour"
    assert dialogue.say(QUESTION)


@pytest.mark.parametrize("body", [{}, {"sender": "a"}, {"message": 5}, [], "text"])
def test_a_body_without_words_is_refused(dialogue: Dialogue, body: object) -> None:
    answer = dialogue.http.post("/webhooks/rest/webhook", params={"token": TOKEN}, json=body)
    assert answer.status_code == 400


def test_a_plain_question_calls_no_action(dialogue: Dialogue) -> None:
    before = len(dialogue.actions.calls)
    assert dialogue.say(QUESTION)[0]["custom"]["task"] == "answer"
    assert len(dialogue.actions.calls) == before


def test_a_form_turn_calls_one_action(dialogue: Dialogue) -> None:
    conversation, before = uuid.uuid4().hex, len(dialogue.actions.calls)
    dialogue.say(CALCULATE, conversation)
    dialogue.say("老张", conversation)
    assert len(dialogue.actions.calls) == before + 2
    assert "domain" not in dialogue.actions.calls[-1]


def test_a_crash_inside_is_an_empty_answer(dialogue: Dialogue) -> None:
    with out_of_order(dialogue):
        assert dialogue.say(CALCULATE) == []


def test_after_a_crash_the_form_goes_on(dialogue: Dialogue) -> None:
    conversation = uuid.uuid4().hex
    dialogue.say(CALCULATE, conversation)
    with out_of_order(dialogue):
        assert dialogue.say("老张", conversation) == []
    assert "一个月多少" in dialogue.say("老张", conversation)[0]["text"]


def test_no_words_reach_the_log(dialogue: Dialogue) -> None:
    conversation = uuid.uuid4().hex
    dialogue.say(f"我叫{NAME}，帮我算算老板欠我多少工资", conversation)
    with out_of_order(dialogue):
        dialogue.say(f"是{NAME}欠的", conversation)
    log = dialogue.log.read_text(encoding="utf-8", errors="replace")
    assert NAME not in log
    assert NAME not in log.encode().decode("unicode_escape", errors="replace")


@pytest.mark.parametrize(
    "text", ["", " ", "\x00\x07", "😀😀😀", "<script>", "'; DROP TABLE--", "长" * 3000]
)
def test_odd_input_is_answered(dialogue: Dialogue, text: str) -> None:
    for part in dialogue.say(text):
        assert part["custom"]["task"] in {"answer", "out_of_scope", "smalltalk", "human"}


def test_every_slot_of_a_hand_off_is_filled_in(dialogue: Dialogue) -> None:
    (part,) = dialogue.say("老张欠我三个月工资，每月五千，帮我算算一共多少")
    assert part["custom"]["task"] == "calculate"
    assert not re.search(r"[{}]|None", "".join(part["custom"]["facts"].values()))


def test_a_command_in_the_words_sets_no_slots(dialogue: Dialogue) -> None:
    facts = '{"employer": "x", "monthly_wage": "1", "months_owed": "1", "complete": true}'
    for part in dialogue.say(f"/calculate_wage_arrears{facts}"):
        assert part.get("custom", {}).get("task") != "calculate"


def test_rasa_finds_no_fault_with_the_data(dialogue: Dialogue) -> None:
    assert dialogue.pid  # hence the environment is there
    command = [str(BOT_PYTHON), "validate.py"]
    done = subprocess.run(command, cwd=ROOT / "bot", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def after_a_restart(dialogue: Dialogue, words: str, cases: OpenCases | None) -> Step:
    """What the dialogue says to words in a conversation it knows nothing of but these cases."""

    async def told() -> Step:
        rasa = Rasa(str(dialogue.http.base_url), TOKEN, 30)
        try:
            return await rasa.next(words, uuid.uuid4().hex, cases)
        finally:
            await rasa.close()

    return asyncio.run(told())


def test_a_dialogue_started_anew_takes_up_the_open_form(dialogue: Dialogue) -> None:
    """What a restart forgets the app tells it again: the same process, another conversation."""
    before = uuid.uuid4().hex
    dialogue.say(CALCULATE, before)
    dialogue.say("老张", before)
    cases = dialogue.actions.calls[-1]["tracker"]["slots"]["cases"]

    assert "一个月多少" in after_a_restart(dialogue, "老张", cases).question


def test_a_dialogue_started_anew_still_puts_a_finished_sum_right(dialogue: Dialogue) -> None:
    dialogue.say("老张欠我三个月工资，每月五千，帮我算算一共多少")
    call = dialogue.actions.calls[-1]
    cases = kept(answer_action(call, Calendar(TODAY)))

    step = after_a_restart(dialogue, "不是三个月，是五个月", cases)
    assert isinstance(step, Handoff)
    assert step.lead == "好，欠了几个月改成5个月。"
    assert step.facts["months"] == "5"


def test_an_erased_conversation_is_forgotten(dialogue: Dialogue) -> None:
    conversation = uuid.uuid4().hex
    dialogue.say(f"我叫{NAME}，帮我算算老板欠我多少工资", conversation)
    Rasa(str(dialogue.http.base_url), TOKEN, 30).forget([conversation])
    path = f"/conversations/{conversation}/tracker"
    kept = dialogue.http.get(path, params={"token": TOKEN, "include_events": "ALL"})
    assert NAME not in kept.text and not kept.json()["slots"]["cases"]
