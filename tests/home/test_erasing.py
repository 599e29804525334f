"""Erasing: every word goes from every table, what must stay is masked, the audit chain holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import LargeBinary, select

from api.casework.steps import Role as Side
from api.storage.home_tables import ratings
from api.storage.sealed import SealedJson, SealedText
from api.storage.tables import metadata
from api.wiring import Application
from tests.conftest import Clock
from tests.desk import Colleague
from tests.home.conftest import PHONE, Neighbour
from tests.home.test_file import AID, application

__all__ = ["application"]

SECRET = "柳河东湾砖厂"
TALK = "conversation-secret"

#: Tables with something of a person in them that erasing sees to, and those that hold nothing.
ERASED = {
    "aid_applications", "audit_texts", "carried", "case_pictures", "casework_events",
    "channel_inbox", "channel_people", "consents", "contact_ways", "conversations", "faq_drafts",
    "messages", "notes", "orders", "outbox", "papers", "ratings", "resident_codes",
    "resident_links", "resident_sessions", "residents", "reviews", "uploads",
}  # fmt: skip
NOBODYS = {
    "api_keys", "api_usage", "audit", "audit_head", "double_reviews", "kiosks", "sessions", "staff",
}  # fmt: skip


def everything(parts: Application) -> str:
    """All the database says, its seals opened."""
    told: list[str] = []
    with parts.engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                told += [str(value) for value in row if not isinstance(value, bytes)]
                told += _opened(parts, table.name, row)
    return "\n".join(told)


def _opened(parts: Application, table: str, row: Any) -> list[str]:
    purposes = {"aid_applications": "aid", "orders": "order", "papers": "paper",
                "ratings": "rating", "residents": "resident", "resident_codes": "code",
                "carried": "carried"}  # fmt: skip
    if table not in purposes:
        return []
    return [parts.casework.vault.open(row.sealed, f"{purposes[table]}:{row.token}").decode()]


def test_every_table_with_words_of_people_is_seen_to(parts: Application) -> None:
    assert parts.engine  # the tables are all registered
    assert set(metadata.tables) == ERASED | NOBODYS, "say here whether erasing covers the new table"
    for table in metadata.sorted_tables:
        personal = any(
            isinstance(column.type, SealedText | SealedJson | LargeBinary)
            or column.name in ("conversation", "resident")
            for column in table.columns
        )
        assert not personal or table.name in ERASED


@pytest.fixture
def life(
    client: TestClient, parts: Application, say: Callable[..., httpx.Response],
    staff: Colleague, resident: Neighbour,
) -> dict[str, str]:  # fmt: skip
    """A resident who has told a secret wherever one can."""
    parts.library.confidence = 0.1
    say(f"{SECRET}拖欠工资怎么办", TALK)
    case = parts.reviews.all()[0]
    staff.do(case.id, "claim")
    staff.do(case.id, "note", text=f"{SECRET}的老案子")
    staff.do(case.id, "release")
    told = AID | {"story": SECRET, "opponent": SECRET}
    aid = client.post("/api/v1/legal-aid/applications", json=told).json()["token"]
    order = client.post("/api/v1/orders", json={
        "service": "mediation", "name": "张小满", "phone": PHONE, "story": SECRET,
    }).json()["token"]  # fmt: skip
    body = {"kind": "mediation", "facts": {"name": "张小满", "dispute": SECRET}}
    paper = client.post("/api/v1/papers", json=body).json()["token"]
    client.post(
        "/api/v1/ratings",
        json={"kind": "paper", "subject": paper, "grade": "fair", "note": SECRET},
    )
    resident.post("/talks", conversation=TALK, give="yes")
    for kind, token in (("aid", aid), ("order", order), ("paper", paper)):
        resident.post(f"/keep/{kind}/{token}")
    return {"aid": aid, "order": order, "paper": paper}


def erase(resident: Neighbour) -> httpx.Response:
    return resident.post("/erase", sure="yes", last=PHONE[-4:])


def test_it_is_asked_twice(resident: Neighbour, life: dict[str, str]) -> None:
    assert life
    page = resident.http.get("/my/erase").text
    assert "1段对话" in page and "找不回来" in page
    for form in ({}, {"sure": "yes"}, {"last": PHONE[-4:]}, {"sure": "yes", "last": "0000"}):
        refused = resident.post("/erase", **form)
        assert refused.status_code == 422 and "最后四位" in refused.text
    assert "退出" in resident.page()


def test_no_word_is_left_anywhere(
    resident: Neighbour, parts: Application, life: dict[str, str], client: TestClient
) -> None:
    before = everything(parts)
    assert before.count(SECRET) > 5 and "张小满" in before
    done = erase(resident)
    assert done.status_code == 200 and "已经删除" in done.text and "对话：1" in done.text
    left = everything(parts)
    for word in (SECRET, "张小满", PHONE, TALK, *life.values()):
        assert word not in left
    assert "您的手机号" in resident.page()
    history = client.get(f"/api/v1/conversations/{TALK}/messages").json()
    assert history["messages"] == []
    assert client.get(f"/aid/a/{life['aid']}").status_code == 404
    assert parts.rasa.forgotten == [TALK]


def test_what_stays_is_a_number_and_a_masked_name(
    resident: Neighbour, parts: Application, life: dict[str, str], staff: Colleague
) -> None:
    assert life
    erase(resident)
    aid, order = parts.casework.aid.numbered(1), parts.casework.orders.numbered(1)
    assert (aid.reference, aid.state) == ("FY20261123-0001", "withdrawn")
    assert (aid.applicant.name, aid.applicant.phone) == ("张**", "138****1234")
    assert (order.state, order.told.name) == ("cancelled", "张**")
    assert aid.due_at is None and order.due_at is None and not aid.photos
    case = parts.reviews.all()[0]
    assert case.state == "closed" and "删除" in case.question
    for path in ("/aid/1", "/orders/1", f"/cases/{case.id}"):
        assert staff.http.get(f"/desk{path}").status_code == 200
    assert staff.http.get("/desk").status_code == 200


def test_the_audit_trail_holds_and_tells_of_it(
    resident: Neighbour, parts: Application, life: dict[str, str]
) -> None:
    assert life
    erase(resident)
    assert parts.office.trail.verify() == []
    last = list(parts.office.trail.all())[-1]
    assert (last.action, last.by) == ("erase", "居民")
    assert last.details == {"aid": "1", "order": "1", "paper": "1", "conversation": "1"}


def test_grades_count_on_without_anybody(
    resident: Neighbour, parts: Application, life: dict[str, str]
) -> None:
    assert life
    erase(resident)
    assert [(one.kind, one.total) for one in parts.home.ratings.tallies()] == [("paper", 1)]
    with parts.engine.connect() as connection:
        row = connection.execute(select(ratings)).one()
    assert row.conversation is None and row.subject not in life.values()


def test_what_is_being_done_for_the_resident_stays_until_it_is_done(
    resident: Neighbour, parts: Application, life: dict[str, str]
) -> None:
    parts.casework.aid.take(1, "grant", Side.STAFF, "王律师", "符合条件")
    assert "FY20261123-0001" in resident.http.get("/my/erase").text
    assert "办结前保留" in erase(resident).text
    kept = parts.casework.aid.get(life["aid"])
    assert kept.applicant.name == "张小满"
    again = resident.enter()
    assert "FY20261123-0001" in again.page()  # told under the phone; its link puts it back


def test_photos_go(resident: Neighbour, parts: Application, application: str) -> None:
    resident.post(f"/keep/aid/{application}")
    assert parts.casework.aid.numbered(1).photos
    erase(resident)
    assert parts.casework.aid.numbered(1).photos == ()


def test_an_hour_given_back_by_erasing_is_free_again(
    client: TestClient, parts: Application, resident: Neighbour
) -> None:
    slot = parts.casework.orders.free_slots("notary", "")[0]
    body = {"service": "notary", "name": "张小满", "phone": PHONE, "story": "遗嘱"}
    token = client.post("/api/v1/orders", json=body | {"slot_at": slot.isoformat()}).json()["token"]
    resident.post(f"/keep/order/{token}")
    erase(resident)
    assert slot in parts.casework.orders.free_slots("notary", "")


def test_others_keep_theirs(
    resident: Neighbour, parts: Application, life: dict[str, str],
    say: Callable[..., httpx.Response], clock: Clock,
) -> None:  # fmt: skip
    assert life
    clock.forward(minutes=1)
    say("邻居的事", "conversation-other")
    erase(resident)
    assert parts.messages.history("conversation-other")[0].text == "邻居的事"
