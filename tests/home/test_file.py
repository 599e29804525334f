"""The resident's own file: what goes in, what comes out, what others never see."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from io import BytesIO

import httpx
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from api.casework.steps import Role as Side
from api.wiring import Application
from tests.home.conftest import PHONE, Neighbour

AID = {
    "matter": "wages", "migrant_worker": "true", "age": "46", "name": "张小满",
    "phone": PHONE, "story": "在柳河工地干了三个月", "opponent": "王老板",
}  # fmt: skip


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def talk(say: Callable[..., httpx.Response]) -> str:
    """A conversation of this device."""
    conversation = "conversation-home"
    say("公司拖欠工资怎么办", conversation)
    return conversation


@pytest.fixture
def application(client: TestClient) -> str:
    """An application told under the phone, with a photo."""
    token: str = client.post("/api/v1/legal-aid/applications", json=AID).json()["token"]
    path = f"/api/v1/legal-aid/applications/{token}/photos"
    listed = client.get(f"/aid/a/{token}").text
    material = listed.partition('name="material" value="')[2].partition('"')[0]
    done = client.post(path, data={"material": material}, files={"photo": picture()})
    assert done.status_code == 201
    return token


def archive(resident: Neighbour) -> zipfile.ZipFile:
    answer = resident.post("/export")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_a_conversation_goes_in_only_when_the_resident_agrees(
    resident: Neighbour, talk: str
) -> None:
    assert "公司拖欠工资怎么办" not in resident.page()
    resident.post("/talks", conversation=talk)
    assert "公司拖欠工资怎么办" not in resident.page()
    resident.post("/talks", conversation=talk, give="yes")
    page = resident.page()
    assert "公司拖欠工资怎么办" in page and "把对话放进档案" in page
    resident.post("/talks", back="yes")
    page = resident.page()
    assert "公司拖欠工资怎么办" not in page and "撤回" in page


def test_a_conversation_is_in_one_file(
    resident: Neighbour, stranger: Callable[[], Neighbour], talk: str
) -> None:
    resident.post("/talks", conversation=talk, give="yes")
    other = stranger().enter("13900000000")
    taken = other.post("/talks", conversation=talk, give="yes")
    assert taken.status_code == 409 and "另一个人" in taken.text
    assert "公司拖欠工资怎么办" not in other.page()


@pytest.mark.parametrize("name", ["no-such-conversation", "../../etc", "", "desk-supervisors"])
def test_what_is_no_conversation(resident: Neighbour, name: str) -> None:
    resident.post("/talks", conversation=name, give="yes")
    assert "档案里还没有对话" in resident.page()


def test_what_was_told_under_the_phone_shows_as_a_number_only(
    resident: Neighbour, application: str
) -> None:
    page = resident.page()
    assert "FY20261123-0001" in page and "还没放进来的（1件）" in page
    assert application not in page and "王老板" not in page
    assert "王老板" not in archive(resident).read("数据.json").decode()


def test_the_link_puts_it_into_the_file(resident: Neighbour, application: str) -> None:
    assert "放进档案" in resident.http.get(f"/my/keep/aid/{application}").text
    page = resident.post(f"/keep/aid/{application}").text
    assert f"/aid/a/{application}" in page and "还没放进来的" not in page
    assert resident.post(f"/keep/aid/{'0' * 32}").status_code == 404


def test_the_link_before_the_phone(stranger: Callable[[], Neighbour], application: str) -> None:
    who = stranger()
    form = who.http.get(f"/my/keep/aid/{application}").text
    matter = form.partition('name="keep_it" value="')[2].partition('"')[0]
    code = who.http.post("/my/code", data={"phone": PHONE, "agreed": "yes", "keep_it": matter}).text
    assert matter in code
    who.http.post("/my/enter", data={"code": who.texts.code(), "keep_it": matter})
    assert f"/aid/a/{application}" in who.page()


def test_everything_in_one_archive(
    client: TestClient, resident: Neighbour, parts: Application, talk: str, application: str
) -> None:
    resident.post("/talks", conversation=talk, give="yes")
    resident.post(f"/keep/aid/{application}")
    paper = {"kind": "mediation", "facts": {"name": "张小满", "dispute": "<b>宅基地</b>"}}
    token = client.post("/api/v1/papers", json=paper).json()["token"]
    resident.post(f"/keep/paper/{token}")
    client.post("/api/v1/ratings", json={"kind": "paper", "subject": token, "grade": "good"})
    parts.casework.aid.take(1, "grant", Side.STAFF, "王律师", "符合条件")
    found = archive(resident)
    told = json.loads(found.read("数据.json"))
    assert (
        told["phone"] == PHONE and told["talks"][0]["messages"][0]["text"] == "公司拖欠工资怎么办"
    )
    assert {one["title"] for one in told["matters"]} == {"法律援助申请", "人民调解申请书"}
    aid = next(one for one in told["matters"] if one["title"] == "法律援助申请")
    assert aid["told"]["对方"] == "王老板" and "符合条件" in aid["result"]
    assert [one["grade"] for one in told["ratings"]] == ["满意"]
    assert [one["purpose"] for one in told["consents"]] == [
        "建立个人法律服务档案",
        "把对话放进档案",
    ]
    page = found.read("我的法律服务档案.html").decode()
    assert "张小满" in page and "<script" not in page
    photo = found.read("材料/FY20261123-0001-1.jpg")
    assert Image.open(BytesIO(photo)).size == (8, 8)
    assert application not in found.read("数据.json").decode()


def test_the_page_shows_everything_inert(
    resident: Neighbour, say: Callable[..., httpx.Response]
) -> None:
    say("<script>alert(1)</script>老板欠钱", "conversation-evil")
    resident.post("/talks", conversation="conversation-evil", give="yes")
    page = resident.page()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert "<script>alert" not in archive(resident).read("我的法律服务档案.html").decode()
