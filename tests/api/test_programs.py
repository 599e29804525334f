"""Keys of programs: hashed, scoped, counted by the day; our own pages need none."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.core.errors import KeyInvalid
from api.storage.api_keys import ApiKeys
from api.wiring import Application
from tests.conftest import ROOT, Clock

LAW = {"law": "中华人民共和国劳动合同法", "article": "第三十条"}


@pytest.fixture
def keys(client: TestClient) -> ApiKeys:
    return client.app.state.api_keys


def get(client: TestClient, key: str, path: str = "/api/v1/articles") -> object:
    """Ask as a program."""
    return client.get(path, params=LAW, headers={"Authorization": f"Bearer {key}"})


def test_a_key_opens_its_scopes_for_its_quota(
    client: TestClient, keys: ApiKeys, clock: Clock
) -> None:
    key = keys.add("县政府网站", ["law"], per_day=2)
    assert get(client, key).status_code == 200
    assert get(client, key, "/api/v1/rules").json()["error"]["code"] == "scope_missing"
    assert get(client, key, "/api/v1/orders/services").status_code == 403
    assert get(client, key).status_code == 200
    spent = get(client, key)
    assert spent.status_code == 429 and "今天的2次已经用完" in spent.json()["error"]["message"]
    clock.forward(days=1)
    assert get(client, key).status_code == 200
    assert [(one.name, one.used) for one in keys.all()] == [("县政府网站", 1)]
    keys.revoke("县政府网站")
    assert get(client, key).status_code == 401


def test_no_key_is_in_the_database(keys: ApiKeys, parts: Application) -> None:
    key = keys.add("县政府网站", ["law"], per_day=2)
    held = b"".join(path.read_bytes() for path in Path(parts.settings.data).glob("wenfa.sqlite3*"))
    assert key.encode() not in held and "县政府网站".encode() in held


@pytest.mark.parametrize("key", ["", "wenfa_wrong", "值"])
def test_a_wrong_key_is_refused(client: TestClient, key: str) -> None:
    answer = client.get(
        "/api/v1/articles", params=LAW, headers={"Authorization": f"Bearer {key}".encode()}
    )
    assert answer.status_code == 401 and answer.json()["error"]["code"] == "key_unknown"


@pytest.mark.parametrize(
    ("name", "scopes", "per_day"),
    [("", ["law"], 1), ("x" * 65, ["law"], 1), ("x", ["all"], 1), ("x", [], 1), ("x", ["law"], 0)],
)
def test_keys_that_cannot_be(keys: ApiKeys, name: str, scopes: list[str], per_day: int) -> None:
    with pytest.raises(KeyInvalid):
        keys.add(name, scopes, per_day)
    keys.add("甲", ["law"], 1)
    with pytest.raises(KeyInvalid, match="已经有"):
        keys.add("甲", ["law"], 1)
    with pytest.raises(KeyInvalid, match="没有叫"):
        keys.revoke("乙")


def test_when_keys_are_needed_our_pages_go_on(parts: Application) -> None:
    parts.settings.api_needs_key = True
    with TestClient(create_app(parts)) as client:
        assert client.get("/api/v1/articles", params=LAW).status_code == 401
        ours = {"Sec-Fetch-Site": "same-origin"}
        assert client.get("/api/v1/articles", params=LAW, headers=ours).status_code == 200
        assert client.get("/").status_code == 200 and client.get("/healthz").status_code == 200
        assert client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/messages"]["post"]


def test_the_published_client_works(client: TestClient, keys: ApiKeys) -> None:
    spec = importlib.util.spec_from_file_location("client", ROOT / "docs/examples/client.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    wenfa = module.Wenfa(client, keys.add("例子", ["ask", "law"], 10))
    reply = wenfa.ask("公司拖欠工资怎么办")
    assert reply["decision"] == "release" and "第八十五条" in reply["reply"]
    assert [one["author"] for one in wenfa.news(after=0)] == ["resident", "machine"]
    assert "支付令" in wenfa.article(law=LAW["law"], number=LAW["article"])["text"]
    wenfa._headers = {"Authorization": "Bearer wenfa_wrong"}
    with pytest.raises(SystemExit, match="密钥不对"):
        wenfa.ask("在吗")


def test_the_frame_is_for_the_sites_on_the_list(client: TestClient, parts: Application) -> None:
    assert client.get("/embed").status_code == 404
    parts.settings.embed_origins = "https://www.example.gov.cn, javascript:alert(1) 'unsafe-inline'"
    page = client.get("/embed")
    policy = page.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://www.example.gov.cn")
    assert '<base target="_blank">' in page.text
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]
    script = client.get("/widget.js")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
