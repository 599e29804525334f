"""What an operator's monitoring sees."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.wiring import Application

ASK = "/metrics"


def test_up_and_ready(client: TestClient, parts: Application) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["dialogue"] is True
    parts.library.missing = True
    assert client.get("/readyz").status_code == 503


def test_figures_are_for_the_token_alone(client: TestClient, parts: Application) -> None:
    assert client.get(ASK).status_code == 404
    parts.settings.metrics_token = SecretStr("figures")
    assert client.get(ASK, headers={"Authorization": "Bearer wrong"}).status_code == 404
    assert client.get(ASK, headers={"Authorization": "Bearer figures"}).status_code == 200


def test_figures_count_routes_and_cases_and_quote_nobody(
    client: TestClient, parts: Application, say: Callable[..., object]
) -> None:
    parts.settings.metrics_token = SecretStr("figures")
    parts.library.confidence = 0.1
    say("我叫欧阳守密，房东不退押金", conversation="conversation-secret")
    client.get("/api/v1/conversations/conversation-secret/messages")
    text = client.get(ASK, headers={"Authorization": "Bearer figures"}).text
    assert 'wenfa_cases{view="waiting"} 1.0' in text
    assert 'route="/api/v1/messages"' in text and "守密" not in text
    assert "conversation-secret" not in text
