"""A whole wage case in a browser: told in the chat, worked out, written, corrected, printed."""

from __future__ import annotations

import re
import time

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow


def say(page: Page, words: str, answer: str) -> None:
    """Send, and wait until the answer says so."""
    page.get_by_role("textbox").fill(words)
    page.get_by_role("textbox").press("Enter")
    expect(page.get_by_role("log")).to_contain_text(answer, timeout=30_000)


def test_from_the_story_to_the_paper(page: Page) -> None:
    say(page, "帮我算算老板欠我多少工资", "谁欠")
    say(page, "张老板", "一个月")
    say(page, "每月五千", "几个月")
    say(page, "三个月", "15,000元")
    page.get_by_role("link", name="写劳动仲裁申请书").click()
    expect(page.get_by_label("对方姓名或者单位全称")).to_have_value("张老板")
    expect(page.get_by_label("一共欠多少元")).to_have_value("15000")
    page.get_by_label("您的姓名").fill("张小满")
    page.get_by_role("button", name="写成文书").click()
    expect(page.get_by_role("article")).to_contain_text("支付拖欠的劳动报酬15000元")
    expect(page.locator("mark").first).to_contain_text("待填")

    page.get_by_role("link", name="改一改").click()
    page.get_by_label("干什么活").fill("木工")
    page.get_by_role("button", name="写成文书").click()
    expect(page.get_by_role("article")).to_contain_text("从事木工工作")
    started = time.monotonic()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载PDF打印").click()
    assert time.monotonic() - started < 20
    assert download.value.suggested_filename == "劳动仲裁申请书.pdf"
    document = pypdfium2.PdfDocument(download.value.path())
    text = re.sub(r"\s", "", document[0].get_textpage().get_text_range())
    assert "张小满" in text and "15000元" in text and "本文书由人工智能辅助生成" in text
    with page.expect_download() as download:
        page.get_by_role("link", name="下载Word").click()
    assert download.value.suggested_filename == "劳动仲裁申请书.docx"


def test_the_nearest_office_in_the_chat(page: Page) -> None:
    say(page, "离我最近的司法所在哪", "您在哪个乡镇")
    page.get_by_role("button", name="白石镇").click()
    expect(page.get_by_role("log")).to_contain_text("离白石镇最近的是白石司法所", timeout=30_000)
