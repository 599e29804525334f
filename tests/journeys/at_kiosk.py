"""What one does at the kiosk."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

TALL, WIDE = {"width": 1080, "height": 1920}, {"width": 1280, "height": 800}
SECRET = "邻居老李砌墙占了我家宅基地"


def ask(page: Page, words: str) -> None:
    """Write, ask, and wait for the answer."""
    page.get_by_role("button", name="我来写字").first.click()
    page.get_by_label("您的事").fill(words)
    page.get_by_role("button", name="问一问").click()
    expect(page.get_by_label("答复", exact=True)).to_be_visible(timeout=20_000)


def named(addresses: list[str]) -> str:
    """The first conversation among these addresses."""
    return re.search(r"conversations/(\w+)", "\n".join(addresses))[1]
