"""The village kiosk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page

from api.channels.kiosk.handover import sealed
from tests.faked import Faked
from tests.journeys.screens.screen import Screen, plain


def kiosk_answer(page: Page, at: Faked) -> None:
    """An answer at the kiosk."""
    page.goto(f"{at.url}/kiosk")
    page.locator(".k-matter").first.click()
    page.locator("#sheet").wait_for()
    page.locator("#pause").click()


def kiosk_writing(page: Page, at: Faked) -> None:
    """Where one writes at the kiosk."""
    page.goto(f"{at.url}/kiosk")
    page.locator("#talk").click()


def kiosk_print(page: Page, at: Faked) -> None:
    """What would be printed, in its frame."""
    kiosk_answer(page, at)
    page.locator("#print").click()
    page.locator("#print-now:enabled").wait_for()


def kiosk_slip(page: Page, at: Faked) -> None:
    """The printed page by itself."""
    kiosk_print(page, at)
    page.goto(at.url + (page.locator("iframe").get_attribute("src") or ""))


def kiosk_scanned(page: Page, at: Faked) -> None:
    """What the code on the page leads to."""
    until = at.parts.services.now() + timedelta(1)
    page.goto(f"{at.url}/go/{sealed('secret-key', 'conversation-1', until)}")


def kiosk_paper(page: Page, at: Faked) -> None:
    """A paper to file, as it is printed."""
    facts = {"kind": "labour_arbitration", "facts": {"name": "张小满"}}
    made = page.request.post(f"{at.url}/api/v1/kiosk/papers", data=facts).json()
    page.goto(f"{at.url}/kiosk/paper/{made['token']}")


def kiosk_sum(page: Page, at: Faked) -> None:
    """A calculator at the kiosk, worked out."""
    at.parts.library.rules = ("work_death",)
    kiosk_answer(page, at)
    at.parts.library.rules = ()
    page.locator("[data-sum]").click()
    page.get_by_label("去世的日期").fill("2026-03-01")
    page.get_by_label("平均月缴费工资").fill("6000")
    page.locator("#sum-work").click()
    page.locator("#sum-made h2").wait_for()


def kiosk_sum_print(page: Page, at: Faked) -> None:
    """The same, as it will be printed."""
    kiosk_sum(page, at)
    page.locator("#sum-print").click()
    page.locator("#print-now:enabled").wait_for()


def pressed(button: str) -> Callable[[Page, Faked], None]:
    """The kiosk after one press."""

    def press(page: Page, at: Faked) -> None:
        page.goto(f"{at.url}/kiosk")
        page.locator(button).click()

    return press


def kiosk_link(page: Page, at: Faked) -> None:
    """What the link that registers a kiosk opens."""
    kiosks = at.parts.casework.kiosks
    name = f"一体机{len(kiosks.all()) + 1}号"
    page.goto(f"{at.url}/kiosk/register/{kiosks.add(name, '柳河镇', '东湾村', '', '').link}")


SCREENS = (
    plain("kiosk", "/kiosk"),
    Screen("kiosk-answer", "/kiosk", kiosk_answer),
    Screen("kiosk-writing", "/kiosk", kiosk_writing),
    Screen("kiosk-person", "/kiosk", pressed("#call")),
    Screen("kiosk-places", "/kiosk", pressed("#browse")),
    Screen("kiosk-sum", "/kiosk", kiosk_sum),
    Screen("kiosk-sum-print", "/kiosk", kiosk_sum_print),
    Screen("kiosk-print", "/kiosk", kiosk_print),
    Screen("kiosk-slip", "/kiosk/slip/{conversation}/{reply}", kiosk_slip),
    Screen("kiosk-paper", "/kiosk/paper/{token}", kiosk_paper),
    Screen("kiosk-scanned", "/go/{token}", kiosk_scanned),
    Screen("kiosk-register", "/kiosk/register/{link}", kiosk_link),
)
