"""Ways in for eyes that need large letters and hands that use no pointer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.faked import Faked
from tests.journeys.screens import QUESTION, greet

pytestmark = pytest.mark.slow


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus; a page nobody gets through fails."""
    for _ in range(60):
        if wanted.evaluate("(node) => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not come to {wanted}", pytrace=False)


def test_asked_read_and_rated_by_keys_alone(phone: Page, faked: Faked) -> None:
    phone.goto(faked.url)
    expect(phone.get_by_role("button", name="我知道了")).to_be_focused()
    phone.keyboard.press("Enter")
    tab_to(phone, phone.get_by_role("textbox", name="您的问题"))
    phone.keyboard.type(QUESTION)
    phone.keyboard.press("Enter")
    law = phone.locator(".law summary").first
    expect(law).to_be_visible()
    tab_to(phone, law)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("dialog").locator(".is-chosen")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(law).to_be_focused()
    good = phone.get_by_role("button", name="满意", exact=True)
    tab_to(phone, good)
    phone.keyboard.press("Enter")
    expect(good).to_have_attribute("aria-pressed", "true")


def test_a_sum_by_keys_alone(phone: Page, faked: Faked) -> None:
    phone.goto(f"{faked.url}/guides")
    tab_to(phone, phone.get_by_role("link", name="算一算"))
    phone.keyboard.press("Enter")
    tab_to(phone, phone.get_by_role("link", name="加班"))
    phone.keyboard.press("Enter")
    for label, words in (("月工资", "4350"), ("工作日加班的小时数", "10")):
        tab_to(phone, phone.get_by_label(label))
        phone.keyboard.type(words)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="算出来了")).to_be_visible()


def test_large_letters_stay_from_page_to_page(phone: Page, faked: Faked) -> None:
    phone.goto(f"{faked.url}/guides")
    large = phone.get_by_role("button", name="大字")
    expect(large).to_have_accessible_name("现在是标准字，点一下用大字")
    large.click()
    phone.get_by_role("button", name="特大").click()
    phone.get_by_role("link", name="算一算").click()
    expect(phone.locator("body")).to_have_css("font-size", "30px")
    greet(phone, faked)
    expect(phone.get_by_role("textbox")).to_have_css("font-size", "30px")
    phone.go_back()
    phone.get_by_role("button", name="标准").click()
    phone.go_forward()
    expect(phone.locator("body")).to_have_css("font-size", "18px")
