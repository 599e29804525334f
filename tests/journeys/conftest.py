"""A running system and a real browser for the journeys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from api.wiring import now
from knowledge.corpus import Corpus
from tests.faked import Faked, over_fakes, serving, settings_in
from tests.running import Running, running


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
