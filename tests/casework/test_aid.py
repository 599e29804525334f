"""Legal aid: the articles read right, an application from question to decision."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from fastapi.testclient import TestClient
from PIL import Image
from pydantic import TypeAdapter

from api.casework.aid import due
from api.casework.county import load_county
from api.casework.errors import UploadRefused
from api.casework.uploads import LARGEST, clean
from api.core.deadlines import COUNTY as ZONE
from api.core.types import Handoff
from api.wiring import Application
from knowledge.corpus import Corpus
from knowledge.errors import FactError
from knowledge.figures import unsupported
from knowledge.legal_aid import AidFacts, CountyAidRules, IncomeLimit, aid_opinion
from tests.conftest import ROOT
from tests.desk import Colleague

DAY = date(2026, 11, 23)
RULES = CountyAidRules((IncomeLimit(date(2026, 1, 1), Decimal(1500), "演示值"),))
CASES = yaml.safe_load(Path(__file__).with_name("aid_cases.yml").read_text(encoding="utf-8"))
TOLD = {
    "matter": "wages", "migrant_worker": "true", "age": "46", "name": "张小满",
    "phone": "13800000000", "story": "在柳河工地干了三个月，老板不给工钱", "opponent": "王老板",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_articles_read_right(case: dict[str, object], corpus: Corpus) -> None:
    facts = TypeAdapter(AidFacts).validate_python(case["facts"])
    opinion = aid_opinion(facts, RULES, DAY)
    assert opinion.verdict.value == case["verdict"]
    assert [finding.ref.article for finding in opinion.findings] == case["articles"]
    assert opinion.urgent == case.get("urgent", False)
    assert opinion.same_day == case.get("same_day", False)
    for finding in opinion.findings:
        text = corpus.article(finding.ref, DAY).text
        told = finding.says.split("。")[0] if "标准" not in finding.says else ""
        assert unsupported(told.replace("6天", "").replace("0天", ""), text) == []


def test_an_older_standard_holds_for_an_older_day() -> None:
    limits = (*RULES.income_limits, IncomeLimit(date(2027, 1, 1), Decimal(1700), "演示值"))
    facts = TypeAdapter(AidFacts).validate_python({"matter": "wages", "income": 1600})
    later = CountyAidRules(limits)
    assert aid_opinion(facts, later, date(2026, 12, 31)).verdict.value == "not_eligible"
    assert aid_opinion(facts, later, date(2027, 1, 1)).verdict.value == "eligible"
    assert aid_opinion(facts, later, date(2025, 12, 31)).verdict.value == "missing"


@pytest.mark.parametrize("facts", [AidFacts(age=200), AidFacts(income=Decimal(-1))])
def test_beyond_belief_brings_a_sentence(facts: AidFacts) -> None:
    with pytest.raises(FactError, match="不对，请填"):
        aid_opinion(facts, RULES, DAY)


@pytest.mark.parametrize(
    ("state", "lane", "at", "by"),
    [
        ("received", "ordinary", "2026-11-23 10:00", "2026-11-30 23:59:59"),
        ("granted", "ordinary", "2026-11-23 10:00", "2026-11-26 23:59:59"),
        ("received", "same_day", "2026-11-23 10:00", "2026-11-23 17:30:00"),
        ("received", "same_day", "2026-11-23 15:00", "2026-11-24 17:30:00"),
        ("received", "urgent", "2026-11-20 16:00", "2026-11-23 17:30:00"),
    ],
)
def test_deadlines(state: str, lane: str, at: str, by: str) -> None:
    county = load_county(ROOT / "county/county.yml")
    found = due(state, lane, datetime.fromisoformat(at).replace(tzinfo=ZONE), county)
    assert f"{found.astimezone(ZONE):%Y-%m-%d %H:%M:%S}" == by
    assert due("assigned", lane, found, county) is None


def picture(place: str = "", kind: str = "JPEG") -> bytes:
    """A small picture, with a camera and a place in it if wanted."""
    image, out = Image.new("RGB", (40, 20), "white"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = place, 6  # maker; turned by 90 degrees
    image.save(out, kind, exif=exif.tobytes() if place else b"")
    return out.getvalue()


def test_a_photo_is_drawn_anew_upright_without_what_the_camera_wrote() -> None:
    scan = clean(picture("SECRET-CAMERA") + b"something hidden behind the end")
    assert b"SECRET" not in scan.data and b"hidden" not in scan.data
    with Image.open(io.BytesIO(scan.data)) as image:
        assert image.size == (20, 40) and not image.getexif()
    assert clean(b"%PDF-1.7 rest").media_type == "application/pdf"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "空的"),
        (b"x" * (LARGEST + 1), "10MB"),
        (b"<html><script>alert(1)</script>", "只收照片"),
        (b"MZ\x90\x00 program", "只收照片"),
        (picture()[:200], "打不开"),
    ],
)
def test_what_is_no_photo_is_refused(data: bytes, complaint: str) -> None:
    with pytest.raises(UploadRefused, match=complaint):
        clean(data)


def test_a_page_explains_and_takes_the_application(client: TestClient, parts: Application) -> None:
    assert "能不能请免费的律师" in client.get("/aid").text
    result = client.post("/aid", data=TOLD).text
    assert "初步看，您可以申请" in result and "进城务工人员要工钱" in result
    assert "第四十二条" in result and "演示值" in result
    answer = client.post("/aid/apply", data=TOLD, follow_redirects=False)
    page = client.get(answer.headers["location"]).text
    assert re.search(r"FY20261123-0001", page) and "11月30日 23:59 前作出决定" in page
    raw = Path(parts.settings.data / "wenfa.sqlite3").read_bytes()
    raw += Path(parts.settings.data / "wenfa.sqlite3-wal").read_bytes()
    assert "张小满".encode() not in raw and b"13800000000" not in raw


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"name": ""}, "请写您的姓名"),
        ({"phone": "打不通"}, "能打通的电话"),
        ({"id_number": "123"}, "18位"),
        ({"story": " "}, "发生了什么事"),
        ({"age": "四十六"}, "年龄请写周岁的数字"),
        ({"income": "NaN"}, "收入请写数字"),
        ({"limit_ends_on": "明天"}, "日期请写成"),
        ({"matter": "x"}, "选一类"),
    ],
)
def test_a_wrong_field_is_named(
    client: TestClient, parts: Application, change: dict[str, str], complaint: str
) -> None:
    response = client.post("/aid/apply", data=TOLD | change)
    assert response.status_code == 422 and complaint in response.text
    body = client.post("/api/v1/legal-aid/applications", json=TOLD | change).json()
    assert complaint in body["error"]["message"] and body["error"]["field"] in change
    assert parts.casework.aid.all() == []


def test_the_check_by_api(client: TestClient) -> None:
    body = {"matter": "maintenance", "age": "70", "no_fixed_income": True}
    found = client.post("/api/v1/legal-aid/check", json=body).json()
    assert found["verdict"] == "eligible" and found["same_day"]
    assert [f["citation"]["article"] for f in found["findings"]] == ["第三十一条", "第四十二条"]
    assert {m["id"] for m in found["materials"]} == {"identity", "case", "status"}


def test_from_the_conversation_to_the_lawyer(
    client: TestClient, parts: Application, say: object, staff: Colleague
) -> None:
    parts.rasa.step = Handoff("legal_aid", {"employer": "王老板", "story": "三个月没发工钱"})
    url = say("我想请个免费律师").json()["links"][0]["url"]
    form = client.get(url).text
    assert 'value="王老板"' in form and 'value="wages" checked' in form
    carried = url.split("=")[1]
    made = client.post("/api/v1/legal-aid/applications", json=TOLD | {"carried": carried}).json()

    photo = {"photo": ("合同.jpg", picture("SECRET"), "image/jpeg")}
    place = f"/api/v1/legal-aid/applications/{made['token']}/photos"
    kept = client.post(place, files=photo, data={"material": "case"})
    assert kept.status_code == 201 and kept.json()["photos"] == 1
    assert client.post(place, files=photo, data={"material": "x"}).status_code == 422

    listed = staff.http.get("/desk/aid").text
    assert made["reference"] in listed
    page = staff.http.get("/desk/aid/1").text
    assert "张小满" in page and "三个月" in page
    link = re.search(r"/desk/aid/1/photos/[0-9a-f]{32}", page)[0]
    shown = staff.http.get(link)
    assert shown.headers["content-type"] == "image/jpeg" and b"SECRET" not in shown.content
    assert shown.headers["cache-control"] == "no-store"

    for action, note in (("grant", "符合第三十一条"), ("assign", "李律师，电话0000-5550199")):
        form = {"csrf": staff.csrf, "action": action, "note": note}
        done = staff.http.post("/desk/aid/1", data=form, follow_redirects=False)
        assert done.status_code == 303
    told = client.get("/api/v1/conversations/conversation-1/messages").json()["messages"]
    assert "已指派律师" in told[-1]["text"] and "李律师" in told[-1]["text"]
    assert told[-1]["reply"]["author"] == "lawyer"
    assert "看办理进度" in told[-1]["reply"]["reply"]
    events = parts.casework.aid.numbered(1).events
    assert [e.step for e in events if e.step != "look"] == ["apply", "upload", "grant", "assign"]
    assert any(e.step == "look" and e.actor == "王律师" for e in events)


def test_supplement_once_and_back(client: TestClient, parts: Application, staff: Colleague) -> None:
    made = client.post("/api/v1/legal-aid/applications", json=TOLD).json()
    form = {"csrf": staff.csrf, "action": "ask_supplement", "note": "请补欠条"}
    staff.http.post("/desk/aid/1", data=form)
    page = client.get(f"/aid/a/{made['token']}").text
    assert "请补欠条" in page and "视为撤回申请" in page
    client.post(f"/aid/a/{made['token']}", data={"action": "supply"})
    again = parts.casework.aid.numbered(1)
    assert again.state == "received" and f"{again.due_at.astimezone(ZONE):%m-%d}" == "11-30"


def test_steps_that_are_not_open_are_refused(
    client: TestClient, parts: Application, staff: Colleague
) -> None:
    made = client.post("/api/v1/legal-aid/applications", json=TOLD).json()
    good = staff.csrf
    for form, status, complaint in (
        ({"csrf": good, "action": "assign", "note": "x"}, 422, "不能这样办"),
        ({"csrf": good, "action": "refuse", "note": " "}, 422, "请写明不予援助的理由"),
        ({"csrf": good, "action": "supply", "note": "x"}, 422, "不能这样办"),
        ({"csrf": "0" * 64, "action": "grant", "note": "x"}, 403, "没有权限"),
    ):
        answer = staff.http.post("/desk/aid/1", data=form)
        assert (answer.status_code, complaint in answer.text) == (status, True)
    assert client.post("/desk/aid/1", data={"csrf": good, "action": "grant"}).status_code == 401
    taken = client.post(f"/aid/a/{made['token']}", data={"action": "grant"})
    assert taken.status_code == 409 and parts.casework.aid.numbered(1).state == "received"
    assert client.get(f"/aid/a/{'0' * 32}").status_code == 404
