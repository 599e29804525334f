"""axe-core finds nothing on any page: light and dark, smallest and widest screen, largest type."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from api.app import create_app
from api.wiring import Application
from tests.faked import Faked
from tests.journeys.screens import ENGLISH, NO_PAGE, SCREENS, Screen
from tests.routes import paths

#: What a program says where a person expects words.
_SLIPS = re.compile(r"\b(?:undefined|null|None|NaN|true|false)\b|\[object|\{\{|\{%")
#: Chinese that a screen reader would read with an English voice; what a resident wrote may be any.
UNSAID_CHINESE = """() => {
  const chinese = /[\\u3400-\\u9fff]/;
  const unsaid = (node) =>
    !node.closest("script, [aria-hidden=true], .said") && node.closest("[lang]").lang !== "zh-CN";
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { data, parentElement } = walk.currentNode;
    if (chinese.test(data) && unsaid(parentElement)) found.push(data.trim());
  }
  for (const name of ["aria-label", "placeholder", "title", "alt"])
    for (const node of document.querySelectorAll(`[${name}]`)) {
      const words = node.getAttribute(name);
      if (chinese.test(words) && unsaid(node)) found.push(words);
    }
  return found;
}"""
WIDE = {"width": 1280, "height": 900}
SMALL = {"width": 320, "height": 640}
_RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def test_every_page_has_a_screen(parts: Application) -> None:
    pages = {path for path in paths(create_app(parts), "GET") if not path.startswith("/api/")}
    missing = pages - NO_PAGE - {screen.route for screen in SCREENS}
    assert not missing, f"add a row to SCREENS in tests/journeys/screens/ for {sorted(missing)}"


def check(page: Page) -> None:
    """Fail with what axe complains about on the page as it is now, or a value nobody meant."""
    slip = _SLIPS.search(page.locator("body").inner_text())
    if slip:
        pytest.fail(f"the page says {slip[0]!r}", pytrace=False)
    if unsaid := page.evaluate(UNSAID_CHINESE):
        pytest.fail(f"Chinese in an English page without lang: {unsaid}", pytrace=False)
    result = Axe().run(page, options=_RULES)
    if result.violations_count:
        pytest.fail(result.generate_report(), pytrace=False)


@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS + ENGLISH, ids=lambda screen: screen.name)
def test_nothing_found(browser: Browser, faked: Faked, screen: Screen) -> None:
    context = browser.new_context(
        viewport=WIDE, locale="zh-CN", color_scheme="dark", reduced_motion="reduce"
    )
    try:
        page = context.new_page()
        screen.open(page, faked)
        check(page)
        page.set_viewport_size(SMALL)
        page.emulate_media(color_scheme="light")
        page.evaluate("() => { document.documentElement.dataset.size = '3'; }")
        check(page)
        across = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if page.evaluate(across) > 0:
            pytest.fail("the page scrolls sideways at 320 px", pytrace=False)
    finally:
        context.close()
