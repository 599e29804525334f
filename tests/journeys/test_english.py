"""The resident's way in English: every label in English, what is Chinese said to be Chinese."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.faked import Faked
from tests.journeys.screens import QUESTION, unsure
from tests.journeys.test_axe import UNSAID_CHINESE

pytestmark = pytest.mark.slow


def test_a_question_is_asked_and_answered(abroad: Page, faked: Faked) -> None:
    abroad.goto(faked.url)
    expect(abroad.get_by_role("dialog")).to_contain_text("Answers are in Chinese.")
    abroad.get_by_role("button", name="I understand").click()
    box = abroad.get_by_role("textbox", name="Your question")
    box.fill(QUESTION)
    abroad.get_by_role("button", name="Send").click()
    sheet = abroad.locator(".sheet")
    expect(sheet.get_by_role("heading", name="Legal basis")).to_be_visible()
    expect(sheet.locator(".answer p").first).to_have_attribute("lang", "zh-CN")
    expect(sheet).to_contain_text("not checked by a lawyer")
    sheet.get_by_role("button", name="Bad", exact=True).click()
    expect(sheet.get_by_role("status")).to_contain_text("within 48 hours")
    sheet.locator(".law summary").first.click()
    law = abroad.get_by_role("dialog")
    expect(law).to_contain_text("In force")
    expect(law.locator(".is-chosen")).to_have_attribute("lang", "zh-CN")
    law.get_by_role("button", name="Close").click()
    assert abroad.locator("html").get_attribute("lang") == "en"
    assert abroad.evaluate(UNSAID_CHINESE) == []


def test_danger_is_answered_in_english(abroad: Page, faked: Faked) -> None:
    abroad.goto(faked.url)
    abroad.get_by_role("button", name="I understand").click()
    abroad.get_by_role("textbox").fill("老公正在打我，流血了")
    abroad.get_by_role("button", name="Send").click()
    sheet = abroad.locator(".sheet")
    expect(sheet).to_contain_text("Urgent: call first")
    expect(sheet.get_by_role("link", name="Police 110")).to_be_visible()
    expect(sheet.locator(".answer")).to_contain_text("call 110 at once")


def test_a_lawyer_is_promised_in_english(abroad: Page, faked: Faked) -> None:
    abroad.goto(faked.url)
    abroad.get_by_role("button", name="I understand").click()
    with unsure(faked):
        abroad.get_by_role("textbox").fill(QUESTION)
        abroad.get_by_role("button", name="Send").click()
        expect(abroad.locator(".held")).to_contain_text("Passed on to a lawyer")
    abroad.get_by_role("button", name="More").click()
    expect(abroad.get_by_role("dialog").get_by_role("link", name="My file")).to_be_visible()
    assert abroad.evaluate(UNSAID_CHINESE) == []


def test_the_other_language_is_one_press_away_and_kept(abroad: Page, faked: Faked) -> None:
    abroad.goto(faked.url)
    abroad.get_by_role("dialog").get_by_role("link", name="中文").click()
    expect(abroad.get_by_role("button", name="我知道了")).to_be_visible()
    abroad.goto(f"{faked.url}/my")
    expect(abroad.get_by_role("heading", level=1)).to_have_text("我的法律服务档案")
    abroad.get_by_role("link", name="English").click()
    expect(abroad.get_by_role("heading", level=1)).to_have_text("My file of legal services")
