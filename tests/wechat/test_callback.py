"""The callback as residents meet it: answered once, in time or later, never twice, never lost."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import func, select

from api.storage.tables import messages
from api.wiring import Application
from tests.wechat.account import BROKEN, Account
from tests.wechat.conftest import ME, SCALE, until
from tests.wechat.pushing import Pusher

ASKED = "公司拖欠工资怎么办"


def answers(parts: Application) -> int:
    """How many replies were made."""
    query = select(func.count()).where(messages.c.author == "machine")
    with parts.engine.connect() as connection:
        return connection.execute(query).scalar_one()


@pytest.mark.parametrize("safe", [False, True], ids=["plain", "safe"])
async def test_a_question_is_answered_at_once(push: Pusher, account: Account) -> None:
    pushed = await push.say(ME, ASKED)
    (said,) = account.resident(ME).read()
    assert "劳动合同法》第三十条" in said and "人工智能生成" in said
    assert '<a href="https://law.example/a/' in said
    assert pushed.tries == 1


@pytest.mark.parametrize("safe", [False, True], ids=["plain", "safe"])
async def test_the_address_is_proved(push: Pusher) -> None:
    assert (await push.echo("12345678")).text == "12345678"


@pytest.mark.parametrize(
    "wrong",
    [{"signature": "0" * 40}, {"timestamp": "1"}, {"nonce": "other"}, {"timestamp": "now"}],
    ids=str,
)
async def test_strangers_are_turned_away(push: Pusher, wrong: dict[str, str]) -> None:
    query = push._stamp() | wrong
    body = "<xml><FromUserName>x</FromUserName></xml>"
    answer = await push.client.post(push.url, params=query, content=body)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "signature_wrong"


async def test_an_old_request_is_not_taken_again(push: Pusher, clock: object) -> None:
    query = push._stamp()
    clock.forward(minutes=6)  # type: ignore[attr-defined]
    assert (await push.client.post(push.url, params=query, content="<xml/>")).status_code == 403


@pytest.mark.parametrize("safe", [True])
async def test_safe_mode_takes_nothing_plain(push: Pusher) -> None:
    body = "<xml><FromUserName>x</FromUserName><MsgType>text</MsgType></xml>"
    answer = await push.client.post(push.url, params=push._stamp(), content=body)
    assert answer.status_code == 403


@pytest.mark.parametrize("body", ["", "<xml>", "no xml", "<xml/>", "<a><b/></a>"])
async def test_what_is_no_message(push: Pusher, body: str) -> None:
    answer = await push.client.post(push.url, params=push._stamp(), content=body)
    assert answer.status_code == 422 and answer.json()["error"]["code"] == "callback_invalid"


async def test_three_deliveries_are_answered_once(
    push: Pusher, account: Account, parts: Application
) -> None:
    parts.services.dialogue.delay = 0.2  # type: ignore[attr-defined]
    account.faults.duplicates = 2
    pushed = await push.say(ME, ASKED)
    assert pushed.tries == 3 and sorted(pushed.answers)[1:] == ["success", "success"]
    assert len(account.resident(ME).read()) == 1
    assert answers(parts) == 1


async def test_a_slow_answer_comes_by_itself(
    push: Pusher, account: Account, parts: Application
) -> None:
    parts.services.dialogue.delay = 7 * SCALE  # type: ignore[attr-defined]
    pushed = await push.say(ME, ASKED)
    assert set(pushed.answers) == {"success"}
    await until(lambda: account.resident(ME).read())
    (shown,) = [one for one in account.resident(ME).screen if one.way != "own"]
    assert shown.way == "custom" and "第三十条" in shown.text
    assert answers(parts) == 1


async def test_an_answer_lost_on_its_way_is_given_again(
    push: Pusher, account: Account, parts: Application
) -> None:
    account.faults.lost_answers = 1
    pushed = await push.say(ME, ASKED)
    assert pushed.tries == 2
    assert len(account.resident(ME).read()) == 1 and answers(parts) == 1


async def test_a_server_that_is_down_is_asked_three_times(account: Account) -> None:
    pusher = Pusher(account, "http://127.0.0.1:9/wechat", SCALE)
    assert (await pusher.say(ME, ASKED)).tries == 3
    await pusher.client.aclose()
    assert account.resident(ME).read() == [BROKEN]


async def test_people_are_kept_apart_and_unnamed(
    push: Pusher, account: Account, parts: Application
) -> None:
    await push.say(ME, ASKED)
    await push.say("o-resident-2", "你好")
    with parts.engine.connect() as connection:
        conversations = {row.conversation for row in connection.execute(select(messages))}
        dump = "\n".join(connection.connection.driver_connection.iterdump())
    assert len(conversations) == 2 and all(c.startswith("wechat-") for c in conversations)
    assert ME not in dump
    assert len(account.resident("o-resident-2").read()) == 1


async def test_without_an_account_there_is_no_door(client: object) -> None:
    assert client.post("/wecom", content="x").status_code == 404  # type: ignore[attr-defined]


async def test_a_choice_is_answered_by_number(
    push: Pusher, account: Account, parts: Application
) -> None:
    await push.say(ME, "hello")
    (menu,) = account.resident(ME).read()
    assert "回复数字就行：\n1. 老板拖欠工资" in menu
    await push.say(ME, "1")
    assert parts.services.dialogue.heard[-1] == "老板拖着工资不给，怎么办？"  # type: ignore[attr-defined]


async def test_the_link_leads_to_the_articles_for_a_week(
    push: Pusher, account: Account, clock: object, app_url: str
) -> None:
    await push.say(ME, ASKED)
    said = account.resident(ME).read()[0]
    path = said.split("https://law.example")[1].split('"')[0]
    async with httpx.AsyncClient(base_url=app_url, timeout=30) as browser:
        page = await browser.get(path)
        assert page.status_code == 200 and "用人单位应当按照劳动合同约定" in page.text
        assert page.headers["cache-control"] == "no-store"
        assert (await browser.get(path[:-2] + "AA")).status_code == 410
        assert (await browser.get("/a/" + "_" * 36)).status_code == 410  # ends in the year 36812
        clock.forward(days=8)  # type: ignore[attr-defined]
        gone = await browser.get(path)
    assert gone.status_code == 410 and "已经过期" in gone.text


async def test_an_empty_message_is_asked_back(push: Pusher, account: Account) -> None:
    await push.say(ME, "   ")
    assert "还没有输入内容" in account.resident(ME).read()[0]
