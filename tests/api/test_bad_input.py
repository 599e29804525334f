"""Whatever is sent: a clear answer or error in Chinese, nothing lost, nothing sent twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy import text as sql

from api.app import create_app
from api.core.types import Ask
from api.wiring import Application
from tests.fakes import FakeDialogue


def stored(parts: Application, conversation: str = "conversation-1") -> list[tuple[str, str]]:
    return [(e.author.value, e.text) for e in parts.messages.history(conversation)]


def error_of(response: httpx.Response) -> dict[str, object]:
    error = response.json()["error"]
    assert set(error) == {"code", "message", "field", "reference"}
    assert any("一" <= char <= "鿿" for char in error["message"])
    return error


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_empty(say: Callable[..., httpx.Response], parts: Application, text: str) -> None:
    response = say(text)
    assert response.status_code == 422
    assert error_of(response)["code"] == "text_empty"
    assert stored(parts) == []


def test_ten_thousand_characters(say: Callable[..., httpx.Response], parts: Application) -> None:
    response = say("老板欠我钱" * 2000)
    assert response.status_code == 422
    assert "10000个字" in str(error_of(response)["message"])
    assert stored(parts) == []


@pytest.mark.parametrize("text", ["😀😀😀", "！！！？？", "hello, I was not paid", "1234567"])
def test_nothing_chinese_is_asked_back(say: Callable[..., httpx.Response], text: str) -> None:
    reply = say(text).json()
    assert reply["decision"] == "clarify"
    assert "请用几句话说说" in reply["answer"]


def test_a_bare_figure_answers_the_open_question_of_a_form(
    say: Callable[..., httpx.Response], parts: Application
) -> None:
    assert isinstance(parts.services.dialogue, FakeDialogue)
    say("帮我算算老板欠我多少工资")
    asked = {"open": {"form": "wage_arrears", "asked": "monthly_wage"}, "parked": []}
    parts.messages.keep_cases("conversation-1", asked)
    parts.services.dialogue.step = Ask("一共欠了您几个月？")
    assert say("5000").json()["answer"] == "一共欠了您几个月？"
    assert parts.services.dialogue.heard[-1] == "5000"


def test_a_bare_figure_puts_the_sum_just_given_right(
    say: Callable[..., httpx.Response], parts: Application
) -> None:
    assert isinstance(parts.services.dialogue, FakeDialogue)
    say("帮我算算老板欠我多少工资")
    parts.messages.keep_cases("conversation-1", {"open": {"form": "wage_arrears"}, "parked": []})
    say("ok")
    assert "ok" not in parts.services.dialogue.heard
    say("5500")
    assert parts.services.dialogue.heard[-1] == "5500"


def test_invisible_characters_are_not_a_question(say: Callable[..., httpx.Response]) -> None:
    assert say("\u200b\u0007\u202e").json()["decision"] == "clarify"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>老板欠钱",
        "<img src=x onerror=alert(1)>工资",
        "'; DROP TABLE messages; -- 工资",
        "{{7*7}} ${7*7} 工资",
    ],
)
def test_markup_and_sql_are_just_words(
    say: Callable[..., httpx.Response], parts: Application, text: str
) -> None:
    assert say(text).status_code == 200
    assert stored(parts)[0] == ("resident", text)


def test_control_characters_are_stripped_before_search(
    say: Callable[..., httpx.Response], parts: Application
) -> None:
    say("老板\x00欠\x1b[31m工资\x07")
    assert "\x00" not in parts.library.asked[0] and "\x1b" not in parts.library.asked[0]


def test_a_repeat_gets_the_first_answer(
    say: Callable[..., httpx.Response], parts: Application
) -> None:
    first, second = say("公司拖欠工资", id="same-id-1"), say("公司拖欠工资", id="same-id-1")
    assert first.json() == second.json()
    assert len(stored(parts)) == 2


def test_the_same_id_in_another_conversation_is_another_message(
    say: Callable[..., httpx.Response], parts: Application
) -> None:
    say("公司拖欠工资", "conversation-1", id="same-id-1")
    assert say("离婚", "conversation-2", id="same-id-1").status_code == 200
    assert stored(parts, "conversation-2")[0] == ("resident", "离婚")


async def test_messages_of_one_conversation_are_answered_in_order(parts: Application) -> None:
    parts.services.dialogue.delay = 0.05
    app = create_app(parts)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://test") as client,
    ):
        sent = [
            {"conversation": "conversation-1", "text": f"第{i}个问题", "client_message_id": key}
            for i, key in ((1, "message-1"), (2, "message-2"), (1, "message-1"))
        ]
        answers = await asyncio.gather(*(client.post("/api/v1/messages", json=m) for m in sent))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].json() == answers[2].json()
    authors = [author for author, _ in stored(parts)]
    assert authors == ["resident", "machine", "resident", "machine"]


def test_rasa_stopped(say: Callable[..., httpx.Response], parts: Application) -> None:
    parts.services.dialogue.stopped = True
    reply = say("公司拖欠工资").json()
    assert reply["decision"] == "release" and reply["citations"]
    assert reply["notices"] == ["对话服务暂时不可用，已直接为您查找法律。"]


def test_index_missing(say: Callable[..., httpx.Response], parts: Application) -> None:
    parts.library.missing = True
    reply = say("公司拖欠工资").json()
    assert reply["decision"] == "hold" and reply["reference"]
    assert reply["why_held"] == ["法律检索暂时不可用"]
    assert parts.reviews.all()[0].question == "公司拖欠工资"


def limit_pages(parts: Application, pages: int) -> None:
    """Give the database file a size it cannot outgrow, as a full disk does."""
    parts.engine.dispose()
    event.listen(
        parts.engine,
        "connect",
        lambda connection, _: connection.execute(f"PRAGMA max_page_count={pages}"),
    )


def test_disk_full(say: Callable[..., httpx.Response], parts: Application) -> None:
    assert say("公司拖欠工资", id="message-a").status_code == 200
    with parts.engine.connect() as connection:
        pages = connection.execute(sql("PRAGMA page_count")).scalar_one()
    limit_pages(parts, pages)
    sent, full = 0, httpx.Response(200)
    while full.status_code == 200 and sent < 200:
        sent += 1
        full = say("公司拖欠工资" * 300, id=f"full-{sent:06d}")
    assert full.status_code == 507
    assert "消息还没有保存" in str(error_of(full)["message"])
    limit_pages(parts, 1_000_000)
    assert say("公司拖欠工资" * 300, id=f"full-{sent:06d}").status_code == 200
    texts = [text for author, text in stored(parts) if author == "resident"]
    assert len(texts) == sent + 1  # every message once, the one that failed among them


@pytest.mark.parametrize(
    "body", [b"", b"not json", b"[]", b"{}", b'{"conversation": "x"}', b'{"text": 5}']
)
def test_bodies_that_are_no_message(client: object, body: bytes) -> None:
    response = client.post(  # type: ignore[attr-defined]
        "/api/v1/messages", content=body, headers={"content-type": "application/json"}
    )
    assert response.status_code == 422
    assert error_of(response)["code"] == "request_invalid"


def test_a_huge_body_is_refused(client: object) -> None:
    response = client.post("/api/v1/messages", content=b"x" * 300_000)  # type: ignore[attr-defined]
    assert response.status_code == 413
    assert error_of(response)["code"] == "too_large"


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/conversations/short/messages"])
def test_unknown_places_answer_in_the_one_shape(client: object, path: str) -> None:
    response = client.get(path)  # type: ignore[attr-defined]
    assert response.status_code in (404, 422)
    error_of(response)
