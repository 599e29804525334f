"""Danger sensed by meaning, where no pattern names it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from api.core.risks import CAUTION, URGENT, raised
from api.wiring import Application
from knowledge.danger import Danger, DangerModel
from knowledge.encode import Encoder
from nlu.normalise import normalise
from tests.conftest import ROOT
from tests.fakes import FakeLibrary

MESSAGES = Path(__file__).with_name("risks")
#: Least recall and most false alarms; from held_out on nothing was fitted to (docs/figures.md).
BOUNDS = {
    "tuning": (0.98, 0.03),
    "fresh": (0.98, 0.03),
    "held_out": (0.98, 0.05),
    "unseen": (0.96, 0.07),
    "unseen_again": (0.98, 0.09),
    "unseen_third": (0.95, 0.06),
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    folder = ROOT / "var/models/e5"
    if not folder.is_dir():
        pytest.skip("没有编码模型：先运行 make setup")
    return Encoder(str(folder), 1)


def share_alarmed(messages: list[str], encoder: Encoder) -> float:
    model = DangerModel.load()
    alarmed = 0
    for text in messages:  # one at a time, as they come: int8 rounds a batch otherwise
        vector = encoder.queries([text])[0]
        alarmed += raised(text, model.judge(text, vector)) is not None
    return alarmed / len(messages)


def read(name: str, part: str) -> list[str]:
    raw = yaml.safe_load((MESSAGES / f"{name}.yml").read_text(encoding="utf-8"))
    return [normalise(text) for texts in raw[part].values() for text in texts]


def test_there_are_messages_enough() -> None:
    assert sum(len(read(name, "urgent")) for name in BOUNDS) >= 120
    assert sum(len(read(name, "harmless")) for name in BOUNDS) >= 200


@pytest.mark.slow
@pytest.mark.parametrize(("name", "bounds"), BOUNDS.items())
def test_recall_and_false_alarms(name: str, bounds: tuple[float, float], encoder: Encoder) -> None:
    recall, false = bounds
    assert share_alarmed(read(name, "urgent"), encoder) >= recall
    assert share_alarmed(read(name, "harmless"), encoder) <= false


def test_sensed_danger_brings_the_number_first(say: Any, parts: Application) -> None:
    assert isinstance(parts.library, FakeLibrary)
    parts.library.sensed = Danger(URGENT, "fraud")
    reply = say("手机自己在动").json()
    assert reply["decision"] == "urgent"
    assert reply["numbers"][0]["number"] == "96110"


def test_a_doubt_adds_a_line_and_still_answers(say: Any, parts: Application) -> None:
    assert isinstance(parts.library, FakeLibrary)
    parts.library.sensed = Danger(CAUTION, "violence")
    reply = say("公司拖欠工资怎么办").json()
    assert reply["decision"] == "release"
    assert "110" in reply["notices"][0]


def test_a_pattern_is_taken_back_where_the_whole_message_sounds_like_none(
    say: Any, parts: Application
) -> None:
    assert isinstance(parts.library, FakeLibrary)
    parts.library.sensed = Danger(0.01, "fraud")
    reply = say("客服叫我开屏幕共享我没理他，这种要不要去派出所登记").json()
    assert reply["decision"] != "urgent"
    assert "96110" in reply["notices"][0]  # the number is told all the same
    for few in ("他在打我，快点", "救命啊！这里有个人拿着刀，还不快来"):
        assert say(few).json()["decision"] == "urgent"


@pytest.mark.parametrize(
    "words",
    [
        "看电影的时候有个男的拿刀捅人了快来",
        "孩子作业没写完他爸正拿皮带往死里打",
        "考试没考好我不想活了，站在楼顶",
        "如果有人来我家砸门就说我不在，他们现在就在门口拿着棍子",
        "我儿子在游戏里认识的人叫他转钱，验证码都给了",
    ],
)
def test_a_word_of_films_or_homework_hides_no_danger(words: str, encoder: Encoder) -> None:
    assert raised(words, DangerModel.load().judge(words, encoder.queries([words])[0]))


def test_without_an_encoder_patterns_decide(say: Any, parts: Application) -> None:
    assert isinstance(parts.library, FakeLibrary)
    parts.library.missing = True
    assert say("他拿着菜刀要砍我").json()["decision"] == "urgent"
    assert say("作业没写完他爸就拿着菜刀追他").json()["decision"] == "urgent"
    assert say("公司拖欠工资怎么办").json()["decision"] == "hold"
