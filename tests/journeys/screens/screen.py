"""What a screen is, and what residents say on the way to one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.faked import Faked


@dataclass(frozen=True)
class Screen:
    """One page in one state; `route` is its path as the application declares it."""

    name: str
    route: str
    open: Callable[[Page, Faked], object]


def plain(name: str, route: str, path: str = "") -> Screen:
    """A page that needs nothing but its address."""
    return Screen(name, route, lambda page, at: page.goto(at.url + (path or route)))
