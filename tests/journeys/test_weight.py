"""What the first visit costs on a slow line: bytes, requests, hosts, the first paint."""

from __future__ import annotations

import statistics
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.faked import Faked

pytestmark = pytest.mark.slow

_MOST_BYTES = 120_000
_MOST_REQUESTS = 30
_FIRST_PAINT = 1_000  # ms
_LINE = {  # 400 kbit/s with the delay of a village's 3G
    "offline": False,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 200_000 / 8,
    "latency": 100,
}


def on_a_slow_line(page: Page) -> CDPSession:
    """Chromium's own throttling, nothing cached."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Network.emulateNetworkConditions", _LINE)
    return line


@pytest.mark.parametrize(
    "path", ["/", "/?lang=en", "/talk", "/tools", "/guides/wages", "/my", "/kiosk"]
)
def test_the_first_visit_is_light(browser: Browser, faked: Faked, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    line, received, hosts = on_a_slow_line(page), [], set()
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(faked.url + path, wait_until="networkidle")
    context.close()
    print(f"{path}: {sum(received)} bytes in {len(received)} requests")  # noqa: T201
    assert hosts == {urlsplit(faked.url).netloc}
    assert sum(received) <= _MOST_BYTES
    assert len(received) <= _MOST_REQUESTS


def test_the_first_paint_comes_within_a_second(browser: Browser, faked: Faked) -> None:
    paints = []
    for _ in range(5):
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
        page = context.new_page()
        on_a_slow_line(page)
        page.goto(faked.url, wait_until="load")
        script = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
        page.wait_for_function(script)
        paints.append(page.evaluate(script))
        context.close()
    print(f"first contentful paint: {[round(one) for one in paints]} ms")  # noqa: T201
    assert statistics.median(paints) < _FIRST_PAINT
