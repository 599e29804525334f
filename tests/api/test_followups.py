"""Follow-ups in context: forty pairs of tests/api/followups.yml."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.core.followup import in_context
from api.core.types import Context, Handoff
from api.library import LawLibrary
from api.wiring import Application, library
from knowledge.retriever import Found
from tests.conftest import ROOT, TODAY
from tests.fakes import FakeDialogue

PAIRS = yaml.safe_load(Path(__file__).with_name("followups.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("first", "then", "topic"), PAIRS)
def test_a_followup_is_read_after_its_question(first: str, then: str, topic: str) -> None:
    asked = in_context(then, Context(question=first))
    assert asked == (then if topic == "new" else f"{first} {then}")


@pytest.fixture(scope="module")
def law() -> LawLibrary:
    if not (ROOT / "var/index/current").exists():
        pytest.skip("没有法律索引：先运行 make setup")
    from api.settings import Settings

    secrets = dict.fromkeys(("rasa_token", "action_secret", "desk_password", "secret_key"), "x")
    return library(Settings(_env_file=None, **secrets))


@pytest.mark.slow
def test_the_answer_stays_with_the_topic(law: LawLibrary) -> None:
    followups = [pair for pair in PAIRS if pair[2] != "new"]
    strayed = []
    for first, then, topic in followups:
        found = law.search(in_context(then, Context(question=first)), TODAY, 20)
        if _nearest_topic(found) != topic:
            strayed.append((then, _nearest_topic(found)))
    assert len(strayed) <= len(followups) // 10, strayed


def _nearest_topic(found: Found) -> str:
    """The topic most of the nearest FAQ entries' weight lies on."""
    weights: Counter[str] = Counter()
    for hit in found.faq:
        weights[hit.entry.topic] += hit.score
    return max(weights, key=lambda topic: weights[topic])


def test_there_are_pairs_enough() -> None:
    assert len(PAIRS) >= 40


def test_a_followup_is_never_no_matter_of_law(say: Any, parts: Application) -> None:
    assert isinstance(parts.services.dialogue, FakeDialogue)
    say("公司拖欠工资怎么办")
    parts.services.dialogue.step = Handoff("out_of_scope")
    assert say("要带什么东西去").json()["decision"] != "out_of_scope"
    assert say("明天下不下雨").json()["decision"] == "out_of_scope"
