"""Every page of a resident offers the same help at the same place: larger type, and a person."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

_PAGES = [
    *("/", "/talk", "/tools", "/tools/overtime", "/guides", "/guides/wages", "/checkup"),
    *("/places", "/papers", "/papers/new/labour_arbitration", "/aid", "/orders"),
    *("/orders/new/mediation", "/my", "/contact/conversation-1", "/guides/nothing-here"),
]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", _PAGES)
def test_the_hotline_follows_the_name_and_comes_before_the_page(
    client: TestClient, path: str, language: str
) -> None:
    page = client.get(path, headers={"Accept-Language": language}).text
    order = ('class="brand"', 'id="size"', 'href="tel:12348"', "<main")
    assert list(order) == sorted(order, key=page.index)


@pytest.mark.parametrize("path", ["/desk/login", "/kiosk"])
def test_pages_with_help_of_their_own_carry_no_second(client: TestClient, path: str) -> None:
    assert 'id="size"' not in client.get(path).text
