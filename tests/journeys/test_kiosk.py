"""At the kiosk, in a real browser over the application on fakes: heard, answered, forgotten."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from api.casework.orders import Told
from api.casework.steps import Role
from api.wiring import Application
from tests.fakes import FakeLibrary
from tests.journeys.at_kiosk import SECRET, TALL, ask, named

pytestmark = pytest.mark.slow


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
    speed = kiosk.locator("#speed")
    expect(speed).to_contain_text("念得快慢：中")
    speed.focus()
    kiosk.keyboard.press("Enter")
    expect(speed).to_contain_text("念得快慢：快")
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


@contextmanager
def hearing(browser: Browser, url: str, sound: Path) -> Iterator[Page]:
    """The kiosk in a Chromium that hears this file."""
    arguments = ["--no-sandbox", "--disable-gpu", "--use-fake-ui-for-media-stream"]
    arguments += ["--use-fake-device-for-media-stream"]
    arguments += [f"--use-file-for-fake-audio-capture={sound}"]
    path = shutil.which("chromium")
    with browser.browser_type.launch(executable_path=path, args=arguments) as chromium:
        context = chromium.new_context(viewport=TALL, locale="zh-CN")
        context.grant_permissions(["microphone"], origin=url)
        page = context.new_page()
        page.goto(f"{url}/kiosk")
        yield page


def test_spoken_confirmed_asked(browser: Browser, kiosk_url: str, sound: Path) -> None:
    with hearing(browser, kiosk_url, sound) as page:
        page.get_by_role("button", name="说出您的事").click()
        words = page.get_by_label("您的事")
        expect(words).to_be_visible(timeout=30_000)
        assert "老板欠了两万块" in words.input_value()
        expect(page.locator("#ask")).to_contain_text("20,000元")
        page.get_by_role("button", name="问一问").click()
        expect(page.get_by_label("答复", exact=True)).to_contain_text("第八十五条", timeout=20_000)


@pytest.mark.parametrize("says", ["我要 和他 里婚\n对头"])
def test_yes_said_aloud_to_what_is_asked_back(
    browser: Browser, kiosk_url: str, misheard: FakeLibrary, sound: Path
) -> None:
    with hearing(browser, kiosk_url, sound) as page:
        page.get_by_role("button", name="说出您的事").click()
        page.get_by_role("button", name="问一问").click(timeout=30_000)
        sheet = page.get_by_label("答复", exact=True)
        expect(sheet).to_contain_text("您是说“离婚”吗", timeout=20_000)
        page.locator("#more").click()
        expect(sheet).to_contain_text("好，您问的是：“我要和他离婚”", timeout=30_000)
    assert misheard.asked[-1] == "我要和他离婚"


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
    with kiosk.expect_navigation():
        kiosk.get_by_role("button", name="结束").click()
    expect(kiosk.get_by_role("heading", name="遇到什么事了")).to_be_visible()
    assert "拖着工钱" not in kiosk.content()
    kiosk.context.set_offline(False)
    expect(kiosk.locator("#banner")).to_be_empty(timeout=15_000)
    ask(kiosk, "公司拖欠工资怎么办")
