"""An answer that is watched: stages first, then the reply; failures in the stream's own words."""

from __future__ import annotations

import json

from fastapi.testclient import TestClient

from api.core.errors import StorageUnavailable
from api.core.types import Stage
from api.wiring import Application

WATCHING = {"Accept": "text/event-stream"}


def watched(client: TestClient, words: str = "老板欠我工钱", number: str = "message-1") -> list:
    """The events of one message as (name, data)."""
    body = {"conversation": "conversation-1", "text": words, "client_message_id": number}
    text = client.post("/api/v1/messages", json=body, headers=WATCHING).text
    events = [dict(line.split(": ", 1) for line in part.splitlines()) for part in
              text.replace("\r", "").strip().split("\n\n") if "event" in part]  # fmt: skip
    return [(event["event"], event["data"]) for event in events]


def test_the_stages_come_before_the_reply(client: TestClient) -> None:
    *stages, (name, data) = watched(client)
    assert [text for _, text in stages] == [stage.value for stage in Stage]
    assert name == "reply" and json.loads(data)["decision"] == "release"
    again = watched(client)
    assert again == [(name, data)], "a repeat gets the first answer at once"


def test_a_failure_is_told_in_the_stream(client: TestClient, parts: Application) -> None:
    def broken(*_: object) -> None:
        raise StorageUnavailable("暂时存不下来，请稍后再发。")

    object.__setattr__(parts.services, "store", type("Broken", (), {"accept": broken})())
    ((name, data),) = watched(client)
    assert name == "failed" and "请稍后再发" in json.loads(data)["error"]["message"]


def test_what_cannot_be_a_question_is_refused_as_ever(client: TestClient) -> None:
    body = {"conversation": "conversation-1", "text": " ", "client_message_id": "message-1"}
    answer = client.post("/api/v1/messages", json=body, headers=WATCHING)
    assert answer.status_code == 422 and answer.json()["error"]["code"] == "text_empty"
