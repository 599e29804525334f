"""A running system, a real browser, and the places residents come in by."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.hearing import Hearing
from api.wiring import Application, now
from knowledge.corpus import Corpus
from knowledge.faq import load_faq
from tests.conftest import ROOT
from tests.faked import Faked, over_fakes, serving, settings_in
from tests.fakes import FakeLibrary
from tests.journeys.at_kiosk import TALL, WIDE
from tests.running import Running, running
from tests.speech.sounds import encode, silence
from tests.speech.voice import voice

expect.set_options(timeout=20_000)  # a shared machine may stand still for some seconds


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Application and dialogue, started once."""
    with running(tmp_path_factory.mktemp("system"), dialogue=True) as started:
        yield started


@pytest.fixture(scope="session")
def faked(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Iterator[Faked]:
    """An application over fakes behind a port, started once: for what depends on pages alone."""
    settings = settings_in(tmp_path_factory.mktemp("faked"))
    with serving(over_fakes(settings, corpus, now)) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium")
    if not path:
        pytest.skip("没有安装 chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, system: Running) -> Iterator[Page]:
    """The chat page on a phone, the first-visit notice read."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.goto(system.url)
    page.get_by_role("button", name="我知道了").click()
    yield page
    context.close()


def visiting(browser: Browser, locale: str) -> Iterator[Page]:
    """A phone's browser that has not been here, set to this language."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale=locale, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A resident's phone."""
    yield from visiting(browser, "zh-CN")


@pytest.fixture
def abroad(browser: Browser) -> Iterator[Page]:
    """A phone set to English."""
    yield from visiting(browser, "en-GB")


@pytest.fixture
def says() -> str:
    """What the fake recogniser hears, whatever is said."""
    return "老板 欠了 两万块 公资 怎么办"


@pytest.fixture
def misheard(parts: Application) -> FakeLibrary:
    """The search, which finds another entry for the words as they may have been meant."""
    library = parts.library
    assert isinstance(library, FakeLibrary)
    library.entry, library.meant, *_ = load_faq(ROOT / "knowledge/faq")
    return library


@pytest.fixture
def kiosk_url(parts: Application, tmp_path: Path, says: str) -> Iterator[str]:
    """The application with the fake recogniser in its real process."""
    model = tmp_path / "models/fake-model"
    model.mkdir(parents=True)
    (model / "says.txt").write_text(says, encoding="utf-8")
    hearing = Hearing(model)
    services = replace(parts.services, reading=hearing.reading)
    with serving(replace(parts, services=services, hearing=hearing)) as started:
        yield started.url


@pytest.fixture(params=[TALL, WIDE], ids=["tall", "wide"])
def kiosk(request: pytest.FixtureRequest, browser: Browser, kiosk_url: str) -> Iterator[Page]:
    """The kiosk's page; a mistake in its scripts fails the test."""
    context = browser.new_context(viewport=request.param, locale="zh-CN")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{kiosk_url}/kiosk")
    yield page
    context.close()
    assert not wrong


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Three seconds of something like a voice, then silence."""
    path = tmp_path / "voice.wav"
    path.write_bytes(encode(voice(3.0)[44:] + silence(3), "wav", "pcm_s16le"))
    return path
