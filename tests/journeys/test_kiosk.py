"""At the kiosk, in a real browser over the application on fakes: heard, answered, forgotten."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from api.casework.orders import Told
from api.casework.steps import Role
from api.channels.kiosk.handover import sealed
from api.core.types import Handoff
from api.hearing import Hearing
from api.wiring import Application
from tests.faked import serving
from tests.journeys.test_voice import sound  # noqa: F401

pytestmark = pytest.mark.slow
TALL, WIDE = {"width": 1080, "height": 1920}, {"width": 1280, "height": 800}
SECRET = "邻居老李砌墙占了我家宅基地"


@pytest.fixture
def url(parts: Application, tmp_path: Path) -> Iterator[str]:
    """The application with the fake recogniser in its real process."""
    model = tmp_path / "models/fake-model"
    model.mkdir(parents=True)
    (model / "says.txt").write_text("老板 欠了 两万块 公资 怎么办", encoding="utf-8")
    with serving(replace(parts, hearing=Hearing(model))) as started:
        yield started.url


@pytest.fixture(params=[TALL, WIDE], ids=["tall", "wide"])
def kiosk(request: pytest.FixtureRequest, browser: Browser, url: str) -> Iterator[Page]:
    """The kiosk's page; a mistake in its scripts fails the test."""
    context = browser.new_context(viewport=request.param, locale="zh-CN")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{url}/kiosk")
    yield page
    context.close()
    assert not wrong


def ask(page: Page, words: str) -> None:
    """Write, ask, and wait for the answer."""
    page.get_by_role("button", name="我来写字").first.click()
    page.get_by_label("您的事").fill(words)
    page.get_by_role("button", name="问一问").click()
    expect(page.get_by_label("答复", exact=True)).to_be_visible(timeout=20_000)


def test_by_keys_alone(kiosk: Page) -> None:
    kiosk.keyboard.press("ArrowDown")
    expect(kiosk.locator("#talk")).to_be_focused()
    kiosk.keyboard.press("1")
    sheet = kiosk.get_by_label("答复", exact=True)
    expect(sheet).to_contain_text("第八十五条", timeout=20_000)
    expect(kiosk.locator("#caption")).not_to_be_empty()
    expect(kiosk.locator(".k-sentence.is-read")).to_have_count(1)
    pause = kiosk.locator("#pause")
    expect(pause).to_contain_text("停一下")
    pause.focus()
    kiosk.keyboard.press("Enter")
    expect(pause).to_contain_text("接着念")
    kiosk.keyboard.press("Escape")
    expect(kiosk.get_by_role("heading", name="遇到什么事了")).to_be_visible()


def test_everything_is_large_enough(kiosk: Page) -> None:
    ask(kiosk, "公司拖欠工资怎么办")
    small = kiosk.evaluate(
        """() => {
          const seen = [...document.querySelectorAll("body *")].filter((n) => n.checkVisibility());
          const words = (c) => c.nodeType === 3 && c.data.trim();
          const text = seen.filter((n) => [...n.childNodes].some(words));
          const sizes = text.filter((n) => parseFloat(getComputedStyle(n).fontSize) < 24);
          const press = seen.filter((n) => n.matches("button, summary, select, input, textarea"));
          const low = press.filter((n) => Math.min(n.offsetHeight, n.offsetWidth) < 60);
          return [...sizes, ...low].map((n) => n.id || n.className || n.tagName);
        }"""
    )
    assert small == []


def named(addresses: list[str]) -> str:
    """The first conversation among these addresses."""
    return re.search(r"conversations/(\w+)", "\n".join(addresses))[1]


def test_what_the_desk_writes_comes_onto_the_screen(kiosk: Page, parts: Application) -> None:
    asked: list[str] = []
    kiosk.on("request", lambda request: asked.append(request.url))
    ask(kiosk, SECRET)
    orders, told = parts.casework.orders, Told("张小满", "13800000000", SECRET)
    orders.open("mediation", told, conversation=named(asked))
    orders.take(1, "dispatch", Role.STAFF, "王律师")
    expect(kiosk.get_by_label("答复", exact=True)).to_contain_text("已派单", timeout=20_000)
    expect(kiosk.locator(".k-author")).to_contain_text("律师")


def test_contrast_is_seven_to_one(kiosk: Page) -> None:
    only = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
    for scheme in ("light", "dark"):
        kiosk.emulate_media(color_scheme=scheme)
        found = Axe().run(kiosk, options=only)
        assert not found.violations_count, found.generate_report()
    ask(kiosk, "公司拖欠工资怎么办")
    found = Axe().run(kiosk, options=only)
    assert not found.violations_count, found.generate_report()


def leave(page: Page, how: str) -> None:
    """Press the button, or walk away."""
    if how == "button":
        page.get_by_role("button", name="结束").click()
        return
    page.get_by_role("button", name="停一下").click()
    page.clock.run_for(62_000)
    expect(page.get_by_role("dialog")).to_contain_text("屏幕就忘掉")
    page.clock.run_for(21_000)


@pytest.mark.parametrize("how", ["button", "walking away"])
def test_the_next_person_finds_nothing(kiosk: Page, how: str) -> None:
    kiosk.clock.install()
    kiosk.reload()
    asked: list[str] = []
    kiosk.on("request", lambda r: asked.append(r.url))
    ask(kiosk, SECRET)
    conversation = named(asked)
    with kiosk.expect_navigation(wait_until="load"):
        leave(kiosk, how)
    kiosk.wait_for_function("() => document.documentElement.dataset.screen === 'start'")
    kiosk.go_back()
    kiosk.go_forward()
    kept = kiosk.evaluate(
        """async () => JSON.stringify([
          document.documentElement.outerHTML, {...localStorage}, {...sessionStorage},
          [...document.querySelectorAll("input, textarea")].map((n) => n.value), history.length,
          await (async () => {
            const texts = [];
            for (const name of await caches.keys())
              for (const request of await (await caches.open(name)).keys()) texts.push(request.url);
            return texts;
          })(),
        ])"""
    )
    assert "老李" not in kept and conversation not in kept
    ask(kiosk, "公司拖欠工资怎么办")
    assert named(asked[::-1]) != conversation
    assert "老李" not in kiosk.content()


def test_somebody_still_there_stays(kiosk: Page) -> None:
    kiosk.clock.install()
    kiosk.reload()
    ask(kiosk, SECRET)
    kiosk.get_by_role("button", name="停一下").click()
    kiosk.clock.run_for(62_000)
    kiosk.get_by_role("button", name="我还在").click()
    kiosk.clock.run_for(30_000)
    expect(kiosk.get_by_label("答复", exact=True)).to_be_visible()


def test_spoken_confirmed_asked(browser: Browser, url: str, sound: Path) -> None:  # noqa: F811
    arguments = ["--no-sandbox", "--disable-gpu", "--use-fake-ui-for-media-stream"]
    arguments += ["--use-fake-device-for-media-stream"]
    arguments += [f"--use-file-for-fake-audio-capture={sound}"]
    path = shutil.which("chromium")
    chromium = browser.browser_type.launch(executable_path=path, args=arguments)
    context = chromium.new_context(viewport=TALL, locale="zh-CN")
    context.grant_permissions(["microphone"], origin=url)
    page = context.new_page()
    page.goto(f"{url}/kiosk")
    page.get_by_role("button", name="说出您的事").click()
    words = page.get_by_label("您的事")
    expect(words).to_be_visible(timeout=30_000)
    assert "老板欠了两万块" in words.input_value()
    expect(page.locator("#ask")).to_contain_text("20,000元")
    page.get_by_role("button", name="问一问").click()
    expect(page.get_by_label("答复", exact=True)).to_contain_text("第八十五条", timeout=20_000)
    chromium.close()


def test_a_reading_lost_on_the_way_is_fetched_again_and_nothing_asked_twice(
    kiosk: Page, parts: Application
) -> None:
    lost = []

    def lose_the_first(route: Route) -> None:
        lost.append(route.request.url)
        if len(lost) == 1:
            route.abort()
        else:
            route.fallback()

    kiosk.route("**/spoken", lose_the_first)
    kiosk.get_by_role("button", name="我来写字").first.click()
    kiosk.get_by_label("您的事").fill(SECRET)
    kiosk.get_by_role("button", name="问一问").click()
    kiosk.get_by_role("button", name="再问一次").click()
    expect(kiosk.get_by_label("答复", exact=True)).to_be_visible()
    assert len(lost) == 2
    assert parts.library.asked.count(SECRET) == 1


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
    with kiosk.expect_navigation():
        kiosk.get_by_role("button", name="结束").click()
    assert "30,000元" not in kiosk.content() and "第五百八十六条" not in kiosk.content()


def test_without_network_it_still_helps_and_recovers(kiosk: Page) -> None:
    kiosk.wait_for_function("() => navigator.serviceWorker.controller !== null")
    kiosk.context.set_offline(True)
    expect(kiosk.locator("#banner")).to_contain_text("网络断了")
    kiosk.reload()
    kiosk.get_by_role("button", name="我来写字").first.click()
    kiosk.get_by_label("您的事").fill("老板拖着工钱不给")
    kiosk.get_by_role("button", name="问一问").click()
    expect(kiosk.get_by_label("找一找")).to_have_value("老板拖着工钱不给")
    expect(kiosk.locator("#places")).to_contain_text("0000-5550101")
    kiosk.get_by_role("button", name="公司、老板拖欠工资怎么办").click()
    sheet = kiosk.get_by_label("答复", exact=True)
    expect(sheet).to_contain_text("可以投诉")
    expect(sheet).to_contain_text("没有联网核对")
    kiosk.get_by_role("button", name="结束").click()
    expect(kiosk.get_by_role("heading", name="遇到什么事了")).to_be_visible()
    assert "拖着工钱" not in kiosk.content()
    kiosk.context.set_offline(False)
    expect(kiosk.locator("#banner")).to_be_empty(timeout=15_000)
    ask(kiosk, "公司拖欠工资怎么办")


def test_the_phone_goes_on_with_the_conversation(kiosk: Page, browser: Browser, url: str) -> None:
    asked: list[str] = []
    kiosk.on("request", lambda request: asked.append(request.url))
    ask(kiosk, "公司拖欠工资怎么办")
    until = datetime.now(UTC) + timedelta(1)
    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    phone.goto(f"{url}/go/{sealed('secret-key', named(asked), until)}")
    phone.get_by_role("button", name="接着问").click()
    expect(phone.get_by_role("log")).to_contain_text("公司拖欠工资怎么办", timeout=20_000)
    phone.context.close()
