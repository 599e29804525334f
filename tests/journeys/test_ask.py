"""A resident on a phone: asks and gets an answer with its law; asks something risky and waits."""

from __future__ import annotations

import re
import uuid

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.running import Running

pytestmark = pytest.mark.slow

WAGES = "老板拖欠工资不给，我该怎么办"
RISKY = "我弟弟被派出所抓了，现在关在看守所，怎么办"


def ask(page: Page, words: str) -> None:
    """Type and send."""
    page.get_by_role("textbox").fill(words)
    page.get_by_role("textbox").press("Enter")


def at_the_desk(browser: Browser, system: Running, name: str) -> Page:
    """A lawyer who has just come in."""
    password = system.colleague(name)
    desk = browser.new_context(locale="zh-CN").new_page()
    desk.goto(f"{system.url}/desk")
    desk.get_by_label("姓名").fill(name)
    desk.get_by_label("密码").fill(password)
    desk.get_by_role("button", name="登录").click()
    return desk


def test_an_answer_with_its_law(page: Page) -> None:
    ask(page, "我在工地干了三个月，老板一直拖着工钱不给，怎么办？")
    log = page.get_by_role("log")
    expect(log).to_contain_text("本回复由人工智能生成，未经律师审核", timeout=20_000)
    expect(log).to_contain_text("第八十五条")
    log.get_by_text("第八十五条").first.click()
    expect(log).to_contain_text("逾期不支付的，责令用人单位按应付金额百分之五十以上")


def test_history_survives_a_reload(page: Page) -> None:
    ask(page, WAGES)
    expect(page.get_by_role("log")).to_contain_text("人工智能", timeout=20_000)
    page.reload()
    expect(page.get_by_role("log")).to_contain_text(WAGES)
    expect(page.get_by_role("log")).to_contain_text("人工智能")


def test_markup_stays_inert(page: Page) -> None:
    ask(page, "<img src=x onerror=\"document.title='broken'\">老板欠我工钱")
    expect(page.get_by_role("log")).to_contain_text("<img src=x")
    expect(page.get_by_role("log")).to_contain_text("人工智能", timeout=20_000)
    assert page.title() != "broken"
    assert page.get_by_role("log").locator("img[src='x']").count() == 0


def test_risky_is_held_and_the_lawyers_answer_arrives(
    page: Page, browser: Browser, system: Running
) -> None:
    ask(page, RISKY)
    log = page.get_by_role("log")
    expect(log).to_contain_text(re.compile(r"W\d{8}-\d{4}"), timeout=20_000)
    reference = re.search(r"W\d{8}-\d{4}", log.inner_text())[0]

    desk = at_the_desk(browser, system, "王律师")
    desk.locator("li", has_text=reference).get_by_role("link").click()
    expect(desk.locator("body")).to_contain_text("涉及刑事追究或者羁押")
    desk.get_by_role("button", name="领办").click()
    answer = desk.get_by_label("先说结论")
    answer.fill("可以委托律师会见。依据《中华人民共和国刑事诉讼法》第九百条。")
    desk.get_by_role("button", name="核对引用并发送").click()
    expect(desk.get_by_role("alert")).to_contain_text("第九百条")
    answer.fill("家属可以委托律师到看守所会见。依据《中华人民共和国刑事诉讼法》第三十九条。")
    desk.get_by_role("button", name="核对引用并发送").click()
    expect(desk.locator("body")).to_contain_text("等另一位律师同意")

    second = at_the_desk(browser, system, "李律师")
    second.locator("li", has_text=reference).get_by_role("link").click()
    second.get_by_role("button", name="领办二审").click()
    second.get_by_role("button", name="同意，发送").click()
    expect(second.locator(".undo")).to_contain_text("撤回")

    expect(log).to_contain_text("家属可以委托律师到看守所会见", timeout=30_000)
    expect(log).to_contain_text("第三十九条")


def test_danger_shows_the_number_first(page: Page) -> None:
    ask(page, "我老公正在打我")
    expect(page.get_by_role("log").get_by_role("link", name=re.compile("110"))).to_be_visible(
        timeout=20_000
    )


def test_the_form_works_out_what_is_owed(system: Running) -> None:
    conversation = uuid.uuid4().hex

    def say(text: str) -> dict[str, object]:
        body = {
            "conversation": conversation,
            "channel": "web",
            "text": text,
            "client_message_id": uuid.uuid4().hex,
        }
        return httpx.post(f"{system.url}/api/v1/messages", json=body, timeout=30).json()

    assert "谁欠" in str(say("帮我算算老板欠我多少工资")["answer"])
    assert "一个月" in str(say("张老板")["answer"])
    assert "几个月" in str(say("每月五千")["answer"])
    result = say("三个月")
    assert "15,000元" in str(result["answer"])
    assert [c["article"] for c in result["citations"]] == ["第三十条", "第八十五条", "第二十七条"]
