"""`rasa test nlu` and `rasa test core` on the trained model, with messages it never saw."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.running import BOT_PYTHON, MODEL, ROOT

#: A little under what was measured (docs/figures.md); the messages were never trained on.
LEAST_RIGHT = {"held_out": 0.92, "held_out_again": 0.92}
#: Share of characters and pairs in common from which one message repeats another.
ALIKE = 0.6


def messages(name: str) -> list[tuple[str, str]]:
    """Held-out messages and their intents."""
    path = Path(__file__).with_name(f"{name}.yml")
    blocks = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    return [
        (line.removeprefix("- "), block["intent"])
        for block in blocks
        for line in block["examples"].splitlines()
    ]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder Rasa wrote its reports into."""
    if not BOT_PYTHON.exists() or not MODEL.is_file():
        pytest.skip("没有对话环境或对话模型：先运行 make setup")
    out = tmp_path_factory.mktemp("reports")
    command = [str(BOT_PYTHON), "-W", "ignore", str(ROOT / "bot/check.py"), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return out


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), LEAST_RIGHT.items())
def test_most_new_messages_are_understood(reports: Path, name: str, least: float) -> None:
    assert read(reports / name, "intent_report.json")["accuracy"] >= least


@pytest.mark.slow
def test_every_story_goes_as_told(reports: Path) -> None:
    report = read(reports, "story_report.json")["conversation_accuracy"]
    assert report["total"] >= 6
    assert report["correct"] == report["total"], (reports / "failed_test_stories.yml").read_text()


@pytest.mark.parametrize("name", LEAST_RIGHT)
def test_every_intent_is_held_out(name: str) -> None:
    domain = [yaml.safe_load(path.read_text()) for path in (ROOT / "bot/domain").glob("*.yml")]
    intents = {intent for part in domain for intent in part.get("intents", ())}
    assert {intent for _, intent in messages(name)} == intents - {"nlu_fallback"}
    assert len(messages(name)) >= 150


@pytest.mark.parametrize("name", LEAST_RIGHT)
def test_no_held_out_message_is_nearly_an_example(name: str) -> None:
    taught = "\n".join(path.read_text() for path in sorted((ROOT / "bot/data/nlu").glob("*.yml")))
    examples = [grams(line) for line in taught.splitlines() if line.startswith("    - ")]
    for text, _ in messages(name):
        own = grams(text)
        assert max(len(own & other) / len(own | other) for other in examples) < ALIKE, text


def grams(text: str) -> frozenset[str]:
    """Characters of a line and their pairs."""
    words = re.sub(r"\W|\((?:money|duration)\)", "", text)
    return frozenset((*words, *map("".join, itertools.pairwise(words))))
