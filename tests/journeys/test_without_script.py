"""A resident whose browser runs no script asks, asks further, waits for the lawyer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.faked import Faked
from tests.journeys.screens import unsure

pytestmark = pytest.mark.slow


def test_ask_follow_up_and_look_again(browser: Browser, faked: Faked) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(faked.url)
    expect(page.get_by_role("button", name="说话")).to_be_hidden()
    page.get_by_role("button", name="老板拖欠工资").click()
    expect(page.get_by_role("heading", name="先跟您说清楚")).to_be_visible()
    page.get_by_role("button", name="我知道了，接着问").click()
    answers = page.locator(".msg .sheet")
    expect(answers).to_have_count(1)
    expect(page.get_by_text("本回复由人工智能生成，未经律师审核")).to_be_visible()
    law = page.locator(".law").filter(has=page.locator("summary", has_text="第八十五条"))
    law.locator("summary").click()
    expect(law).to_contain_text("逾期不支付的，责令用人单位按应付金额百分之五十以上")
    expect(law.get_by_text("逾期不支付的，责令用人单位按应付金额百分之五十以上")).to_be_visible()

    with unsure(faked):
        page.get_by_label("您的问题").fill("他要是不认账呢？")
        page.get_by_role("button", name="发送").click()
        expect(page.get_by_text("已转律师复核")).to_be_visible()
    expect(answers).to_have_count(2)
    page.reload()
    expect(answers).to_have_count(2)
    page.get_by_role("link", name="看看律师答复了没有").click()
    expect(answers).to_have_count(2)

    page.get_by_role("button", name="转人工").click()
    expect(page.get_by_text("您要求找真人")).to_be_visible()
    page.get_by_role("button", name="换个新问题").click()
    page.goto(f"{faked.url}/talk")
    expect(answers).to_have_count(0)
    context.close()
