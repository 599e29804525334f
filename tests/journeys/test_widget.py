"""The chat inside another site with a strict policy; a site not on the list gets none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, expect

from tests.faked import Faked

pytestmark = pytest.mark.slow


@contextmanager
def another_site(home: str) -> Iterator[str]:
    """A page that loads the widget, under a policy without inline style or script."""
    policy = f"default-src 'none'; style-src 'self'; script-src {home}; frame-src {home}"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = "<!doctype html><title>县政府</title>"
            page += f"<script src='{home}/widget.js' defer></script>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_only_sites_on_the_list_show_the_chat(browser: Browser, faked: Faked) -> None:
    settings, before = faked.parts.settings, faked.parts.settings.embed_origins
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    with another_site(faked.url) as site:
        settings.embed_origins = site
        page.goto(site)
        page.get_by_role("button", name="法律咨询").click()
        chat = page.frame_locator("iframe[title='法律咨询']")
        chat.get_by_role("button", name="我知道了").click()
        chat.get_by_role("textbox").fill("老板欠我工钱")
        chat.get_by_role("button", name="发送").click()
        expect(chat.get_by_role("log")).to_contain_text("第八十五条")
        press = page.get_by_role("button", name="收起")
        expect(press).to_have_attribute("aria-expanded", "true")
        press.click()
        expect(page.locator("iframe")).to_be_hidden()

        settings.embed_origins = "https://www.example.gov.cn"
        page.reload()
        page.get_by_role("button", name="法律咨询").click()
        page.wait_for_function("() => document.querySelector('iframe') !== null")
        page.wait_for_timeout(1_000)
        expect(chat.get_by_role("textbox")).to_have_count(0)
    settings.embed_origins = before
    page.close()
