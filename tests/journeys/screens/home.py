"""A resident's own file."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.faked import Faked
from tests.journeys.screens.chat import ask
from tests.journeys.screens.counter import ORDER, TOLD
from tests.journeys.screens.screen import Screen, plain


def at_home(page: Page, at: Faked, phone: str = "13800001234") -> None:
    """A resident's own file, with an answered question, an application and a rating in it."""
    ask(page, at)
    made = page.request.post(f"{at.url}/aid/apply", form=TOLD | {"phone": phone})
    token = made.url.rpartition("/")[2]
    page.goto(f"{at.url}/my/keep/aid/{token}")
    sent_code(page, at, phone)
    page.get_by_label("六位数字").fill(at.parts.texts.code())
    page.get_by_role("button", name="进去看").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="放进档案").click()
    page.locator(".my-talk").first.wait_for()


def sent_code(page: Page, at: Faked, phone: str = "") -> None:
    """Where the six digits are filled in."""
    count = len(at.parts.texts.sent)
    phone = phone or f"139{count:08}"
    if "/my" not in page.url:
        page.goto(f"{at.url}/my")
    page.get_by_label("您的手机号").fill(phone)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="发验证码").click()
    page.get_by_label("六位数字").wait_for()


def each_time(opened: Callable[[Page, Faked, str], None]) -> Callable[[Page, Faked], None]:
    """A phone of its own for every time: one gets no two codes within a minute."""
    return lambda page, at: opened(page, at, f"138{len(at.parts.texts.sent):08}")


def erasing(page: Page, at: Faked, phone: str) -> None:
    """The question whether to erase everything."""
    at_home(page, at, phone)
    page.get_by_role("link", name="删除我的信息").click()


def erased(page: Page, at: Faked, phone: str) -> None:
    """It is done."""
    erasing(page, at, phone)
    page.get_by_role("checkbox").check()
    page.get_by_label("最后四位").fill(phone[-4:])
    page.get_by_role("button", name="删除我的信息").click()


def keeping(page: Page, at: Faked, phone: str) -> None:
    """A matter offered to somebody who is in already."""
    at_home(page, at, phone)
    made = page.request.post(f"{at.url}/orders/new/mediation", form=ORDER)
    page.goto(f"{at.url}/my/keep/order/{made.url.rpartition('/')[2]}")


SCREENS = (
    plain("my-phone", "/my"),
    Screen("my-code", "/my", sent_code),
    Screen("my", "/my", each_time(at_home)),
    Screen("my-keep", "/my/keep/{kind}/{token}", each_time(keeping)),
    Screen("my-erase", "/my/erase", each_time(erasing)),
    Screen("my-erased", "/my/erase", each_time(erased)),
)
