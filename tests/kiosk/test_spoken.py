"""Answers in sentences, and their sound: only what the program itself said is ever read."""

from __future__ import annotations

import io
import re
import shutil
import wave
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.channels.kiosk.prompts import PROMPTS
from api.core.sentences import sentences
from api.core.types import Decision, Number, Reply
from speech.aloud import Aloud, in_words, pinyin
from speech.errors import VoiceMissing

LINES = st.text("可以投诉，也找。；：！“”（）《》abc123 ", min_size=1, max_size=200)


@given(LINES, st.lists(LINES, max_size=3))
def test_nothing_is_lost_and_no_sentence_is_long(answer: str, steps: list[str]) -> None:
    found = sentences(Reply(Decision.RELEASE, answer, steps=tuple(steps)))
    said = "".join(one.text for one in found if one.part == "answer")
    assert re.sub(r"\s", "", said) == re.sub(r"\s", "", answer)
    marks = r"[，：、。；！？]"
    assert all(len(one.text) <= 48 or not re.search(marks, one.text[:-1]) for one in found)


def test_danger_comes_first_and_numbers_are_read_digit_by_digit() -> None:
    reply = Reply(
        Decision.URGENT, "先躲开。", numbers=(Number("报警", "110"),), reference="W123456"
    )
    first, second = sentences(reply)[:2]
    assert first.part == "numbers" and first.says == "请先打电话：报警：一一零"
    assert second.says == "编号：W一二三四五六"


def test_amounts_are_no_telephone_numbers() -> None:
    says = sentences(Reply(Decision.RELEASE, "欠12000元，满120天，打120，还有15000"))[0].says
    assert says == "欠12000元，满120天，打一二零，还有15000"


@given(st.integers(0, 10**12 - 1))
def test_a_number_in_words_means_that_number(number: int) -> None:
    digits, units = "零一二三四五六七八九", {"十": 10, "百": 100, "千": 1000}
    total = group = digit = 0
    for char in in_words(str(number)):
        if char in digits:
            digit = digits.index(char)
        elif char in units:
            group, digit = group + (digit or 1) * units[char], 0
        elif char == "亿":
            total, group, digit = (total + group + digit) * 10**8, 0, 0
        else:
            total, group, digit = total + (group + digit) * 10**4, 0, 0
    assert total + group + digit == number


def test_years_are_read_digit_by_digit() -> None:
    assert pinyin("2026年").startswith("er4ling2er4liu4nian2")


def test_a_server_without_a_voice_says_so() -> None:
    with pytest.raises(VoiceMissing, match="espeak-ng"):
        Aloud("no-such-program").say("您好")


def test_sentences_of_a_reply_belong_to_its_conversation(
    client: TestClient, say: Callable[..., object]
) -> None:
    reply = say("公司拖欠工资怎么办").json()
    path = f"/api/v1/conversations/conversation-1/replies/{reply['id']}/spoken"
    told = client.get(path).json()
    assert "".join(one["text"] for one in told["sentences"] if one["part"] == "laws")
    assert client.get(path.replace("conversation-1", "conversation-2")).status_code == 404
    assert client.get(f"{path}/999").status_code == 404
    question = reply["id"] - 1
    asked = f"/api/v1/conversations/conversation-1/replies/{question}/spoken"
    assert client.get(asked).status_code == 404  # what the resident said is never read out


def test_sound_of_a_sentence_and_of_a_prompt(
    client: TestClient, say: Callable[..., object]
) -> None:
    if not shutil.which("espeak-ng"):
        pytest.skip("没有装 espeak-ng")
    reply = say("公司拖欠工资怎么办").json()
    path = f"/api/v1/conversations/conversation-1/replies/{reply['id']}/spoken/0"
    answer = client.get(path)
    assert answer.headers["cache-control"] == "private, no-store"
    for sound in (answer, client.get("/api/v1/spoken/start")):
        with wave.open(io.BytesIO(sound.content)) as file:
            assert file.getnframes() / file.getframerate() > 1
    assert client.get("/api/v1/spoken/nothing").status_code == 404


def test_without_a_voice_the_page_hears_why(client: TestClient, say: Callable[..., object]) -> None:
    client.app.state.aloud = Aloud("no-such-program")
    reply = say("公司拖欠工资怎么办").json()
    path = f"/api/v1/conversations/conversation-1/replies/{reply['id']}/spoken"
    assert client.get(path).json()["voice"] is False
    error = client.get(f"{path}/0")
    assert error.status_code == 503 and error.json()["error"]["code"] == "voice_missing"


def test_prompts_are_short() -> None:
    assert all(len(text) <= 60 for text in PROMPTS.values())
