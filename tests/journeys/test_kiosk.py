"""At the kiosk, in a real browser over the application on fakes: heard, answered, forgotten."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

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
    kiosk.wait_for_function("document.documentElement.dataset.screen === 'start'")
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
