"""The chat page over fakes: progress, talks kept on the device, pictures, paper, reading aloud."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.faked import Faked
from tests.journeys.screens import QUESTION, ask, greet, held, opened

pytestmark = pytest.mark.slow


def say(page: Page, words: str) -> None:
    """Type, send, wait for one answer more."""
    before = page.locator(".sheet").count()
    page.get_by_role("textbox").fill(words)
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(".sheet")).to_have_count(before + 1)


def test_what_is_being_done_is_said_at_once(phone: Page, faked: Faked) -> None:
    greet(phone, faked)
    faked.parts.rasa.delay = 1.0
    try:
        phone.get_by_role("textbox").fill(QUESTION)
        phone.get_by_role("textbox").press("Enter")
        expect(phone.locator("#typing")).to_contain_text("正在看您说的事", timeout=900)
        expect(phone.locator(".sheet")).to_have_count(1)
    finally:
        faked.parts.rasa.delay = 0.0
    expect(phone.locator("#typing")).to_be_empty()


def test_talks_are_kept_named_and_taken_off_the_device(phone: Page, faked: Faked) -> None:
    ask(phone, faked)
    phone.get_by_role("button", name="更多").click()
    phone.get_by_role("button", name="换个新问题").click()
    phone.get_by_role("button", name="换新问题").click()
    expect(phone.locator(".sheet")).to_have_count(0)
    say(phone, "借钱不还怎么办")
    phone.get_by_role("button", name="更多").click()
    phone.get_by_role("button", name="以前的对话").click()
    rows = phone.locator("#talks-list li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("正在说的")
    rows.nth(1).get_by_role("button", name="改名").click()
    phone.get_by_label("新名字").fill("工钱的事")
    phone.get_by_role("button", name="保存").click()
    phone.get_by_role("button", name="工钱的事").first.click()
    expect(phone.get_by_role("log")).to_contain_text("一直拖着工钱不给")
    expect(phone.get_by_role("log")).not_to_contain_text("借钱不还")
    phone.get_by_role("button", name="更多").click()
    phone.get_by_role("button", name="以前的对话").click()
    phone.get_by_role("button", name="删掉：工钱的事").click()
    expect(rows).to_have_count(1)
    phone.get_by_role("button", name="关上").click()
    phone.reload()
    expect(phone.locator(".sheet")).to_have_count(0)


def test_an_answer_as_a_picture(phone: Page, faked: Faked) -> None:
    phone.add_init_script("navigator.canShare = () => false")
    ask(phone, faked)
    with phone.expect_download() as download:
        phone.get_by_role("button", name="存成图片").click()
    assert download.value.suggested_filename == "问法答复.png"
    with Image.open(download.value.path()) as image:
        assert image.width == 720 and image.height > 600
        assert len(image.convert("L").getcolors()) > 20, "nothing is written on it"


def test_on_paper_stand_the_reference_and_the_way_back(phone: Page, faked: Faked) -> None:
    held(phone, faked)
    pdf = pypdfium2.PdfDocument(phone.pdf(format="A4"))
    text = re.sub(r"\s", "", pdf[0].get_textpage().get_text_range())
    assert re.search(r"编号W\d{8}-\d{4}", text) and "接着问" in text and "演示县" in text
    assert "存成图片" not in text and "转人工" not in text.replace("发送“转人工”", "")


def test_the_law_opens_as_a_sheet_and_gives_the_focus_back(phone: Page, faked: Faked) -> None:
    opened(phone, faked)
    sheet = phone.get_by_role("dialog")
    expect(sheet.locator(".is-chosen")).to_contain_text("申请支付令")
    expect(sheet).to_contain_text("第三十一条")
    phone.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(phone.locator(".law summary").first).to_be_focused()


def test_the_law_is_there_without_a_network(phone: Page, faked: Faked) -> None:
    ask(phone, faked)
    phone.route("**/api/v1/articles*", lambda route: route.abort())
    phone.locator(".law summary").first.click()
    expect(phone.locator(".law-text").first).to_be_visible()


_VOICE = """
const said = [];
Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
  said, getVoices: () => [{ lang: "zh-CN" }], cancel() { said.length = 0; },
  speak(one) { said.push(one.text); },
}) });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_an_answer_is_read_aloud_and_stopped(phone: Page, faked: Faked) -> None:
    phone.add_init_script(_VOICE)
    ask(phone, faked)
    phone.get_by_role("button", name="念给我听").click()
    said = phone.evaluate("() => speechSynthesis.said.join('')")
    assert "申请支付令" in said or "用人单位应当按照" in said
    phone.get_by_role("button", name="停下来").click()
    assert phone.evaluate("() => speechSynthesis.said.length") == 0
    expect(phone.get_by_role("button", name="念给我听")).to_be_visible()


def test_no_voice_no_button(phone: Page, faked: Faked) -> None:
    ask(phone, faked)
    expect(phone.get_by_role("button", name="念给我听")).to_have_count(0)


def test_a_photo_for_the_lawyer(phone: Page, faked: Faked, tmp_path: Path) -> None:
    picture = tmp_path / "photo.jpg"
    Image.new("RGB", (64, 48), "red").save(picture, "JPEG")
    held(phone, faked)
    phone.get_by_label("拍照发给律师").set_input_files(picture)
    expect(phone.locator(".photo")).to_contain_text("律师能看到了", timeout=20_000)
    expect(phone.locator(".log")).to_contain_text("照片收到了", timeout=20_000)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    phone.get_by_label("拍照发给律师").set_input_files(broken)
    expect(phone.locator(".photo")).to_contain_text("只收照片", timeout=20_000)
