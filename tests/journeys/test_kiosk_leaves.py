"""What one takes from the kiosk: a printed page, a paper, a sum, a call, the talk on a phone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from api.casework.steps import Role
from api.channels.kiosk.handover import sealed
from api.core.types import Handoff
from api.wiring import Application
from tests.journeys.at_kiosk import SECRET, ask, named

pytestmark = pytest.mark.slow


def pages(data: bytes) -> tuple[list[tuple[int, int]], str]:
    """Sizes in millimetres and the words of a PDF."""
    document = pypdfium2.PdfDocument(data)
    sizes = [tuple(round(points / 72 * 25.4) for points in page.get_size()) for page in document]
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    return sizes, words


def test_printed_as_receipt_and_as_a4(kiosk: Page) -> None:
    ask(kiosk, "公司拖欠工资怎么办")
    kiosk.get_by_role("button", name="打印带走").click()
    frame = kiosk.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="法律咨询单")).to_be_visible()
    address = kiosk.locator("iframe").get_attribute("src")
    kiosk.get_by_role("button", name="换成大纸").click()
    expect(frame.locator("body.roll-a4")).to_be_visible()
    sheet = kiosk.context.new_page()
    for roll, width in (("80mm", 80), ("a4", 210)):
        sheet.goto(kiosk.url.replace("/kiosk", address.replace("80mm", roll)))
        sheet.locator("img").evaluate("(picture) => picture.decode()")
        sheet.wait_for_load_state("load")
        sizes, words = pages(sheet.pdf(prefer_css_page_size=True))
        assert {size[0] for size in sizes} == {width}
        assert "公司拖欠工资怎么办" in words and "12348" in words
        assert roll == "a4" or len(sizes) == 1  # a receipt is as long as its words
    kiosk.get_by_role("button", name="回到答复").click()
    expect(kiosk.get_by_label("答复", exact=True)).to_be_visible()


def test_a_person_is_called_and_the_state_shown(kiosk: Page, parts: Application) -> None:
    ask(kiosk, SECRET)
    kiosk.get_by_role("button", name="找真人").click()
    kiosk.get_by_role("button", name="请人联系我").click()
    expect(kiosk.get_by_role("alert").first).to_contain_text("能打通的电话")
    kiosk.get_by_label("您的电话").fill("13800000000")
    kiosk.get_by_role("button", name="请人联系我").click()
    expect(kiosk.locator("#called")).to_contain_text("等着派单")
    parts.casework.orders.take(1, "dispatch", Role.STAFF, "王律师")
    expect(kiosk.locator("#called")).to_contain_text("已派单", timeout=15_000)
    kiosk.get_by_role("button", name="好的").click()
    expect(kiosk.get_by_label("答复", exact=True)).to_be_visible()


def test_a_paper_with_the_identity_card(kiosk: Page, parts: Application) -> None:
    parts.rasa.step = Handoff("document", {"document": "aid_application", "opponent": "鑫源公司"})
    kiosk.get_by_role("button", name="我来写字").first.click()
    kiosk.get_by_label("您的事").fill("帮我写法律援助申请")
    kiosk.get_by_role("button", name="问一问").click()
    kiosk.locator(".k-nexts [data-paper]").click()
    kiosk.get_by_label("姓名", exact=True).fill("张小满")
    kiosk.get_by_label("身份证号", exact=True).first.fill("11010519491231002X")
    kiosk.get_by_role("button", name="填上").click()
    expect(kiosk.locator("#identity-known")).to_contain_text("110105********002X")
    expect(kiosk.get_by_label("对方姓名或者单位全称")).to_have_value("鑫源公司")
    kiosk.get_by_role("button", name="去打印").click()
    paper = kiosk.frame_locator("iframe")
    expect(paper.get_by_role("heading", name="法律援助申请表", level=2)).to_be_visible()
    expect(paper.locator("main")).to_contain_text("11010519491231002X")
    with kiosk.expect_navigation():
        kiosk.get_by_role("button", name="结束").click()
    assert "张小满" not in kiosk.content() and "19491231" not in kiosk.content()


def test_a_sum_from_the_answer(kiosk: Page, parts: Application) -> None:
    parts.library.rules = ("deposit",)
    ask(kiosk, "交了定金不想要了能退吗")
    kiosk.get_by_role("button", name="算一算：定金").click()
    kiosk.get_by_role("button", name="算一算", exact=True).click()
    expect(kiosk.locator("#sum-says")).not_to_be_empty()
    for label, value in (
        ("实际交的钱", "30000"),
        ("合同总价", "100000"),
        ("交钱那天", "2026-03-01"),
    ):
        kiosk.get_by_label(label).fill(value)
    kiosk.get_by_label("收据、合同上的写法").select_option("写明是定金")
    kiosk.get_by_label("谁违约").select_option("收钱的一方")
    kiosk.get_by_role("button", name="算一算", exact=True).click()
    expect(kiosk.locator("#sum-made")).to_contain_text("第五百八十")
    before = kiosk.evaluate("() => history.length")
    kiosk.get_by_role("button", name="打印带走").click()
    paper = kiosk.frame_locator("iframe")
    expect(paper.get_by_role("heading", level=1)).to_have_text("定金")
    expect(paper.locator("main")).to_contain_text("实际交的钱：30000元")
    kiosk.get_by_role("button", name="换成大纸").click()
    expect(paper.locator("body.roll-a4")).to_contain_text("第五百八十")
    assert kiosk.evaluate("() => history.length") == before
    with kiosk.expect_navigation():
        kiosk.get_by_role("button", name="结束").click()
    assert "30,000元" not in kiosk.content() and "第五百八十六条" not in kiosk.content()


def test_the_phone_goes_on_with_the_conversation(
    kiosk: Page, browser: Browser, kiosk_url: str
) -> None:
    asked: list[str] = []
    kiosk.on("request", lambda request: asked.append(request.url))
    ask(kiosk, "公司拖欠工资怎么办")
    until = datetime.now(UTC) + timedelta(1)
    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    phone.goto(f"{kiosk_url}/go/{sealed('secret-key', named(asked), until)}")
    phone.get_by_role("button", name="接着问").click()
    expect(phone.get_by_role("log")).to_contain_text("公司拖欠工资怎么办", timeout=20_000)
    phone.context.close()
