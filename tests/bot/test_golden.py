"""Golden dialogues: what people say, and the hand-offs and questions that must come back."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bot.conftest import Dialogue

GOLDEN = sorted(Path(__file__).with_name("golden").glob("*.yml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_dialogue(dialogue: Dialogue, path: Path) -> None:
    conversation = f"{path.stem}-{uuid.uuid4().hex}"
    for turn in yaml.safe_load(path.read_text(encoding="utf-8")):
        parts = dialogue.say(turn["say"], conversation)
        assert_answers(parts, turn["answers"], turn["say"])


def assert_answers(parts: list[dict[str, Any]], wanted: list[dict[str, Any]], said: str) -> None:
    told = [part.get("custom") or part.get("text") for part in parts]
    assert len(told) == len(wanted), f"{said} -> {told}"
    for part, answer in zip(told, wanted, strict=True):
        if "text" in answer:
            assert isinstance(part, str), f"{said} -> {told}"
            assert answer["text"] in part, f"{said} -> {told}"
        else:
            facts = {name: value for name, value in answer.items() if name != "task"}
            expected = {"task": answer["task"]} | ({"facts": facts} if facts else {})
            assert part == expected, f"{said} -> {told}"


def test_there_are_golden_dialogues_enough() -> None:
    assert len(GOLDEN) >= 80
