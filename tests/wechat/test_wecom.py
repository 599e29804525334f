"""企业微信 behind the same interface: sealed from the first echo on, no 48 hours."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from api.settings import Settings
from api.wiring import Application
from tests.conftest import Clock
from tests.wechat.account import Account
from tests.wechat.conftest import SCALE, until
from tests.wechat.conversing import WORDS, lawyer_answers
from tests.wechat.pushing import Pusher

ME = "zhangsan"


@pytest.fixture
def account(clock: Clock) -> Account:
    """An application of an organisation."""
    return Account(app_id="ww0000000000000000", now=clock, safe=True, work=True)


@pytest.fixture
def settings(settings: Settings, account: Account, tencent: str) -> Settings:
    """Only 企业微信 is set up."""
    own = {
        "wechat_app_id": "",
        "wecom_corp_id": account.app_id,
        "wecom_agent_id": 1000002,
        "wecom_secret": account.secret,
        "wecom_token": account.token,
        "wecom_aes_key": account.aes_key,
        "wecom_api": tencent,
    }
    return Settings.model_validate(settings.model_dump() | own)


@pytest.fixture
async def push(account: Account, app_url: str) -> AsyncIterator[Pusher]:
    """Members' hands."""
    pusher = Pusher(account, f"{app_url}/wecom", SCALE)
    yield pusher
    await pusher.client.aclose()


async def test_the_address_is_proved_and_a_question_answered(
    push: Pusher, account: Account
) -> None:
    assert (await push.echo("12345678")).text == "12345678"
    await push.say(ME, "公司拖欠工资怎么办")
    assert "第三十条" in account.resident(ME).read()[0]
    strangers = await push.client.post(push.url, params=push._stamp(), content="<xml/>")
    assert strangers.status_code == 403


async def test_a_lawyers_answer_comes_after_any_time(
    push: Pusher, account: Account, parts: Application, clock: Clock
) -> None:
    parts.library.confidence = 0.1  # type: ignore[attr-defined]
    await push.say(ME, "老板三个月没发工资")
    clock.forward(hours=72)
    lawyer_answers(parts, clock)
    await until(lambda: len(account.resident(ME).read()) == 2)
    assert WORDS in account.resident(ME).read()[1]
