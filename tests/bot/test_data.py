"""The Rasa project as data: enough examples, one hand-off for each topic, nothing said twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

BOT = Path(__file__).parents[2] / "bot"

TOPICS = {
    "labour": "劳动",
    "family": "婚姻家庭",
    "land": "土地承包与宅基地",
    "consumer": "消费",
    "traffic": "交通事故",
    "debt": "债权债务",
    "housing": "房产",
    "inheritance": "继承",
    "injury": "人身损害",
    "administration": "行政与治安",
    "minors_elderly": "未成年人与老年人",
    "legal_aid": "法律援助与公共法律服务",
    "medical": "医疗",
    "social_security": "社会保障与救助",
    "business": "知识产权与个体经营",
    "criminal": "刑事与反诈",
}


def read(folder: str, key: str) -> list[Any]:
    """All items under a key of all YAML files of a folder."""
    found: list[Any] = []
    for path in sorted((BOT / folder).glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8")).get(key, [])
        found += content.items() if isinstance(content, dict) else content
    return found


@pytest.fixture(scope="module")
def examples() -> dict[str, list[str]]:
    return {
        block["intent"]: [line.removeprefix("- ") for line in block["examples"].splitlines()]
        for block in read("data/nlu", "nlu")
        if "intent" in block
    }


def test_every_intent_has_examples_enough(examples: dict[str, list[str]]) -> None:
    assert len(examples) >= 30
    assert sum(map(len, examples.values())) >= 2000
    assert {intent: len(told) for intent, told in examples.items() if len(told) < 45} == {}


def test_no_example_stands_twice(examples: dict[str, list[str]]) -> None:
    count = Counter(text for told in examples.values() for text in told)
    assert [text for text, times in count.items() if times > 1] == []


def test_questions_are_told_as_stories_too(examples: dict[str, list[str]]) -> None:
    for topic in TOPICS:
        stories = [text for text in examples[f"ask_{topic}"] if 50 <= len(text) <= 150]
        assert len(stories) >= 4, topic


def test_intents_of_data_and_domain_agree(examples: dict[str, list[str]]) -> None:
    assert set(read("domain", "intents")) == set(examples) | {"nlu_fallback"}


def test_a_question_is_handed_off_with_its_topic() -> None:
    slot = dict(read("domain", "slots"))["topic"]
    said = {mapping["intent"]: mapping["value"] for mapping in slot["mappings"]}
    assert said == {f"ask_{topic}": name for topic, name in TOPICS.items()}


@pytest.mark.parametrize("intent", [f"ask_{topic}" for topic in TOPICS] + ["nlu_fallback"])
def test_a_question_is_answered_in_and_outside_the_form(intent: str) -> None:
    rules = [rule for rule in read("data/rules", "rules") if intent in intents(rule["steps"][0])]
    assert sorted("condition" in rule for rule in rules) == [False, True]
    for rule in rules:
        assert rule["steps"][1]["action"].startswith("utter_hand_off_")


def test_every_intent_brings_something(examples: dict[str, list[str]]) -> None:
    covered = {name for rule in read("data/rules", "rules") for name in intents(rule["steps"][0])}
    assert set(examples) <= covered


def intents(step: dict[str, Any]) -> list[str]:
    """Intents a rule begins with."""
    return [one["intent"] for one in step.get("or", [step]) if "intent" in one]
