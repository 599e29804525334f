"""繁體 is understood and left as it was written; simplified text is never touched."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient

from api.clients.simplified import simplified
from api.wiring import Application
from knowledge.faq import load_faq
from tests.conftest import ROOT

WORDS = "老闆拖欠工資怎麼辦？公司說沒錢"


def test_it_is_searched_for_in_simplified_and_shown_as_written(
    client: TestClient, parts: Application, say: Callable[..., object]
) -> None:
    say(WORDS)
    assert parts.library.asked[-1] == "老板拖欠工资怎么办？公司说没钱"
    shown = client.get("/api/v1/conversations/conversation-1/messages").json()["messages"]
    assert shown[0]["text"] == WORDS


def test_danger_is_seen_in_it(say: Callable[..., object]) -> None:
    assert say("我老公正在打我，流血了，快來幫幫我").json()["decision"] == "urgent"


def test_simplified_text_stays_as_it_is() -> None:
    entries = load_faq(ROOT / "knowledge/faq")
    texts = [text for entry in entries for text in (entry.question, *entry.variants)]
    assert len(texts) > 1_000
    assert [text for text in texts if simplified(text) != text] == []
