"""A resident works something out: on the page without script, and by telling the chat."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.running import Running

pytestmark = pytest.mark.slow


def test_on_the_page_without_script(browser: Browser, system: Running) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{system.url}/tools")
    page.get_by_role("link", name="加班费").click()
    page.get_by_label("月工资").fill("4350")
    page.get_by_label("工作日加班的小时数").fill("很久")
    page.get_by_role("button", name="算一算").click()
    expect(page.get_by_role("alert")).to_contain_text("“工作日加班的小时数”看不出是多少")
    page.get_by_label("工作日加班的小时数").fill("10")
    page.get_by_role("button", name="算一算").click()
    result = page.get_by_role("article")
    expect(result).to_contain_text("375元")
    expect(result).to_contain_text("4,350元 ÷ 21.75天 ÷ 8小时 × 150% × 10小时 = 375元")
    result.get_by_text("《中华人民共和国劳动法》第四十四条").click()
    expect(result).to_contain_text("支付不低于工资的百分之一百五十的工资报酬")
    context.close()


def test_by_telling_the_chat(page: Page) -> None:
    log = page.get_by_role("log")
    for words, wanted in (
        ("帮我算算老板欠我多少工资", "谁欠"),
        ("张老板", "一个月"),
        ("每月五千", "几个月"),
        ("三个月", "15,000元"),
    ):
        page.get_by_role("textbox").fill(words)
        page.get_by_role("textbox").press("Enter")
        expect(log).to_contain_text(wanted, timeout=20_000)
    expect(log).to_contain_text("每月5,000元 × 3个月 = 15,000元")
    expect(log).to_contain_text("第八十五条")
