"""The resident's way in English."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.faked import Faked
from tests.journeys.screens.chat import ask, contact, greet, held, law, talk
from tests.journeys.screens.home import at_home, each_time, erasing
from tests.journeys.screens.screen import Screen


def in_english(opened: Callable[[Page, Faked], object]) -> Callable[[Page, Faked], None]:
    """The page another screen ends on, turned to English where it stands."""

    def turn(page: Page, at: Faked) -> None:
        opened(page, at)
        address, _, part = page.url.partition("#")
        more = "&" if "?" in address else "?"
        page.goto(f"{address}{more}lang=en{'#' if part else ''}{part}")

    return turn


def english(name: str, route: str, opened: Callable[[Page, Faked], object]) -> Screen:
    """A screen of the resident's way in English."""
    return Screen(f"english-{name}", route, in_english(opened))


SCREENS = (
    english("first-visit", "/", lambda page, at: page.goto(at.url)),
    english("chat", "/", greet),
    english("answer", "/", ask),
    english("held", "/", held),
    english("talk", "/talk", talk),
    english("law", "/law/{version}", law),
    english("contact", "/contact/{conversation}", contact),
    english("my-phone", "/my", lambda page, at: page.goto(f"{at.url}/my")),
    english("my", "/my", each_time(at_home)),
    english("my-erase", "/my/erase", each_time(erasing)),
    english("not-found", "/my", lambda page, at: page.goto(f"{at.url}/my/nowhere")),
)
