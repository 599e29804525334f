"""A kiosk from the command line to the desk: registered once, heard of, late, revoked."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from typer.testing import CliRunner

from api.casework.county import load_county
from api.casework.errors import CaseUnknown, FormInvalid
from api.casework.kiosks import Microphone, Supply, troubles
from api.kiosk_commands import app
from api.storage.kiosks import KioskStore
from api.wiring import Application
from tests.conftest import ROOT, Clock

COUNTY = load_county(ROOT / "county/county.yml")


def add(parts: Application, name: str = "东湾一号") -> str:
    """A kiosk; the token of its link."""
    return parts.casework.kiosks.add(name, "柳河镇", "东湾村便民服务点", "nanjiang", "").link


@pytest.fixture
def store(engine: Engine, clock: Clock) -> KioskStore:
    return KioskStore(engine, COUNTY, clock)


def test_life_of_a_kiosk(store: KioskStore, clock: Clock) -> None:
    keys = store.add("东湾一号", "柳河镇", "东湾村", "nanjiang", "0000-5550114")
    assert troubles(store.all()[0], clock()) == ("还没有登记",)
    token = store.register(keys.link)
    with pytest.raises(CaseUnknown):
        store.register(keys.link)
    kiosk = store.known(token)
    assert kiosk and troubles(kiosk, clock()) == ()
    store.beat(kiosk, Microphone.DENIED, None)
    store.beat(kiosk, None, Supply.LOW)
    clock.forward(minutes=4)
    assert troubles(store.numbered(kiosk.id), clock()) == ("没有动静", "快没纸", "话筒没允许")
    store.beat(kiosk, None, Supply.OK)  # the printer's program alone is no sign of life
    assert "没有动静" in troubles(store.numbered(kiosk.id), clock())
    store.revoke("东湾一号")
    assert store.known(token) is None and store.known(keys.agent) is None
    fresh = store.renew("东湾一号")
    assert store.known(store.register(fresh.link))


@pytest.mark.parametrize(
    ("name", "township", "region", "complaint"),
    [
        (" ", "柳河镇", "", "名字"),
        ("甲", "不在的镇", "", "不在的镇"),
        ("甲", "柳河镇", "klingon", "方言"),
        ("乙", "柳河镇", "", "已经有"),
    ],
)
def test_what_cannot_be_added(
    store: KioskStore, name: str, township: str, region: str, complaint: str
) -> None:
    store.add("乙", "柳河镇", "", "", "")
    with pytest.raises(FormInvalid, match=complaint):
        store.add(name, township, "", region, "")


def test_registered_by_a_link_once(client: TestClient, parts: Application) -> None:
    link = add(parts)
    assert "东湾一号" in client.get(f"/kiosk/register/{link}").text
    assert client.post("/api/v1/kiosk/heartbeat", json={}).status_code == 401
    done = client.post(f"/kiosk/register/{link}", follow_redirects=False)
    cookie = done.headers["set-cookie"].lower()
    assert done.headers["location"] == "/kiosk"
    assert "httponly" in cookie and "samesite=strict" in cookie
    assert "东湾村便民服务点" in client.get("/kiosk").text
    assert client.get(f"/kiosk/register/{link}").status_code == 404
    beat = client.post("/api/v1/kiosk/heartbeat", json={"microphone": "ok"}).json()
    assert beat["name"] == "东湾一号" and beat["microphone"] == "ok" and beat["paper"] == "unknown"


def test_a_program_beside_the_printer_tells_of_the_paper(
    client: TestClient, parts: Application
) -> None:
    keys = parts.casework.kiosks.add("东湾一号", "柳河镇", "", "", "")
    bearer = {"Authorization": f"Bearer {keys.agent}"}
    told = client.post("/api/v1/kiosk/heartbeat", json={"paper": "low"}, headers=bearer)
    assert told.json()["paper"] == "low"
    assert client.post(
        "/api/v1/kiosk/heartbeat", json={"paper": "wet"}, headers=bearer
    ).status_code == 422  # fmt: skip


def test_the_page_keeps_nothing(client: TestClient) -> None:
    page = client.get("/kiosk")
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "我来写字" in page.text and page.text.count('class="k-matter"') == 6


def test_commands(tmp_path: Path) -> None:
    names = ("RASA_TOKEN", "ACTION_SECRET", "SECRET_KEY")
    environment = {f"WENFA_{name}": "secret" for name in names} | {"WENFA_DATA": str(tmp_path)}

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, words, env=environment)

    made = run("add", "东湾一号", "--township", "柳河镇", "--region", "nanjiang")
    assert "/kiosk/register/" in made.output
    assert "还没有登记" in run("list").output
    assert run("link", "东湾一号").output != made.output
    run("revoke", "东湾一号")
    assert "已停用" in run("list").output
    wrong = run("add", "乙", "--township", "不在的镇")
    assert wrong.exit_code == 1 and "不在的镇" in wrong.output
