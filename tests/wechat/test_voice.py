"""Voice messages: read back, answered in words, heard by the region's dialect."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.hearing import Hearing, Said
from api.wiring import Application
from speech.types import Heard
from tests.speech.voice import voice
from tests.wechat.account import Account, Resident
from tests.wechat.conftest import ME, until
from tests.wechat.pushing import Pusher
from tests.wechat.serving import served

HEARD = "老板拖欠工资两万块"


async def speak(push: Pusher, account: Account, data: bytes, recognition: str = "") -> None:
    """Send a voice message, as WeChat brings it."""
    account.media["m1"] = ("audio/amr", data)
    fields = {"MsgType": "voice", "MediaId": "m1", "Format": "amr"}
    await push.bring(ME, "〔语音〕", **fields, Recognition=recognition)


class TestVoice:
    """The recogniser's process with a fake engine in it."""

    @pytest.fixture
    def model(self, tmp_path: Path) -> Path:
        """An engine that always hears the same."""
        folder = tmp_path / "fake-model"
        folder.mkdir()
        (folder / "says.txt").write_text("老板 拖欠 工资 两万块", encoding="utf-8")
        return folder

    @pytest.fixture
    def app_url(self, parts: Application, model: Path) -> Iterator[str]:
        """The application, listening."""
        with served(create_app(dataclasses.replace(parts, hearing=Hearing(model)))) as url:
            yield url

    @pytest.mark.slow
    async def test_what_was_heard_is_asked_and_then_answered(
        self, push: Pusher, account: Account, me: Resident, parts: Application
    ) -> None:
        await speak(push, account, voice(4.0), "老板托欠工资两万块")
        (asked,) = await answered(me, 1)
        assert f"我听到的是：“{HEARD}”" in asked and "两万块是20,000元" in asked
        assert "1. 对，就问这个" in asked and "2. 不对，我说的是“老板托欠工资两万块”" in asked
        assert parts.services.dialogue.heard == []  # type: ignore[attr-defined]
        await push.say(ME, "1")
        assert parts.services.dialogue.heard == [HEARD]  # type: ignore[attr-defined]
        assert "第三十条" in me.read()[1]

    @pytest.mark.slow
    async def test_what_was_not_heard_clearly_is_never_shown(
        self, push: Pusher, account: Account, me: Resident, model: Path
    ) -> None:
        (model / "sure.txt").write_text("0.3")
        await speak(push, account, voice(4.0))
        (asked,) = await answered(me, 1)
        assert "老板" not in asked and "1." not in asked


async def answered(me: Resident, count: int) -> list[str]:
    """What was said, once there is so much of it."""
    await until(lambda: len(me.read()) >= count, seconds=30)
    return me.read()


async def test_without_a_recogniser_wechats_own_words_are_asked(
    push: Pusher, account: Account, me: Resident
) -> None:
    await speak(push, account, b"#!AMR\n", "邻居占了我家的地。")
    assert "我听到的是：“邻居占了我家的地。”" in me.read()[0]
    await push.say(ME, "2")
    assert "再说一遍" in me.read()[1]


@pytest.mark.parametrize("aloud", [False, True])
async def test_yes_and_no_to_what_was_read_back(
    push: Pusher, account: Account, me: Resident, parts: Application, aloud: bool
) -> None:
    async def say(words: str) -> None:
        await (speak(push, account, b"#!AMR\n", words) if aloud else push.say(ME, words))

    await speak(push, account, b"#!AMR\n", "邻居占了我家的地。")
    await say("不是的")
    assert "再说一遍" in me.read()[-1]
    await speak(push, account, b"#!AMR\n", "邻居占了我家的地。")
    await say("对头")
    assert me.read()[-1].startswith("好，您问的是：“邻居占了我家的地。”")
    assert parts.services.dialogue.heard == ["邻居占了我家的地。"]  # type: ignore[attr-defined]


class Ears(Hearing):
    """Hears the same in every recording, and looks for the words of the region told."""

    async def recording(
        self, _data: bytes, region: str | None = None, *, held: bool = True
    ) -> Said:
        """What was said."""
        return self.understand(Heard("头家该钱不还", 1.0, seconds=2.0), region, held=held)


class TestRegion:
    """A county where they speak as in Qichun."""

    @pytest.fixture
    def app_url(self, parts: Application) -> Iterator[str]:
        """The application, listening."""
        county = dataclasses.replace(parts.casework.county, region="qichun")
        casework = dataclasses.replace(parts.casework, county=county)
        own = dataclasses.replace(parts, hearing=Ears(None), casework=casework)
        with served(create_app(own)) as url:
            yield url

    @pytest.mark.parametrize("aloud", [False, True])
    async def test_the_countys_dialect_or_ones_own(
        self, push: Pusher, account: Account, me: Resident, aloud: bool
    ) -> None:
        await speak(push, account, b"#!AMR\n")
        assert "我说的是“欠钱”" in me.read()[-1]
        for words, named, offered in (
            ("我说闽南话。", "永春话", False),
            ("我讲普通话", "普通话", False),
            ("我是说蕲春话的", "蕲春话", True),
        ):
            await (speak(push, account, b"#!AMR\n", words) if aloud else push.say(ME, words))
            assert f"按{named}来听" in me.read()[-1]
            await speak(push, account, b"#!AMR\n")
            assert ("我说的是“欠钱”" in me.read()[-1]) is offered


async def test_a_yes_to_nothing_is_read_back(push: Pusher, account: Account, me: Resident) -> None:
    await speak(push, account, b"#!AMR\n", "对")
    assert "我听到的是：“对”" in me.read()[0]


async def test_danger_in_a_voice_is_not_asked_back(
    push: Pusher, account: Account, me: Resident
) -> None:
    await speak(push, account, b"#!AMR\n", "我老公正在打我")
    assert me.read()[0].startswith("报警：110")


async def test_a_recording_that_is_gone(push: Pusher, me: Resident) -> None:
    await push.bring(ME, "〔语音〕", MsgType="voice", MediaId="nothing", Format="amr")
    assert "没听清" in me.read()[0] or "没有听清" in me.read()[0]
