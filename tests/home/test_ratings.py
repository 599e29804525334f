"""Every service is rated once (一事一评); what was bad is put right within 48 hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import pytest
from fastapi.testclient import TestClient

from api.casework.orders import Told
from api.casework.steps import Role as Side
from api.home.ratings import Kind
from api.review.people import Role
from api.review.types import State
from api.wiring import Application
from tests.conftest import NOW, Clock
from tests.desk import Colleague, enter

TOLD = {"name": "张小满", "phone": "13800001234", "story": "邻居砌墙占了宅基地"}


def rate(
    client: TestClient, kind: str, subject: object, grade: str, **more: object
) -> httpx.Response:
    body = {"kind": kind, "subject": str(subject), "grade": grade, **more}
    return client.post("/api/v1/ratings", json=body)


def error_of(response: httpx.Response) -> dict[str, str]:
    return response.json()["error"]


@pytest.fixture
def answer(say: Callable[..., httpx.Response]) -> dict[str, object]:
    """An answer of the machine."""
    reply = say("公司拖欠工资怎么办").json()
    assert reply["rateable"] and reply["grade"] is None
    return reply


def on(answer: dict[str, object]) -> dict[str, object]:
    return {"conversation": answer["conversation"]}


def test_a_good_answer_is_thanked_for(client: TestClient, answer: dict[str, object]) -> None:
    kept = rate(client, "reply", answer["id"], "very_good", **on(answer)).json()
    assert kept["grade_label"] == "非常满意" and kept["follow_up"] == ""
    shown = client.get(f"/api/v1/conversations/{answer['conversation']}/messages").json()
    assert [m["reply"]["grade"] for m in shown["messages"] if m["reply"]] == ["very_good"]


def test_a_bad_answer_goes_to_a_lawyer_who_has_48_hours(
    client: TestClient, parts: Application, staff: Colleague, answer: dict[str, object]
) -> None:
    more = {"reasons": ["wrong"], "note": "电话13800001234"}
    kept = rate(client, "reply", answer["id"], "bad", **on(answer), **more).json()
    assert "48小时内答复您" in kept["message"] and kept["follow_up"] in kept["message"]
    case = parts.reviews.all()[0]
    assert case.reference == kept["follow_up"] and case.state is State.QUEUED
    assert case.due_at <= NOW + timedelta(hours=48) and case.question == "公司拖欠工资怎么办"
    assert case.draft is not None and case.draft.citations
    page = staff.page(f"/cases/{case.id}")
    assert "不满意" in page and "说得不对" in page
    assert "13800001234" not in page
    again = rate(client, "reply", answer["id"], "bad", **on(answer)).json()
    assert again["follow_up"] == kept["follow_up"] and len(parts.reviews.all()) == 1


def test_a_rating_changes_for_a_week(
    client: TestClient, parts: Application, clock: Clock, answer: dict[str, object]
) -> None:
    rate(client, "reply", answer["id"], "fair", **on(answer))
    clock.forward(days=6)
    assert rate(client, "reply", answer["id"], "good", **on(answer)).json()["grade"] == "good"
    clock.forward(days=2)
    late = rate(client, "reply", answer["id"], "bad", **on(answer))
    assert late.status_code == 409 and "满七天" in error_of(late)["message"]
    assert len(parts.home.ratings.of_conversation("conversation-1")) == 1


def test_a_lawyers_answer_is_rated_and_comes_back(
    client: TestClient, parts: Application, staff: Colleague, say: Callable[..., httpx.Response],
    clock: Clock,
) -> None:  # fmt: skip
    parts.library.confidence = 0.1
    held = say("公司拖欠工资怎么办").json()
    assert not held["rateable"]
    case = parts.reviews.all()[0]
    staff.do(case.id, "claim")
    draft = "可以向劳动监察投诉。依据《中华人民共和国劳动合同法》第三十条。"
    staff.do(case.id, "decide", text=draft)
    clock.forward(seconds=11)
    parts.office.clockwork.tick()
    path = f"/api/v1/conversations/{held['conversation']}/messages"
    reply = client.get(path).json()["messages"][-1]["reply"]
    assert reply["author"] == "lawyer" and reply["rateable"]
    good = rate(client, "reply", reply["id"], "good", conversation=held["conversation"])
    assert good.json()["follow_up"] == ""
    assert parts.reviews.get(case.id).state is State.RATED
    bad = rate(client, "reply", reply["id"], "bad", conversation=held["conversation"]).json()
    assert bad["follow_up"] == case.reference
    back = parts.reviews.get(case.id)
    assert back.state is State.RECTIFY and back.due_at <= clock() + timedelta(hours=48)
    kept = rate(client, "reply", reply["id"], "fair", conversation=held["conversation"])
    assert kept.status_code == 200 and parts.reviews.get(case.id).state is State.RECTIFY


def test_nobody_rates_what_others_were_told(client: TestClient, answer: dict[str, object]) -> None:
    other = rate(client, "reply", answer["id"], "bad", conversation="conversation-2")
    assert other.status_code == 409 and "没有找到" in error_of(other)["message"]
    none = rate(client, "reply", 999, "bad", **on(answer))
    assert none.status_code == 409


def test_a_paper_rated_badly_opens_an_order(client: TestClient, parts: Application) -> None:
    body = {"kind": "mediation", "facts": {"name": "张小满"}}
    token = client.post("/api/v1/papers", json=body).json()["token"]
    kept = rate(client, "paper", token, "bad", reasons=["unclear"]).json()
    order = parts.casework.orders.all()[0]
    assert order.reference == kept["follow_up"] and order.state == "rectifying"
    assert order.due_at == NOW + timedelta(hours=48)
    assert "看不懂" in order.told.story and order.told.name == "张小满"
    assert rate(client, "paper", token, "bad").json()["follow_up"] == kept["follow_up"]
    assert len(parts.casework.orders.all()) == 1
    page = client.get(f"/papers/p/{token}").text
    assert 'value="bad" aria-pressed="true"' in page and "您评了“不满意”" in page


def test_an_order_made_by_a_bad_rating_is_worked_like_any_other(
    client: TestClient, parts: Application, staff: Colleague
) -> None:
    token = client.post("/api/v1/papers", json={"kind": "mediation", "facts": {}}).json()["token"]
    rate(client, "paper", token, "bad")
    order = parts.casework.orders.all()[0]
    assert "不满意整改" in staff.page("/orders") and "不满意整改" in staff.page("/orders/1")
    headers = {"X-CSRF-Token": staff.csrf}
    done = staff.http.post(
        "/api/v1/orders/1/steps", json={"step": "rectify", "note": "已重写"}, headers=headers
    )
    assert done.json()["state"] == "answered"
    assert "办得怎么样" in client.get(f"/orders/o/{order.token}").text
    assert rate(client, "order", order.token, "good").status_code == 200
    assert client.get("/orders/new/rectify").status_code == 404  # nobody chooses it


def test_an_order_is_rated_when_it_is_done(
    client: TestClient, parts: Application, staff: Colleague
) -> None:
    made = client.post("/api/v1/orders", json={**TOLD, "service": "mediation"}).json()
    early = rate(client, "order", made["token"], "good")
    assert early.status_code == 409 and "还没有办结" in error_of(early)["message"]
    headers = {"X-CSRF-Token": staff.csrf}
    for step, note in (("dispatch", ""), ("accept", ""), ("finish", "签了协议")):
        staff.http.post(
            "/api/v1/orders/1/steps", json={"step": step, "note": note}, headers=headers
        )
    bad = rate(client, "order", made["token"], "bad").json()
    assert bad["follow_up"] == made["reference"]
    assert parts.casework.orders.get(made["token"]).state == "rectifying"
    changed = rate(client, "order", made["token"], "good")
    assert changed.status_code == 409 and "12348" in error_of(changed)["message"]
    old = client.post(f"/api/v1/orders/{made['token']}/rating", json={"stars": 1})
    assert old.status_code == 200  # the same bad grade again changes nothing


def test_stars_and_grades_are_one_rating(client: TestClient, parts: Application) -> None:
    order = parts.casework.orders.rectify(Told("张小满", "13800001234", "事"), None)
    parts.casework.orders.take(order.id, "rectify", Side.STAFF, "王律师", "改好了")
    client.post(f"/api/v1/orders/{order.token}/rating", json={"stars": 5})
    kept = parts.home.ratings.of(Kind.ORDER, order.token)
    assert kept is not None and kept.grade == "very_good"


def test_legal_aid_is_rated_when_it_is_decided(client: TestClient, parts: Application) -> None:
    body = {**TOLD, "matter": "wages", "low_income": "yes"}
    made = client.post("/api/v1/legal-aid/applications", json=body)
    token = made.json()["token"]
    assert rate(client, "aid", token, "good").status_code == 409
    parts.casework.aid.take(1, "refuse", Side.STAFF, "王律师", "不属于范围")
    assert "您满意吗" in client.get(f"/aid/a/{token}").text
    assert rate(client, "aid", token, "bad").json()["follow_up"].startswith("GD")


def test_without_script(client: TestClient, answer: dict[str, object]) -> None:
    form = {"kind": "reply", "subject": str(answer["id"]), **on(answer), "grade": "bad"}
    page = client.post("/ratings", data=form)
    assert page.status_code == 200 and "我们马上改" in page.text and "48小时" in page.text
    again = client.post("/ratings", data={**form, "reasons": ["slow", "unclear"], "note": "<b>慢"})
    assert "&lt;b&gt;慢" in again.text and again.text.count("checked") == 2
    odd = client.post("/ratings", data={**form, "grade": "perfect"})
    assert odd.status_code == 409 and "没有看懂" in odd.text
    lost = client.post("/ratings", data={**form, "conversation": "conversation-2"})
    assert lost.status_code == 409 and "没有找到" in lost.text


WRONG = ({"grade": "super"}, {"kind": "tea"}, {"subject": "../1"}, {"reasons": ["x"]})


def test_in_the_talk_without_script_too(client: TestClient) -> None:
    client.post("/talk", data={"text": "公司拖欠工资怎么办", "agreed": "yes"})
    page = client.get("/talk").text
    assert 'action="/ratings"' in page and 'name="kind" value="reply"' in page


@pytest.mark.parametrize("wrong", [*WRONG, {"note": "字" * 1001}])
def test_wrong_ratings(
    client: TestClient, answer: dict[str, object], wrong: dict[str, object]
) -> None:
    body = {"kind": "reply", "subject": str(answer["id"]), "grade": "good", **on(answer), **wrong}
    assert client.post("/api/v1/ratings", json=body).status_code in (409, 422)


def test_figures_for_the_bureau_without_a_word_of_anybody(
    client: TestClient, parts: Application, answer: dict[str, object]
) -> None:
    rate(client, "reply", answer["id"], "bad", **on(answer), note="张小满说得不清")
    page = enter(client, parts.office, "苏统计", Role.ANALYST).page("/figures")
    assert "咨询答复" in page and "0%" in page and "张小满" not in page


def test_when_it_may_be_changed_until(client: TestClient, answer: dict[str, object]) -> None:
    kept = rate(client, "reply", answer["id"], "good", **on(answer)).json()
    assert datetime.fromisoformat(kept["changeable_until"]) == NOW + timedelta(days=7)
