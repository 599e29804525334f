"""Lawyers in real browsers: a race for one case, live owners, keys alone, undo, a phone."""

from __future__ import annotations

import re
import uuid

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.running import Running

pytestmark = pytest.mark.slow


def held(system: Running, text: str = "转人工") -> tuple[str, str]:
    """A resident asks for a person; the conversation and the case's reference."""
    conversation = uuid.uuid4().hex
    body = {"conversation": conversation, "channel": "web", "text": text}
    reply = httpx.post(
        f"{system.url}/api/v1/messages",
        json=body | {"client_message_id": uuid.uuid4().hex},
        timeout=60,
    ).json()
    return conversation, reply["reference"]


def enter(browser: Browser, system: Running, name: str, width: int = 1280) -> Page:
    """A lawyer who has just come in."""
    password = system.colleague(name)
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()
    page.goto(f"{system.url}/desk")
    page.get_by_label("姓名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    return page


def last_heard(system: Running, conversation: str) -> dict[str, object]:
    """The newest message on the resident's page."""
    path = f"{system.url}/api/v1/conversations/{conversation}/messages"
    return httpx.get(path, timeout=60).json()["messages"][-1]


def test_a_race_and_an_answer_by_keys_alone(browser: Browser, system: Running) -> None:
    conversation, reference = held(system)
    wang, li = enter(browser, system, "王竞"), enter(browser, system, "李竞")
    for page in (wang, li):
        page.locator("li.case", has_text=reference).get_by_role("link").click()
        expect(page.get_by_role("heading", name=reference)).to_be_visible()
    li_queue = li.context.new_page()
    li_queue.goto(f"{system.url}/desk")
    li.evaluate("() => window.stop()")
    li.route("**/desk/events*", lambda route: route.abort())

    wang.keyboard.press("c")
    expect(wang.locator("#answer")).to_be_visible(timeout=30_000)
    row = li_queue.locator("li.case", has_text=reference)
    expect(row).to_contain_text("王竞 在办", timeout=2_000)
    late = li.get_by_role("button", name="领办")
    if late.count():
        late.click()
        expect(li.locator("body")).to_contain_text("王竞")

    wang.keyboard.press("e")
    wang.keyboard.press("Control+a")
    wang.keyboard.type("可以申请支付令。依据《中华人民共和国劳动合同法》第三十条。")
    expect(wang.locator("#chips")).to_contain_text("无误", timeout=15_000)
    wang.keyboard.press("Control+Enter")
    expect(wang.locator(".undo")).to_contain_text("撤回", timeout=30_000)
    wang.keyboard.press("z")
    expect(wang.locator("#answer")).to_have_value(re.compile("支付令"), timeout=30_000)
    wang.keyboard.press("Control+Enter")
    expect(wang.locator("body")).to_contain_text("已发送的答复", timeout=40_000)
    got = last_heard(system, conversation)
    assert got["author"] == "lawyer" and "支付令" in str(got["text"])


def test_the_desk_on_a_phone(browser: Browser, system: Running) -> None:
    _, reference = held(system)
    page = enter(browser, system, "赵手机", width=375)
    page.locator("li.case", has_text=reference).get_by_role("link").click()
    page.get_by_role("button", name="领办").click()
    expect(page.locator("#answer")).to_be_visible(timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth") == 375
