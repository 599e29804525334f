"""What is neither text nor voice: pictures, places, greetings, codes, the menu."""

from __future__ import annotations

import io
import re
from datetime import timedelta

from PIL import Image
from sqlalchemy import select

from api.channels.kiosk.handover import sealed
from api.core.types import Ask
from api.storage.channel_tables import case_pictures, channel_inbox, channel_people
from api.storage.erasing import Eraser
from api.wiring import Application
from tests.conftest import Clock
from tests.wechat.account import Account, Resident
from tests.wechat.conftest import ME, until
from tests.wechat.pushing import Pusher


def photo() -> bytes:
    """A small picture with a place in its EXIF."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


async def test_a_picture_without_a_case_is_kindly_declined(
    push: Pusher, account: Account, me: Resident
) -> None:
    account.media["p1"] = ("image/jpeg", photo())
    await push.bring(ME, "〔照片〕", MsgType="image", MediaId="p1", PicUrl="http://p")
    assert "没有保存" in me.read()[0]
    assert ("media", 0) not in account.calls


async def test_a_picture_goes_to_the_open_case(
    push: Pusher, account: Account, me: Resident, parts: Application
) -> None:
    parts.library.confidence = 0.1  # type: ignore[attr-defined]
    await push.say(ME, "老板三个月没发工资")
    account.media["p1"] = ("image/jpeg", photo())
    await push.bring(ME, "〔照片〕", MsgType="image", MediaId="p1", PicUrl="http://p")
    (case,) = parts.reviews.all()
    assert case.reference in me.read()[1] and "加密" in me.read()[1]
    with parts.engine.connect() as connection:
        (row,) = connection.execute(select(case_pictures)).all()
    assert b"PhoneMaker" not in row.sealed and b"JFIF" not in row.sealed
    opened = parts.casework.vault.open(row.sealed, f"picture:{row.token}")
    assert opened.startswith(b"\xff\xd8") and b"PhoneMaker" not in opened


async def test_a_position_brings_the_nearest_offices(push: Pusher, me: Resident) -> None:
    where = {"Location_X": "20.08", "Location_Y": "130.06", "Scale": "16", "Label": "家"}
    await push.bring(ME, "〔位置〕", MsgType="location", **where)
    assert "离您最近的是柳河司法所" in me.read()[0] and "虚构的演示县" in me.read()[0]


async def test_a_greeting_says_what_this_is(push: Pusher, me: Resident) -> None:
    await push.event(ME, "subscribe")
    (hello,) = me.read()
    assert "人工智能" in hello and "加密保存" in hello and "1. 老板拖欠工资" in hello


async def test_a_code_in_a_township(push: Pusher, me: Resident) -> None:
    await push.event(ME, "subscribe", EventKey="qrscene_town:柳河镇", Ticket="t")
    (hello,) = me.read()
    assert "柳河镇" in hello and "加密保存" in hello
    await push.event(ME, "CLICK", EventKey="places")
    assert "离柳河镇最近的" in me.read()[1]


async def test_a_code_at_a_kiosk_goes_on_here(
    push: Pusher, me: Resident, parts: Application, app_url: str
) -> None:
    ask = {"conversation": "kiosk-conversation", "channel": "kiosk", "text": "老板拖欠工资怎么办"}
    await push.client.post(
        f"{app_url}/api/v1/messages", json=ask | {"client_message_id": "message-1"}
    )
    token = parts.casework.carried.put({}, "kiosk-conversation")
    await push.event(ME, "SCAN", EventKey=f"kiosk:{token}", Ticket="t")
    assert "接着说" in me.read()[0] and "第三十条" in me.read()[0]
    await push.event(ME, "SCAN", EventKey="kiosk:no-such-token", Ticket="t")
    assert "您好" in me.read()[1]


async def test_the_phone_that_scanned_the_slip_is_led_into_the_account(
    push: Pusher, me: Resident, account: Account, parts: Application, app_url: str
) -> None:
    parts.library.confidence = 0.1  # type: ignore[attr-defined]
    ask = {"conversation": "kiosk-conversation", "channel": "kiosk", "text": "房东不退押金"}
    ask |= {"client_message_id": "message-1"}
    await push.client.post(f"{app_url}/api/v1/messages", json=ask)
    ends = parts.services.now() + timedelta(days=7)
    path = f"/go/{sealed('secret-key', 'kiosk-conversation', ends)}"
    go = f"{app_url}{path}"
    elsewhere = await push.client.get(go, headers={"User-Agent": "Mozilla/5.0"})
    assert "公众号" not in elsewhere.text, "only WeChat reads a code off its own screen"
    page = await push.client.get(go, headers={"User-Agent": "Mozilla/5.0 MicroMessenger/8.0"})
    assert "识别图中的二维码" in page.text and f'src="{path}/wechat.png"' in page.text
    picture = await push.client.get(f"{go}/wechat.png")
    assert picture.content.startswith(b"\x89PNG")
    assert picture.headers["cache-control"] == "no-store"
    (scene,) = account.codes.values()
    await push.event(ME, "subscribe", EventKey=f"qrscene_{scene}", Ticket="t")
    (said,) = me.read()
    assert "接着说" in said and "答复不会发到这里" in said and "加密保存" in said
    back = said.split('<a href="https://law.example/go/')[1].split('"')[0]
    assert "一体机" in (await push.client.get(f"{app_url}/go/{back}")).text
    erased = sealed("secret-key", "conversation-erased", ends)
    assert (await push.client.get(f"{app_url}/go/{erased}/wechat.png")).status_code == 404
    account.secret = "another"
    account.expire_token()
    assert (await push.client.get(f"{go}/wechat.png")).status_code == 503


async def test_the_menu(push: Pusher, me: Resident, parts: Application, clock: Clock) -> None:
    await push.event(ME, "CLICK", EventKey="progress")
    assert "没有正在等律师办的问题" in me.read()[0]
    await push.event(ME, "CLICK", EventKey="human")
    (case,) = parts.reviews.all()
    clock.forward(seconds=2)  # the same event in the same second is the same event
    await push.event(ME, "CLICK", EventKey="progress")
    assert f"{case.reference}：待领办" in me.read()[2]


async def test_what_we_cannot_read_and_who_leaves(push: Pusher, me: Resident) -> None:
    await push.bring(ME, "〔视频〕", MsgType="video", MediaId="v", ThumbMediaId="t")
    assert "我只看得懂文字" in me.read()[0]
    assert (await push.event(ME, "unsubscribe")).answers == ["success"]
    assert (await push.event(ME, "VIEW", EventKey="https://x")).answers == ["success"]


async def test_a_long_answer_comes_in_pieces_in_order(
    push: Pusher, me: Resident, parts: Application
) -> None:
    long = "".join(f"这是第{n}句，说的都是同一件事。" for n in range(100))
    parts.services.dialogue.step = Ask(long)  # type: ignore[attr-defined]
    await push.say(ME, "给我讲讲")
    await until(lambda: len(me.read()) >= 3)
    said = me.read()
    assert all(len(text) <= 600 for text in said)
    numbers = [int(n) for n in re.findall(r"第(\d+)句", "".join(said))]
    assert numbers == list(range(100))


async def test_an_erased_conversation_leaves_no_name_and_no_picture(
    push: Pusher, account: Account, parts: Application
) -> None:
    parts.library.confidence = 0.1  # type: ignore[attr-defined]
    await push.say(ME, "老板三个月没发工资")
    account.media["p1"] = ("image/jpeg", photo())
    await push.bring(ME, "〔照片〕", MsgType="image", MediaId="p1", PicUrl="http://p")
    (case,) = parts.reviews.all()
    eraser = Eraser(parts.casework.vault, parts.services.now)
    with parts.engine.begin() as connection:
        assert eraser.conversation(connection, case.conversation)
        for table in (channel_people, channel_inbox, case_pictures):
            assert connection.execute(select(table)).all() == []
