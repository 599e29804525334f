"""Out of order, late, or all at once: each is answered once, and of each resident in order."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from api.app import create_app
from api.channels.wechat.setup import Channels
from api.core.incoming import Incoming, Kind
from api.storage.inbox import conversation_of
from api.storage.migrate import migrate
from api.storage.tables import conversations
from api.wiring import Application
from tests.conftest import Clock
from tests.wechat.account import Account, Resident
from tests.wechat.conftest import ME, SCALE, until
from tests.wechat.pushing import Pusher
from tests.wechat.serving import served
from tests.wechat.test_later import tell


def talk(parts: Application) -> str:
    """The only conversation there is."""
    with parts.engine.connect() as connection:
        return connection.execute(select(conversations.c.id)).scalar_one()


def heard(parts: Application) -> list[str]:
    """What the dialogue was asked, in order."""
    asked: list[str] = parts.services.dialogue.heard  # type: ignore[attr-defined]
    return asked


async def test_an_older_message_is_brought_again_after_a_newer_one(
    push: Pusher, me: Resident, account: Account, parts: Application
) -> None:
    account.faults.lost_answers = 1
    first = asyncio.create_task(push.say(ME, "公司拖欠工资怎么办"))
    await until(lambda: not account.faults.lost_answers)
    await push.say(ME, "离婚怎么办")
    assert (await first).tries == 2
    assert heard(parts) == ["公司拖欠工资怎么办", "离婚怎么办"]
    assert len(me.read()) == 2


async def test_an_older_message_that_never_came_before(
    push: Pusher, me: Resident, parts: Application
) -> None:
    for number, words in (("200", "离婚怎么办"), ("100", "公司拖欠工资怎么办")):
        await push.bring(ME, words, MsgType="text", Content=words, MsgId=number)
    await push.bring(ME, "", MsgType="text", Content="离婚怎么办", MsgId="200")
    assert heard(parts) == ["离婚怎么办", "公司拖欠工资怎么办"]
    assert len(parts.messages.history(talk(parts))) == 4 and me.read()


async def test_what_follows_a_recording_waits_for_it(
    push: Pusher, me: Resident, account: Account, parts: Application
) -> None:
    account.media["m1"], account.faults.slow_media = ("audio/amr", b"#!AMR\n"), 3 * SCALE
    voice = {
        "MsgType": "voice",
        "MediaId": "m1",
        "Format": "amr",
        "Recognition": "邻居占了我家的地",
    }
    recording = asyncio.create_task(push.bring(ME, "〔语音〕", **voice))
    await until(lambda: account.faults.media_asked)
    await push.say(ME, "公司拖欠工资怎么办")
    await recording
    await until(lambda: len(me.read()) == 2)
    said = [entry.text for entry in parts.messages.history(talk(parts))]
    assert said[0].startswith("〔语音〕") and "我听到的是" in said[1]
    assert said[2] == "公司拖欠工资怎么办" and len(said) == 4


async def test_a_send_that_fails_and_then_succeeds_keeps_the_order(
    push: Pusher, me: Resident, account: Account, parts: Application, clock: Clock
) -> None:
    await push.say(ME, "你好")
    account.faults.error, account.faults.errors_left = -1, 2
    for words in ("第一句", "第二句", "第三句"):
        tell(parts, talk(parts), words)

    def all_came() -> bool:
        clock.forward(seconds=1)
        return len(me.read()) >= 4

    await until(all_came, seconds=20)
    came = [text.splitlines()[0] for text in me.read()[1:]]
    assert [words[:3] for words in came] == ["第一句", "第二句", "第三句"]
    assert account.calls.count(("custom", -1)) == 2


async def test_more_than_can_be_answered_in_time(
    push: Pusher, account: Account, parts: Application
) -> None:
    parts.services.dialogue.delay = SCALE  # type: ignore[attr-defined]
    people = [f"o-{number}" for number in range(40)]
    push.scale = 20  # the line is not cut, however slow this machine is
    await asyncio.gather(*(push.say(one, "公司拖欠工资怎么办") for one in people))
    await until(lambda: all(account.resident(one).read() for one in people), seconds=60)
    assert {len(account.resident(one).read()) for one in people} == {1}
    assert len(heard(parts)) == len(people)


async def test_what_a_process_had_in_hand_when_it_died(
    account: Account, parts: Application, clock: Clock
) -> None:
    migrate(parts.engine)
    account.wrote(ME, "公司拖欠工资怎么办")
    conversation = conversation_of("wechat", account.app_id, ME, "secret-key")
    dead = Channels(parts)
    asked = Incoming("wechat", conversation, ME, "1", Kind.TEXT, text="公司拖欠工资怎么办")
    dead.inbox.accept([asked])
    (work,) = dead.inbox.claim("wechat", 5)
    assert dead.inbox.claim("wechat", 5) == []
    await dead.close()
    clock.forward(minutes=2)
    with served(create_app(parts)):
        await until(lambda: account.resident(ME).read(), seconds=12)
    assert len(account.resident(ME).read()) == 1 and work.attempts == 1
