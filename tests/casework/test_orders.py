"""Work orders: the machine closes its loops; over HTTP from the chat to the rating."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from api.casework.county import load_county
from api.casework.errors import CaseworkError
from api.casework.orders import (
    FINAL,
    MACHINE,
    RECTIFY,
    RESIDENTS_TURN,
    Told,
    due,
    load_services,
    rating_step,
)
from api.casework.steps import Role
from api.core.deadlines import COUNTY as ZONE
from api.core.types import Handoff
from api.storage.casework_events import new_token
from api.storage.db import open_engine
from api.storage.migrate import migrate
from api.storage.orders import OrderStore
from api.storage.vault import Vault
from api.wiring import Application
from knowledge.corpus import Corpus
from knowledge.figures import unsupported
from knowledge.refs import parse_ref
from tests.conftest import NOW, ROOT, TODAY
from tests.desk import Colleague

COUNTY = load_county(ROOT / "county/county.yml")
SERVICES = load_services(ROOT / "county/services.yml")
TOLD = Told("张小满", "13800000000", "邻居砌墙占了宅基地", "柳河镇", "老李")


def local(moment: datetime | None) -> str:
    return f"{moment.astimezone(ZONE):%m-%d %H:%M}"


def test_from_every_state_an_end_is_reached_and_ends_are_ends() -> None:
    reaches = set(FINAL)
    for _ in MACHINE.states:
        reaches |= {s for step in MACHINE.steps.values() if step.to in reaches for s in step.begins}
    assert reaches == set(MACHINE.states)
    assert not any(step.begins & FINAL for step in MACHINE.steps.values())


def test_bad_ratings_close_nothing_before_they_are_put_right() -> None:
    assert {rating_step(stars) for stars in (1, 2)} == {"rate_badly"}
    assert {rating_step(stars) for stars in (3, 4, 5)} == {"rate_well"}
    assert MACHINE.steps["rate_badly"].to == "rectifying"
    assert {s.to for s in MACHINE.steps.values() if "rectifying" in s.begins} == {"answered"}


@pytest.mark.parametrize(
    ("state", "service", "by"),
    [
        ("new", "mediation", "11-24 17:30"),
        ("working", "mediation", "11-26 17:30"),
        ("working", "notary", "12-14 17:30"),
        ("rectifying", "mediation", "11-25 10:00"),
    ],
)
def test_deadlines_count_working_days(state: str, service: str, by: str) -> None:
    assert local(due(state, SERVICES.named(service), NOW, COUNTY)) == by


def test_promises_stand_on_articles(corpus: Corpus) -> None:
    for service in SERVICES.services.values():
        texts = [corpus.article(parse_ref(text), TODAY).text for text in service.laws]
        if "本县承诺" not in service.promise:
            assert unsupported(service.promise, "\n".join(texts)) == []


class OrderLife(RuleBasedStateMachine):
    """Any sequence of steps by anybody, over a real database."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        engine = open_engine("sqlite://")
        migrate(engine)
        vault = Vault({"k": bytes(32)})
        self.store = OrderStore(engine, vault, COUNTY, SERVICES, lambda: self.now)
        self.order = self.store.open("mediation", TOLD)
        self.taken = 1

    @rule(
        step=st.sampled_from(sorted(MACHINE.steps)),
        role=st.sampled_from(list(Role)),
        note=st.sampled_from(["", " ", "写了一句话"]),
        minutes=st.integers(0, 3000),
    )
    def anybody_tries(self, step: str, role: Role, note: str, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        before = self.order
        allowed = MACHINE.steps[step]
        try:
            self.order = self.store.take(before.id, step, role, f"{role}甲", note)
        except CaseworkError:
            self.order = self.store.numbered(before.id)
            assert self.order == before
            return
        assert before.state in allowed.begins and role is allowed.by
        assert note.strip() or not allowed.note
        self.taken += 1

    @precondition(lambda self: self.order.state == "answered")
    @rule(stars=st.integers(1, 5))
    def the_resident_rates(self, stars: int) -> None:
        self.order = self.store.rate(self.order.id, stars, "")
        self.taken += 1
        assert self.order.state == ("rectifying" if stars <= 2 else "closed")
        if stars <= 2:
            assert self.order.due_at == self.now + RECTIFY

    @invariant()
    def the_loop_is_closed(self) -> None:
        order = self.order
        waits_for_county = order.state not in FINAL | RESIDENTS_TURN
        assert (order.due_at is not None) == waits_for_county
        assert (order.owner is not None) or order.state in {"new", "cancelled"}
        if order.state in {"answered", "rectifying", "closed"}:
            assert order.result
        if order.state == "closed":
            assert order.rating is not None and order.rating > 2
        assert len(order.events) == self.taken == order.version


OrderLife.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestOrderLife = OrderLife.TestCase


def test_from_the_chat_to_a_bad_rating_put_right(
    client: TestClient, say: Callable[..., object], parts: Application, staff: Colleague
) -> None:
    facts = {"service": "mediation", "opponent": "老李", "dispute": "邻居砌墙占了宅基地"}
    parts.rasa.step = Handoff("refer", facts)
    url = say("能不能找人来调解").json()["links"][0]["url"]
    form = client.get(url).text
    assert 'value="老李"' in form and "邻居砌墙占了宅基地" in form and "不收取任何费用" in form
    told = {"name": "张小满", "phone": "13800000000", "township": "柳河镇", "opponent": "老李",
            "story": "邻居砌墙占了宅基地", "carried": url.split("=")[1]}  # fmt: skip
    page = client.post("/orders/new/mediation", data=told)
    assert "GD20261123-0001" in page.text and "柳河镇人民调解委员会" in page.text
    token = page.url.path.split("/")[-1]

    def take(step: str, note: str = "") -> object:
        body = {"step": step, "note": note}
        headers = {"X-CSRF-Token": staff.csrf}
        return staff.http.post("/api/v1/orders/1/steps", json=body, headers=headers)

    assert client.post("/api/v1/orders/1/steps", json={"step": "dispatch"}).status_code == 401
    for step, note in (("dispatch", ""), ("accept", ""), ("finish", "双方签了协议")):
        assert take(step, note).status_code == 200
    assert take("accept").json()["error"]["code"] == "step_refused"
    rated = client.post(
        f"/orders/o/{token}", data={"action": "rate", "stars": "2", "note": "墙没拆"}
    )
    assert "正在整改" in rated.text and "11月25日 10:00 前" in rated.text
    assert take("rectify", "又上门一次，墙已拆").json()["state"] == "answered"
    done = client.post(f"/api/v1/orders/{token}/rating", json={"stars": 5}).json()
    assert done["state"] == "closed" and done["result"] == "又上门一次，墙已拆"
    news = client.get("/api/v1/conversations/conversation-1/messages").json()["messages"]
    texts = [m["text"] for m in news]
    assert any("双方签了协议" in t for t in texts) and any("墙已拆" in t for t in texts)


def test_staff_pages(client: TestClient, staff: Colleague) -> None:
    body = {"service": "hotline", "name": "张小满", "phone": "13800000000", "story": "<b>想</b>问"}
    client.post("/api/v1/orders", json=body)
    assert "12348律师回电" in staff.http.get("/desk/orders").text
    page = staff.http.get("/desk/orders/1").text
    assert "&lt;b&gt;想" in page
    csrf = staff.csrf
    form = {"csrf": csrf, "action": "return", "note": "x"}
    assert "不能这样办" in staff.http.post("/desk/orders/1", data=form).text
    form = {"csrf": csrf, "action": "dispatch", "office": "演示县公共法律服务中心"}
    assert "等承办单位接收" in staff.http.post("/desk/orders/1", data=form).text
    form["csrf"] = "0" * 64
    assert staff.http.post("/desk/orders/1", data=form).status_code == 403


def test_an_hour_is_given_once(client: TestClient, parts: Application) -> None:
    listed = client.get("/api/v1/orders/services").json()
    notary = next(service for service in listed if service["name"] == "notary")
    first, second = notary["free_slots"][:2]
    assert datetime.fromisoformat(first).astimezone(ZONE).strftime("%m-%d %H:%M") == "11-24 09:00"
    body = {"service": "notary", "name": "张小满", "phone": "13800000000", "story": "公证遗嘱"}
    assert client.post("/api/v1/orders", json=body).status_code == 422
    made = client.post("/api/v1/orders", json=body | {"slot_at": first})
    assert made.status_code == 201
    again = client.post("/api/v1/orders", json=body | {"slot_at": first}).json()
    assert "换一个" in again["error"]["message"] and again["error"]["field"] == "slot_at"
    night = datetime(2026, 11, 24, 20, 0, tzinfo=UTC).isoformat()
    assert client.post("/api/v1/orders", json=body | {"slot_at": night}).status_code == 422
    assert client.post("/api/v1/orders", json=body | {"slot_at": second}).status_code == 201
    client.post(f"/orders/o/{made.json()['token']}", data={"action": "cancel"})
    free = parts.casework.orders.free_slots("notary", "")
    assert datetime.fromisoformat(first) in free


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"name": ""}, "姓名"),
        ({"phone": "没有"}, "能打通的电话"),
        ({"story": " "}, "什么事"),
        ({"story": "字" * 3001}, "太长"),
    ],
)
def test_a_wrong_field_is_named(client: TestClient, change: dict[str, str], complaint: str) -> None:
    told = {"name": "张", "phone": "13800000000", "story": "事"} | change
    assert complaint in client.post("/orders/new/hotline", data=told).text
    error = client.post("/api/v1/orders", json=told | {"service": "hotline"}).json()["error"]
    assert complaint in error["message"] and error["field"] in change


def test_unknown_orders_and_services(client: TestClient) -> None:
    assert client.get(f"/orders/o/{new_token()}").status_code == 404
    assert client.get("/orders/new/cooking").status_code == 404
