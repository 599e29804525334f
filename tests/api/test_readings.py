"""Spoken words that may have been meant otherwise: searched as well, asked back, never released."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.core.types import Handoff
from api.hearing import Hearing
from api.wiring import Application
from knowledge.faq import FaqEntry, load_faq
from nlu.dialect import translated
from tests.conftest import ROOT

DIVORCE = "我要和他里婚"
EXAMPLES = ("我要和他离婚怎么办", "老板拖欠工资怎么办", "人被拘留了怎么办")


@pytest.fixture
def entries() -> dict[str, FaqEntry]:
    """Two entries about other matters."""
    found = load_faq(ROOT / "knowledge/faq")
    family = next(one for one in found if one.topic.startswith("婚姻"))
    return {"heard": next(one for one in found if one.topic.startswith("劳动")), "meant": family}


@pytest.fixture
def hears(parts: Application, entries: dict[str, FaqEntry]) -> Iterator[TestClient]:
    """The application with its ears; the words as heard find one entry, the reading another."""
    parts.library.entry, parts.library.meant = entries["heard"], entries["meant"]
    reading = Hearing(None, examples=lambda: EXAMPLES).reading
    hearing = replace(parts, services=replace(parts.services, reading=reading))
    with TestClient(create_app(hearing), raise_server_exceptions=False) as client:
        yield client


def spoken(
    hears: TestClient, text: str, region: str | None = "qichun", number: str = "message-1"
) -> Any:
    """Ask aloud; without a region in writing."""
    body = {"conversation": "conversation-1", "text": text, "spoken": region}
    return hears.post("/api/v1/messages", json=body | {"client_message_id": number}).json()


def then(hears: TestClient, text: str, region: str | None = "qichun", number: int = 2) -> Any:
    """What is said next in the same talk."""
    return spoken(hears, text, region, f"message-{number}")


def test_what_may_have_been_meant_is_searched_and_asked_back(
    hears: TestClient, parts: Application
) -> None:
    reply = spoken(hears, DIVORCE)
    assert (reply["decision"], reply["answer"]) == ("clarify", "我听到的是“里婚”。您是说“离婚”吗？")
    assert [(one["title"], one["text"]) for one in reply["suggestions"]] == [
        ("对，我说的是“离婚”", "我要和他离婚"),
        ("不是，就问听到的原话", DIVORCE),
    ]
    assert parts.library.asked[-2:] == [DIVORCE, "我要和他离婚"]
    assert not reply["citations"]


def test_written_words_are_taken_as_they_are(hears: TestClient, parts: Application) -> None:
    assert spoken(hears, DIVORCE, None)["decision"] == "release"
    assert parts.library.asked.count(DIVORCE) == 1
    assert "我要和他离婚" not in parts.library.asked


def test_nobody_is_asked_when_both_come_to_the_same(hears: TestClient, parts: Application) -> None:
    parts.library.meant = None
    assert spoken(hears, DIVORCE)["decision"] == "release"


def test_an_unsure_answer_is_asked_about_before_a_lawyer(
    hears: TestClient, parts: Application
) -> None:
    parts.library.meant, parts.library.confidence = None, 0.1
    assert spoken(hears, DIVORCE)["decision"] == "clarify"


def test_a_reading_a_lawyer_would_have_to_see_is_never_passed_over(
    hears: TestClient, parts: Application
) -> None:
    parts.library.meant = None
    assert spoken(hears, "我弟弟被居留了怎么办")["decision"] == "clarify"


def test_what_goes_to_a_lawyer_goes_with_what_may_have_been_misheard(hears: TestClient) -> None:
    reply = spoken(hears, "他被判刑坐牢了，我要和他里婚")
    assert reply["decision"] == "hold"
    assert reply["why_held"][-1] == "听写的话还没有得到您的确认：“里婚”可能是“离婚”"


def test_words_misheard_out_of_our_field_are_asked_about(
    hears: TestClient, parts: Application
) -> None:
    parts.rasa.step = Handoff("out_of_scope")
    assert spoken(hears, DIVORCE)["decision"] == "clarify"


def test_several_places_can_be_put_right_one_by_one(hears: TestClient) -> None:
    reply = spoken(hears, "头家该钱，我要和他里婚")
    assert [(one["title"], one["text"]) for one in reply["suggestions"]] == [
        ("对，我说的是“欠钱”“离婚”", "头家欠钱，我要和他离婚"),
        ("只改“欠钱”", "头家欠钱，我要和他里婚"),
        ("只改“离婚”", "头家该钱，我要和他离婚"),
        ("不是，就问听到的原话", "头家该钱，我要和他里婚"),
    ]


@pytest.mark.parametrize("region", ["mars", "普通话"])
def test_an_unknown_region(hears: TestClient, region: str) -> None:
    assert spoken(hears, DIVORCE, region)["error"]["field"] == "spoken"


@pytest.mark.parametrize("region", ["qichun", None])
@pytest.mark.parametrize(
    ("said", "meant"),
    {
        "对": "我要和他离婚",
        "是的，是的": "我要和他离婚",
        "对头": "我要和他离婚",
        "係啊": "我要和他离婚",
        "就是离婚嘛": "我要和他离婚",
        "不是里婚，是离婚": "我要和他离婚",
        "不是": DIVORCE,
        "唔系": DIVORCE,
        "冇": DIVORCE,
    }.items(),
)
def test_yes_and_no_are_taken_as_the_buttons_are(
    hears: TestClient, parts: Application, said: str, meant: str, region: str | None
) -> None:
    spoken(hears, DIVORCE)
    parts.library.asked.clear()
    reply = then(hears, said, region)
    assert reply["decision"] == "release"
    assert reply["notices"][0] == f"好，您问的是：“{meant}”"
    assert (parts.library.asked, parts.rasa.heard[-1]) == ([meant], meant)


def test_one_of_several_is_chosen_by_its_number_or_its_words(
    hears: TestClient, parts: Application
) -> None:
    story = "头家该钱，我要和他里婚"
    for number, (said, meant) in enumerate(
        {
            "都对": "头家欠钱，我要和他离婚",
            "第一个": "头家欠钱，我要和他里婚",
            "第二个": "头家该钱，我要和他离婚",
            "我说的是欠钱": "头家欠钱，我要和他里婚",
            "不是欠钱，是离婚": "头家该钱，我要和他离婚",
            "都不是": story,
        }.items()
    ):
        assert spoken(hears, story, number=f"asked-{number:03}")["ways"] == ["", "欠钱", "离婚"]
        assert then(hears, said, number=number)["decision"] == "release"
        assert parts.library.asked[-2:] == [meant, translated(meant, "qichun")]


@pytest.mark.parametrize(
    ("said", "searched"),
    {"老板拖欠工资怎么办": "老板拖欠工资怎么办", "不是，我说的是结婚": "结婚"}.items(),
)
def test_anything_else_is_a_message_of_its_own(
    hears: TestClient, parts: Application, said: str, searched: str
) -> None:
    spoken(hears, DIVORCE)
    reply = then(hears, said)
    assert (parts.rasa.heard[-1], parts.library.asked[-1]) == (searched, searched)
    assert not [one for one in reply["notices"] if "您问的是" in one]


def test_the_question_lapses_with_the_next_message(hears: TestClient, parts: Application) -> None:
    spoken(hears, DIVORCE)
    then(hears, "老板拖欠工资怎么办")
    then(hears, "对", number=3)
    assert parts.rasa.heard[-1] == "对"


def test_a_repeated_yes_gets_the_first_answer(hears: TestClient) -> None:
    spoken(hears, DIVORCE)
    assert then(hears, "对")["id"] == then(hears, "对")["id"]


def test_danger_behind_a_yes_is_met(hears: TestClient) -> None:
    spoken(hears, "他要打我，我要和他里婚")
    assert then(hears, "对，他正在打我")["decision"] == "urgent"


def test_the_page_without_script_takes_a_yes_as_well(hears: TestClient, parts: Application) -> None:
    spoken(hears, DIVORCE)
    hears.cookies.set("wenfa_talk", "conversation-1")
    form = {"words": "对", "message": "message-2", "agreed": "yes"}
    page = hears.post("/talk", data=form)
    assert "好，您问的是：“我要和他离婚”" in page.text
    assert parts.library.asked[-1] == "我要和他离婚"


@pytest.mark.parametrize("answer", ["对", "我要和佢离婚"])
def test_what_was_confirmed_is_searched_in_standard_words_as_well(
    hears: TestClient, parts: Application, answer: str
) -> None:
    asked = spoken(hears, "我要和佢里婚")
    assert asked["suggestions"][0]["text"] == "我要和佢离婚"
    parts.library.asked.clear()
    assert then(hears, answer, None)["decision"] == "release"
    assert parts.library.asked == ["我要和佢离婚", "我要和他离婚"]
