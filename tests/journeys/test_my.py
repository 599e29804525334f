"""A resident's own file in a real browser: in by phone, rated, taken along, erased."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.running import Running, running

pytestmark = pytest.mark.slow
PHONE = "13800005678"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Path]]:
    """The real application with its log, where in development the code of a message stands."""
    folder = tmp_path_factory.mktemp("home")
    with running(folder, dialogue=False, SMS_SHOW="true") as started:
        yield started, folder / "log"


@pytest.fixture
def phone(browser: Browser, home: tuple[Running, Path]) -> Iterator[Page]:
    """The chat page on a phone, the notice read."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", accept_downloads=True
    )
    page = context.new_page()
    page.goto(home[0].url)
    page.get_by_role("button", name="我知道了").click()
    yield page
    context.close()


def code_in(log: Path) -> str:
    """What the message would have said."""
    return re.findall(r"验证码([0-9]{6})", log.read_text(encoding="utf-8"))[-1]


def test_from_a_question_to_nothing_left(
    phone: Page, home: tuple[Running, Path], tmp_path: Path
) -> None:
    system, log = home
    phone.get_by_role("textbox").fill("公司拖欠工资怎么办")
    phone.get_by_role("textbox").press("Enter")
    row = phone.get_by_role("group", name="评价这次答复")
    row.get_by_role("button", name="不满意", exact=True).click()
    expect(row.get_by_role("status")).to_contain_text("48小时内答复您")
    row.get_by_role("button", name="看不懂").click()
    expect(row.get_by_role("button", name="看不懂")).to_have_attribute("aria-pressed", "true")
    phone.reload()
    again = phone.get_by_role("group", name="评价这次答复").get_by_role("button", name="不满意")
    expect(again.first).to_have_attribute("aria-pressed", "true")

    phone.goto(f"{system.url}/my")
    expect(phone.locator(".demo")).to_contain_text("没有接短信")
    phone.get_by_label("您的手机号").fill(PHONE)
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="发验证码").click()
    phone.get_by_label("六位数字").fill(code_in(log))
    phone.get_by_role("button", name="进去看").click()
    expect(phone.get_by_text("档案里还没有对话")).to_be_visible()
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="放进档案").click()
    phone.locator(".my-talk summary").click()
    expect(phone.locator(".my-said").first).to_contain_text("公司拖欠工资怎么办")
    expect(phone.get_by_text("咨询答复：不满意")).to_be_visible()

    with phone.expect_download() as waiting:
        phone.get_by_role("button", name="下载我的档案").click()
    waiting.value.save_as(tmp_path / "mine.zip")
    told = json.loads(zipfile.ZipFile(tmp_path / "mine.zip").read("数据.json"))
    assert told["talks"][0]["messages"][0]["text"] == "公司拖欠工资怎么办"

    phone.get_by_role("link", name="删除我的信息").click()
    phone.get_by_role("checkbox").check()
    phone.get_by_label("最后四位").fill(PHONE[-4:])
    phone.get_by_role("button", name="删除我的信息").click()
    expect(phone.get_by_role("heading", name="已经删除")).to_be_visible()
    assert phone.evaluate("() => localStorage.getItem('wenfa.conversation')") is None
    phone.goto(f"{system.url}/my")
    expect(phone.get_by_label("您的手机号")).to_be_visible()
    assert PHONE not in log.read_text(encoding="utf-8")
