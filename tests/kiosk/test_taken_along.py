"""What leaves the kiosk: the printed page, the code for the phone, papers, a call for a person."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import yaml
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.casework.errors import CaseUnknown, FormInvalid
from api.casework.pocket import chosen
from api.channels.kiosk.handover import LASTS, opened, sealed
from api.clients.identity import TypedIdentity
from api.faq_live import desk_faq
from api.wiring import Application
from knowledge.faq import load_faq
from tests.conftest import NOW, ROOT, TODAY, Clock
from tests.desk import Colleague
from tests.kiosk.test_device import add

ID = "11010519491231002X"


def asked(client: TestClient, words: str = "公司拖欠工资怎么办") -> dict[str, object]:
    body = {"conversation": "conversation-1", "channel": "kiosk", "text": words}
    return client.post("/api/v1/messages", json=body | {"client_message_id": "message-1"}).json()


def test_the_printed_page_has_question_answer_number_and_code(client: TestClient) -> None:
    reply = asked(client)
    for roll in ("80mm", "a4"):
        page = client.get(f"/kiosk/slip/conversation-1/{reply['id']}?roll={roll}")
        assert "公司拖欠工资怎么办" in page.text and "第八十五条" in page.text
        assert f"DF-{reply['id']:06d}" in page.text and "handover.svg" in page.text
        assert "12348" in page.text and f"slip-{roll}.css" in page.text
        assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-store"
    assert client.get(f"/kiosk/slip/conversation-2/{reply['id']}").status_code == 404
    assert client.get(f"/kiosk/slip/conversation-1/{reply['id'] - 1}").status_code == 404


def test_a_sum_is_printed_with_what_was_told_and_stands_in_no_address(client: TestClient) -> None:
    told = {"monthly_wage": "4350", "workday_hours": "10"}
    for roll in ("80mm", "a4"):
        page = client.post(f"/kiosk/sum/overtime?roll={roll}", data=told)
        assert "375元" in page.text and "月工资：4350元/月" in page.text
        assert "第四十四条" in page.text and f"slip-{roll}.css" in page.text
        assert ("百分之一百五十" in page.text) is (
            roll == "a4"
        )  # the law's words need a large sheet
        assert "handover.svg" not in page.text and "编号" not in page.text
        assert page.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    wrong = client.post("/kiosk/sum/overtime", data=told | {"monthly_wage": "很多"})
    assert wrong.status_code == 422 and "月工资" in wrong.text
    assert client.post("/kiosk/sum/nothing", data=told).status_code == 404
    assert client.get("/kiosk/sum/overtime").status_code == 405


def test_the_code_goes_on_with_the_conversation_on_the_phone(
    client: TestClient, clock: Clock
) -> None:
    asked(client)
    picture = client.get("/api/v1/conversations/conversation-1/handover.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert client.get("/api/v1/conversations/nobody-here/handover.svg").status_code == 404
    token = sealed("secret-key", "conversation-1", clock() + LASTS)
    assert "conversation" not in token
    page = client.get(f"/go/{token}")
    assert "公司拖欠工资" not in page.text  # who only previews the link sees nothing
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "公司拖欠工资怎么办" in client.post(f"/go/{token}").text
    clock.forward(days=8)
    over = client.get(f"/go/{token}")
    assert over.status_code == 404 and "过期" in over.text


@given(st.integers(0, 60), st.integers(1, 63))
def test_a_changed_code_opens_nothing(place: int, step: int) -> None:
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    token = sealed("secret", "b1946ac92492d2347c6235b4d2611184", NOW + timedelta(1))
    other = signs[(signs.index(token[place]) + step) % 64]
    with pytest.raises(CaseUnknown):
        opened("secret", token[:place] + other + token[place + 1 :], NOW)
    with pytest.raises(CaseUnknown):
        opened("another secret", token, NOW)


def test_a_call_is_on_the_desk_at_once_with_the_kiosk_as_its_place(
    client: TestClient, parts: Application, staff: Colleague
) -> None:
    client.post(f"/kiosk/register/{add(parts)}")
    asked(client)
    body = {"name": "张小满", "phone": "13800000000", "conversation": "conversation-1"}
    order = client.post("/api/v1/kiosk/calls", json=body).json()
    assert order["state_label"] == "已受理，等着派单" and "回电" in order["promise"]
    place = "柳河镇东湾村便民服务点（东湾一号）"
    assert place in staff.page("/kiosks") and place in staff.page("/orders")
    assert place in staff.page("/orders/1")
    step = {"step": "dispatch"}
    staff.http.post(
        "/api/v1/orders/1/steps", json=step, headers={"X-CSRF-Token": staff.csrf}
    ).raise_for_status()
    state = client.get(f"/api/v1/orders/{order['token']}").json()["state_label"]
    assert state == "已派单，等承办单位接收"
    news = client.get("/api/v1/conversations/conversation-1/messages").json()["messages"]
    assert "已派单" in news[-1]["text"]


def test_without_a_telephone_the_attendant_is_rung(client: TestClient, parts: Application) -> None:
    error = client.post("/api/v1/kiosk/calls", json={}).json()["error"]
    assert error["field"] == "phone" and "12348" in error["message"]
    keys = parts.casework.kiosks.add("乙", "柳河镇", "", "", "0000-5550114")
    client.post(f"/kiosk/register/{keys.link}")
    made = client.post("/api/v1/kiosk/calls", json={}).json()
    told = parts.casework.orders.get(made["token"]).told
    assert told.phone == "0000-5550114" and told.township == "柳河镇"


def test_late_kiosks_and_paper_on_the_desk(
    client: TestClient, parts: Application, staff: Colleague, clock: Clock
) -> None:
    client.post(f"/kiosk/register/{add(parts)}")
    client.post("/api/v1/kiosk/heartbeat", json={"microphone": "ok"})
    assert "正常" in staff.page("/kiosks")
    staff.http.post("/desk/kiosks/1", data={"csrf": staff.csrf, "supply": "out"})
    clock.forward(minutes=4)
    assert "没有动静、没纸" in staff.page("/kiosks")
    wrong = staff.http.post("/desk/kiosks/1", data={"csrf": staff.csrf, "supply": "wet"})
    assert wrong.status_code == 422
    assert client.get("/desk/kiosks", follow_redirects=False).status_code == 303


def test_a_paper_filled_with_the_identity_card(client: TestClient, parts: Application) -> None:
    person = {"name": "张小满", "number": ID.lower()}
    known = client.post("/api/v1/kiosk/identity", json=person).json()
    assert known["masked"] == "110105********002X" and "19491231" not in str(known)
    form = client.get("/api/v1/kiosk/papers/aid_application").json()
    assert {"name", "id_number"} <= {field["name"] for field in form["fields"]}
    body = {"kind": "aid_application", "facts": {"opponent": "鑫源公司"}}
    made = client.post("/api/v1/kiosk/papers", json=body | {"identity": known["token"]}).json()
    page = client.get(f"/kiosk/paper/{made['token']}").text
    assert ID in page and "鑫源公司" in page and "女，76岁" in page
    assert "身份证号" not in made["missing"] and "民族" in made["missing"]
    with parts.engine.connect() as connection:
        for table in ("carried", "papers"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608
            assert rows and ID not in str(rows) and "张小满".encode() not in str(rows).encode()


@pytest.mark.parametrize(
    ("name", "number", "complaint"),
    [
        ("", ID, "姓名"),
        ("张", "110105194912310021", "身份证号不对"),
        ("张", "没有", "身份证号不对"),
        ("张", "110105194913310021", "出生日期"),
        ("张", "110105209912310029", "出生日期"),
    ],
)
def test_what_is_no_identity_card(name: str, number: str, complaint: str) -> None:
    with pytest.raises(FormInvalid, match=complaint):
        TypedIdentity().read(name, number, TODAY)


def test_facts_of_the_conversation_are_in_the_paper(client: TestClient, parts: Application) -> None:
    token = parts.casework.carried.put({"employer": "鑫源公司", "monthly_wage": "5000"}, None)
    form = client.get(f"/api/v1/kiosk/papers/labour_arbitration?from={token}").json()
    assert {"鑫源公司", "5000"} <= {field["value"] for field in form["fields"]}
    assert client.get("/api/v1/kiosk/papers/recipe").status_code == 404


def test_what_is_kept_for_times_without_network(client: TestClient) -> None:
    kept = client.get("/kiosk/offline.json").json()
    assert kept["hotline"] == "12348" and kept["demo"] and len(kept["places"]) > 20
    assert len(kept["faq"]) == 100
    assert kept["faq"][0]["question"] == "公司、老板拖欠工资怎么办？"  # the county's own list first
    assert all(entry["answer"] and entry["laws"] for entry in kept["faq"])


def test_topics_take_turns() -> None:
    entries = load_faq(ROOT / "knowledge/faq")
    kept = chosen(entries, ["no-such-id", entries[5].id])
    assert kept[0] == entries[5] and len(set(kept)) == 100
    assert len({entry.topic for entry in kept[:20]}) == len({entry.topic for entry in entries})


def test_the_service_worker_lists_files_that_are_there(client: TestClient) -> None:
    worker = client.get("/kiosk/worker.js")
    assert worker.headers["service-worker-allowed"] == "/kiosk"
    files = re.findall(r'"(/[^"]+)"', worker.text.splitlines()[1])
    assert "/static/kiosk/main.js" in files
    assert all(client.get(path).status_code == 200 for path in files)
    page = client.get("/kiosk").text
    assert set(re.findall(r'"(/static/[^"#]+)', page)) <= set(files)


def test_every_module_the_kiosk_imports_is_kept(client: TestClient) -> None:
    files = client.get("/kiosk/worker.js").text.splitlines()[1]
    for path in (ROOT / "api/static/kiosk").glob("*.js"):
        for name in re.findall(r'from "\./(\w+\.js)"', path.read_text(encoding="utf-8")):
            assert f"/static/kiosk/{name}" in files
        for name in re.findall(r'from "\.\./chat/(\w+\.js)"', path.read_text(encoding="utf-8")):
            assert f"/static/chat/{name}" in files
    for kept in re.findall(r"/static/(chat/\w+\.js)", files):
        source = (ROOT / "api/static" / kept).read_text(encoding="utf-8")
        for name in re.findall(r'from "\./(\w+\.js)"', source):
            assert f"/static/chat/{name}" in files


def test_what_the_desk_published_is_kept_as_well(client: TestClient, parts: Application) -> None:
    entry = {
        "id": "desk-1",
        "question": "柳河镇的赶集日摆摊要办证吗？",
        "answer": "先问市场监督管理所。",
        "citations": ["《中华人民共和国劳动合同法》第三十条"],
    }
    repealed = entry | {"id": "desk-2", "citations": ["《中华人民共和国劳动合同法》第九百条"]}
    folder = desk_faq(parts.settings)
    folder.mkdir()
    document = {"topic": "劳动", "entries": [entry, repealed]}
    (folder / "00.yml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    kept = [one["question"] for one in client.get("/kiosk/offline.json").json()["faq"]]
    assert kept.count(entry["question"]) == 1
    assert len(kept) == 100
