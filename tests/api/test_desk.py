"""The desk's pages over HTTP: who may in, what is listed, what may be sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api.review.people import Role
from api.review.types import State
from api.wiring import Application
from tests.conftest import Clock
from tests.desk import Colleague, enter

GOOD = "依据《中华人民共和国劳动合同法》第三十条，可以申请支付令。"


@pytest.fixture
def case(say: Callable[..., object], parts: Application) -> int:
    """A held question."""
    parts.library.confidence = 0.1
    say("公司<b>拖欠</b>工资怎么办，我电话13812345678")
    return parts.reviews.all()[0].id


@pytest.fixture
def wang(client: TestClient, parts: Application) -> Colleague:
    return enter(client, parts.office, "王律师")


@pytest.fixture
def li(client: TestClient, parts: Application) -> Colleague:
    return enter(client, parts.office, "李律师")


@pytest.fixture
def chen(client: TestClient, parts: Application) -> Colleague:
    return enter(client, parts.office, "陈主管", Role.SUPERVISOR)


def seconds_pass(parts: Application, clock: Clock, seconds: float = 11) -> None:
    clock.forward(seconds=seconds)
    parts.office.clockwork.tick()


def heard(client: TestClient) -> list[dict[str, object]]:
    path = "/api/v1/conversations/conversation-1/messages"
    return client.get(path).json()["messages"]


@pytest.mark.parametrize("path", ["/desk", "/desk/cases/1", "/desk/people", "/desk/audit"])
def test_strangers_are_sent_to_the_door(client: TestClient, path: str) -> None:
    response = client.get(path, follow_redirects=False)
    assert response.status_code == 303 and response.headers["location"] == "/desk/login"
    assert client.post("/desk/cases/1/claim").status_code == 401
    assert client.get("/api/v1/reviews").status_code == 401


@pytest.mark.usefixtures("case")
def test_the_queue_shows_the_case_with_its_reason(wang: Colleague) -> None:
    page = wang.page()
    assert "机器对找到的法条把握不够" in page
    assert "公司&lt;b&gt;拖欠&lt;/b&gt;工资" in page and "<b>拖欠" not in page
    assert "13812345678" not in page and "〔手机号〕" in page


def test_an_edited_answer_reaches_the_resident_after_ten_seconds(
    client: TestClient, parts: Application, clock: Clock, wang: Colleague, case: int
) -> None:
    assert wang.do(case, "claim").status_code == 303
    assert wang.do(case, "decide", text=GOOD).status_code == 303
    assert "还可以撤回" in wang.page(f"/cases/{case}")
    seconds_pass(parts, clock, 9)
    assert heard(client)[-1]["author"] == "machine"
    seconds_pass(parts, clock, 2)
    got = heard(client)[-1]
    assert got["author"] == "lawyer" and got["reply"]["reviewed"]
    assert [c["article"] for c in got["reply"]["citations"]] == ["第三十条"]
    assert "支付令" in got["reply"]["citations"][0]["text"]
    delivered = parts.reviews.get(case)
    assert delivered.state is State.DELIVERED and delivered.outcome is State.EDITED
    page = wang.page(f"/cases/{case}")
    assert "<ins>" in page and "<del>" in page


def test_the_draft_as_it_stands_keeps_its_parts(
    client: TestClient, parts: Application, clock: Clock, wang: Colleague, case: int
) -> None:
    wang.do(case, "claim")
    wang.do(case, "decide", text=parts.reviews.get(case).draft_text)
    assert parts.reviews.get(case).outcome is State.APPROVED
    seconds_pass(parts, clock)
    assert len(heard(client)[-1]["reply"]["citations"]) == 2
    assert heard(client)[-1]["reply"]["where"]


@pytest.mark.parametrize(
    ("form", "complaint"),
    [
        ({"text": ""}, "答复是空的"),
        ({"text": "字" * 5001}, "最多5000个字"),
        ({"text": "依据《中华人民共和国劳动合同法》第九百条处理。"}, "第九百条"),
        ({"text": "依据《不存在的法》第一条处理。"}, "不存在的法"),
        ({"kind": "reject", "text": ""}, "请写明不能书面答复的原因"),
        ({"kind": "refer", "text": "", "place": ""}, "请选择转到哪里"),
    ],
)
def test_what_does_not_hold_is_not_sent(
    parts: Application,
    clock: Clock,
    wang: Colleague,
    case: int,
    form: dict[str, str],
    complaint: str,
) -> None:
    wang.do(case, "claim")
    response = wang.do(case, "decide", **form)
    assert response.status_code == 409 and complaint in response.text
    seconds_pass(parts, clock)
    assert parts.reviews.get(case).state is State.CLAIMED
    assert len(parts.messages.history("conversation-1")) == 2


def test_a_second_answer_is_refused(
    parts: Application, clock: Clock, wang: Colleague, case: int
) -> None:
    wang.do(case, "claim")
    assert wang.do(case, "decide", text="可以投诉。").status_code == 303
    assert wang.do(case, "decide", text="可以投诉。").status_code == 409
    seconds_pass(parts, clock)
    assert len(parts.messages.history("conversation-1")) == 3


def test_two_lawyers_one_case(wang: Colleague, li: Colleague, case: int) -> None:
    assert wang.do(case, "claim").status_code == 303
    refused = li.do(case, "claim")
    assert refused.status_code == 409 and "王律师" in refused.text
    assert "王律师正在办理" in li.page(f"/cases/{case}")
    assert li.do(case, "decide", text=GOOD).status_code == 409


def test_an_expired_lease_lets_the_next_one_in_and_keeps_the_words(
    parts: Application, clock: Clock, wang: Colleague, li: Colleague, case: int
) -> None:
    wang.do(case, "claim")
    wang.do(case, "save", text="写到一半")
    seconds_pass(parts, clock, 121)
    assert parts.reviews.get(case).state is State.QUEUED
    assert li.do(case, "claim").status_code == 303
    assert "写到一半" in li.page(f"/cases/{case}")
    assert wang.do(case, "decide", text=GOOD).status_code == 409


def test_undo_and_logout_bring_a_case_back(
    parts: Application, clock: Clock, wang: Colleague, case: int
) -> None:
    wang.do(case, "claim")
    wang.do(case, "decide", text=GOOD)
    assert wang.do(case, "undo").status_code == 303
    seconds_pass(parts, clock)
    assert parts.reviews.get(case).state is State.CLAIMED
    assert GOOD in wang.page(f"/cases/{case}")
    wang.http.post("/desk/logout", data={"csrf": wang.csrf})
    assert parts.reviews.get(case).state is State.QUEUED
    assert wang.http.get("/desk", follow_redirects=False).status_code == 303


def test_only_a_supervisor_takes_over_and_says_why(
    parts: Application, wang: Colleague, li: Colleague, chen: Colleague, case: int
) -> None:
    wang.do(case, "claim")
    wang.do(case, "decide", text=GOOD)
    assert li.do(case, "take-over", reason="我来").status_code == 409
    assert chen.do(case, "take-over", reason="").status_code == 409
    assert chen.do(case, "take-over", reason="当事人催办").status_code == 303
    taken = parts.reviews.get(case)
    assert taken.owner == "陈主管" and taken.state is State.CLAIMED and taken.send_at is None
    assert "当事人催办" in chen.page(f"/cases/{case}")


def test_the_resident_is_asked_and_the_machine_stays_silent(
    client: TestClient,
    parts: Application,
    clock: Clock,
    say: Callable[..., object],
    wang: Colleague,
    case: int,
) -> None:
    wang.do(case, "claim")
    assert wang.do(case, "ask", text="签过合同吗？").status_code == 303
    assert heard(client)[-1]["text"] == "签过合同吗？"
    due = parts.reviews.get(case).due_at
    clock.forward(minutes=40)
    reply = say("没有签，只有聊天记录").json()
    assert reply["decision"] == "silent" and reply["reply"] == ""
    told = parts.reviews.get(case)
    assert told.state is State.QUEUED and told.assigned_to == "王律师"
    assert told.due_at - due == timedelta(minutes=40)
    wang.do(case, "claim")
    assert "只有聊天记录" in wang.page(f"/cases/{case}")
    wang.do(case, "decide", text=GOOD)
    seconds_pass(parts, clock)
    parts.library.confidence = 0.95
    assert say("老板还欠我加班费").json()["decision"] == "release"


def test_danger_is_met_even_while_a_lawyer_speaks(
    parts: Application, say: Callable[..., object], wang: Colleague, case: int
) -> None:
    wang.do(case, "claim")
    wang.do(case, "charge")
    assert say("我老公正在打我").json()["decision"] == "urgent"
    assert say("好了，他走了").json()["decision"] == "silent"
    wang.do(case, "hand-back")
    parts.library.confidence = 0.95
    assert say("公司拖欠工资怎么办").json()["decision"] == "release"


def test_a_grave_case_needs_a_second_lawyer(
    parts: Application,
    clock: Clock,
    say: Callable[..., object],
    wang: Colleague,
    li: Colleague,
) -> None:
    say("我弟弟被派出所抓了，关在看守所", conversation="conversation-2")
    grave = next(c.id for c in parts.reviews.all() if c.conversation == "conversation-2")
    wang.do(grave, "claim")
    wang.do(grave, "decide", text="可以委托律师会见。")
    seconds_pass(parts, clock)
    assert parts.reviews.get(grave).state is State.SECOND_REVIEW
    assert wang.do(grave, "claim").status_code == 409
    li.do(grave, "claim")
    assert li.do(grave, "send-back", reason="").status_code == 409
    assert li.do(grave, "confirm").status_code == 303
    seconds_pass(parts, clock)
    assert parts.reviews.get(grave).state is State.SENT
    assert parts.reviews.get(grave).confirmed_by == "李律师"


def test_what_was_looked_at_is_on_record(parts: Application, wang: Colleague, case: int) -> None:
    assert "13812345678" not in wang.page(f"/cases/{case}")
    assert "13812345678" in wang.do(case, "reveal").text
    actions = [entry.action for entry in parts.office.trail.of_case(case)]
    assert actions == ["open", "look", "reveal"]
    assert parts.office.trail.verify() == []


def test_overdue_cases_reach_the_supervisor(
    parts: Application, clock: Clock, wang: Colleague, chen: Colleague, case: int
) -> None:
    clock.forward(hours=50)
    parts.office.clockwork.tick()
    parts.office.clockwork.tick()
    reference = parts.reviews.get(case).reference
    assert [text for _, text, _ in parts.office.beside.notices()] == [
        f"{reference}已经超过答复时限，还没有人领办。"
    ]
    clock.forward(hours=-50)
    page = chen.page()
    assert "已经超过答复时限" in page and "已经超过答复时限" not in wang.page()


def test_two_clocks_tell_the_supervisor_once(
    parts: Application, clock: Clock, case: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second looked for overdue cases before the first had told of this one."""
    clock.forward(hours=50)
    clockwork = parts.office.clockwork
    monkeypatch.setattr(clockwork.cases, "overdue", lambda _now: [case])
    clockwork.tick()
    clockwork.tick()
    assert len(parts.office.beside.notices()) == 1


def test_a_forged_form_is_refused(parts: Application, wang: Colleague, case: int) -> None:
    for token in ("", "0" * 32):
        response = wang.http.post(f"/desk/cases/{case}/claim", data={"csrf": token})
        assert response.status_code == 403
    assert parts.reviews.get(case).state is State.QUEUED


def test_an_unknown_case(wang: Colleague) -> None:
    assert wang.http.get("/desk/cases/999").status_code == 404
    assert wang.do(999, "claim").status_code == 404
