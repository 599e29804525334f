"""Leases that run out and facts asked for, by browsers on both sides and a clock of the test's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from api.wiring import Application
from tests.conftest import Clock
from tests.faked import Faked, serving

pytestmark = pytest.mark.slow


@pytest.fixture
def office(parts: Application) -> Iterator[Faked]:
    """An application whose machine is never sure, so that everything is held."""
    parts.library.confidence = 0.1
    with serving(parts) as started:
        yield started


def resident(browser: Browser, office: Faked, words: str) -> Page:
    """Somebody who has asked on the chat page and was told that a lawyer will answer."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    page.goto(office.url)
    page.get_by_role("button", name="我知道了").click()
    send(page, words)
    expect(page.locator("body")).to_contain_text("已转律师复核", timeout=20_000)
    return page


def send(page: Page, words: str) -> None:
    """Type and send."""
    box = page.get_by_role("textbox")
    box.fill(words)
    box.press("Enter")


def lawyer(browser: Browser, office: Faked, name: str) -> Page:
    """A lawyer in the desk, looking at the only case."""
    password = office.colleague(name)
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN").new_page()
    page.goto(f"{office.url}/desk")
    page.get_by_label("姓名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.locator("li.case").first.get_by_role("link").click()
    return page


def claim(page: Page) -> None:
    page.get_by_role("button", name="领办").click()
    expect(page.locator("#answer")).to_be_visible(timeout=20_000)


def test_a_lease_runs_out_and_the_case_is_free(
    browser: Browser, office: Faked, clock: Clock
) -> None:
    resident(browser, office, "房东不退押金怎么办")
    wang = lawyer(browser, office, "王离席")
    claim(wang)
    wang.locator("#answer").fill("请先保存好租房合同和转账记录。")
    expect(wang.locator("[data-saved]")).to_have_text("已保存", timeout=20_000)
    wang.route("**/renew", lambda route: route.abort())  # the line is gone, the page still open
    li = lawyer(browser, office, "李接手")
    expect(li.locator("[data-taken]")).to_contain_text("王离席正在办理")

    clock.forward(seconds=121)
    claim_button = li.get_by_role("button", name="领办")
    expect(claim_button).to_be_visible(timeout=20_000)
    claim(li)
    expect(li.locator("#answer")).to_have_value("请先保存好租房合同和转账记录。")
    wang.get_by_role("button", name="核对引用并发送").click()
    expect(wang.locator("body")).to_contain_text("李接手", timeout=20_000)
    (case,) = office.parts.reviews.all()
    assert case.owner == "李接手" and not case.answer


def test_asking_the_resident_for_a_fact(browser: Browser, office: Faked, clock: Clock) -> None:
    chat = resident(browser, office, "房东不退押金怎么办")
    wang = lawyer(browser, office, "王细问")
    claim(wang)
    wang.get_by_label("请居民补充").fill("合同是哪天到期的？")
    wang.get_by_role("button", name="发给居民").click()
    expect(chat.locator("body")).to_contain_text("合同是哪天到期的？", timeout=20_000)
    due = office.parts.reviews.all()[0].due_at
    clock.forward(hours=1)

    send(chat, "上个月底到期的")
    expect(wang.locator(".talk")).to_contain_text("上个月底到期的", timeout=20_000)
    (case,) = office.parts.reviews.all()
    assert case.due_at > due  # the deadline waited for the resident
    if not wang.locator("#answer").count():
        claim(wang)
    wang.locator("#answer").fill("房东应当退还押金，您可以申请调解。")
    wang.get_by_role("button", name="核对引用并发送").click()
    expect(wang.locator("body")).to_contain_text("撤回", timeout=20_000)
    clock.forward(seconds=11)
    expect(chat.locator("body")).to_contain_text("您可以申请调解", timeout=20_000)
