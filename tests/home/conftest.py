"""A resident at home: with a phone, a browser, and something asked before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import httpx
import pytest
from fastapi.testclient import TestClient

from api.wiring import Application
from tests.fakes import FakeTexts

PHONE = "13800001234"


@dataclass
class Neighbour:
    """Somebody with a phone and a browser of their own over the same application."""

    http: httpx.Client
    texts: FakeTexts

    def ask_code(self, phone: str = PHONE, agreed: str = "yes") -> httpx.Response:
        """Ask for six digits."""
        return self.http.post("/my/code", data={"phone": phone, "agreed": agreed})

    def enter(self, phone: str = PHONE) -> Neighbour:
        """Come in as the owner of a phone."""
        assert self.ask_code(phone).status_code == 200
        done = self.http.post("/my/enter", data={"code": self.texts.code()})
        assert done.status_code == 200 and "我的法律服务档案" in done.text
        return self

    def page(self) -> str:
        """The file."""
        return self.http.get("/my").text

    def csrf(self) -> str:
        """What a form of the file carries."""
        return self.page().partition('name="csrf" value="')[2].partition('"')[0]

    def post(self, path: str, **form: str) -> httpx.Response:
        """Press a button of the file."""
        return self.http.post(f"/my{path}", data={"csrf": self.csrf(), **form})


@pytest.fixture
def texts(parts: Application) -> FakeTexts:
    """The phone network."""
    assert isinstance(parts.texts, FakeTexts)
    return parts.texts


@pytest.fixture
def stranger(client: TestClient, texts: FakeTexts) -> Callable[[], Neighbour]:
    """Another browser."""

    def come() -> Neighbour:
        browser = TestClient(client.app, raise_server_exceptions=False)
        return Neighbour(browser, texts)

    return come


@pytest.fixture
def resident(stranger: Callable[[], Neighbour]) -> Neighbour:
    """Somebody who has come in."""
    return stranger().enter()
