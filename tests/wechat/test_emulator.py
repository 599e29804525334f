"""The emulator itself: its page works without script, and its safe mode is wechatpy's."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from wechatpy.crypto import WeChatCrypto

from tests.wechat.account import Account
from tests.wechat.conftest import SCALE
from tests.wechat.crypt import seal, sign, unseal
from tests.wechat.serving import emulator, served


@pytest.fixture
def phone(account: Account, app_url: str) -> Iterator[str]:
    """The emulator with its page; the application calls the other one, over the same account."""
    with served(emulator(account, f"{app_url}/wechat", SCALE)) as url:
        yield url


async def test_a_resident_types_on_the_page(phone: str, account: Account) -> None:
    async with httpx.AsyncClient(base_url=phone, follow_redirects=True, timeout=20) as browser:
        page = await browser.post("/say", data={"who": "o-zhang", "text": "<b>公司拖欠工资</b>"})
        assert "&lt;b&gt;公司拖欠工资" in page.text and "第三十条" in page.text
        assert '<a href="https://law.example/a/' in page.text
        page = await browser.post("/event", data={"who": "o-li", "event": "subscribe"})
        assert "人工智能" in page.text
        place = {"who": "o-li", "latitude": "20.08", "longitude": "130.06"}
        assert "柳河司法所" in (await browser.post("/place", data=place)).text
        file = {"file": ("a.jpg", b"\xff\xd8", "image/jpeg")}
        page = await browser.post("/media", data={"who": "o-li", "kind": "image"}, files=file)
        assert "没有保存" in page.text
        form = {"who": "o-li", "duplicates": "2", "error": "45047", "idle": "on", "expire": "on"}
        await browser.post("/faults", data=form)
    assert account.faults.duplicates == 2 and account.faults.next_error() == 45047


def test_safe_mode_is_the_one_wechatpy_speaks() -> None:
    account = Account()
    theirs = WeChatCrypto(account.token, account.aes_key, account.app_id)
    sealed = seal("<xml>你好</xml>", account.aes_key, account.app_id)
    signed = sign(account.token, "1", "2", sealed)
    assert theirs.decrypt_message({"Encrypt": sealed}, signed, "1", "2") == "<xml>你好</xml>"
    back = theirs.encrypt_message("<xml>好</xml>", "2", "1")
    inner = back.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    assert unseal(inner, account.aes_key, account.app_id) == "<xml>好</xml>"
    with pytest.raises(ValueError, match="another account"):
        unseal(inner, account.aes_key, "wx-other")
