"""The plain desk over HTTP: who may in, what is listed, what may be sent."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from api.wiring import Application

LAWYER = ("王律师", "desk-password")


@pytest.fixture
def case(say: Callable[..., object], parts: Application) -> int:
    """A held question."""
    parts.library.confidence = 0.1
    say("公司<b>拖欠</b>工资怎么办")
    return parts.reviews.all()[0].id


def csrf(client: TestClient, case: int) -> str:
    page = client.get(f"/desk/{case}", auth=LAWYER).text
    return re.search(r'name="csrf" value="([0-9a-f]+)"', page)[1]


def send(client: TestClient, case: int, answer: str) -> object:
    form = {"csrf": csrf(client, case), "answer": answer, "action": "send"}
    return client.post(f"/desk/{case}", data=form, auth=LAWYER, follow_redirects=False)


@pytest.mark.parametrize("auth", [None, ("王律师", "wrong"), ("", "desk-password")])
def test_strangers_stay_out(client: TestClient, auth: tuple[str, str] | None) -> None:
    for path in ("/desk", "/desk/1"):
        response = client.get(path, auth=auth) if auth else client.get(path)
        assert response.status_code == 401
        assert "Basic" in response.headers["www-authenticate"]


@pytest.mark.usefixtures("case")
def test_the_queue_shows_the_case_with_its_reason(client: TestClient) -> None:
    page = client.get("/desk", auth=LAWYER).text
    assert "机器对找到的法条把握不够" in page
    assert "公司&lt;b&gt;拖欠&lt;/b&gt;工资" in page and "<b>拖欠" not in page


def test_an_answer_with_good_citations_reaches_the_resident(client: TestClient, case: int) -> None:
    response = send(client, case, "依据《中华人民共和国劳动合同法》第三十条，可以申请支付令。")
    assert response.status_code == 303
    got = client.get("/api/v1/conversations/conversation-1/messages").json()["messages"][-1]
    assert got["author"] == "lawyer" and got["reply"]["reviewed"]
    assert [c["article"] for c in got["reply"]["citations"]] == ["第三十条"]
    assert "支付令" in got["reply"]["citations"][0]["text"]


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ("", "答复是空的"),
        ("字" * 5001, "最多5000个字"),
        ("依据《中华人民共和国劳动合同法》第九百条处理。", "第九百条"),
        ("依据《不存在的法》第一条处理。", "不存在的法"),
    ],
)
def test_what_does_not_hold_is_not_sent(
    client: TestClient, parts: Application, case: int, answer: str, complaint: str
) -> None:
    response = send(client, case, answer)
    assert response.status_code == 422 and complaint in response.text
    assert parts.reviews.get(case).state == "queued"
    assert len(parts.messages.history("conversation-1")) == 2


def test_a_second_answer_is_refused(client: TestClient, parts: Application, case: int) -> None:
    token = csrf(client, case)
    form = {"csrf": token, "answer": "可以投诉。", "action": "send"}
    assert (
        client.post(f"/desk/{case}", data=form, auth=LAWYER, follow_redirects=False).status_code
        == 303
    )
    again = client.post(f"/desk/{case}", data=form, auth=LAWYER)
    assert again.status_code == 409 and "没有重复发送" in again.text
    assert len(parts.messages.history("conversation-1")) == 3


def test_a_forged_form_is_refused(client: TestClient, parts: Application, case: int) -> None:
    form = {"csrf": "0" * 64, "answer": "伪造", "action": "send"}
    assert client.post(f"/desk/{case}", data=form, auth=LAWYER).status_code == 403
    assert parts.reviews.get(case).state == "queued"


def test_an_unknown_case(client: TestClient) -> None:
    assert client.get("/desk/999", auth=LAWYER).status_code == 404
