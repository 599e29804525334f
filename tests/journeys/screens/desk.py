"""The lawyers' desk."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
from playwright.sync_api import Page

from api.review.people import Role
from tests.desk import PASSWORD
from tests.faked import Faked
from tests.journeys.screens.chat import held
from tests.journeys.screens.counter import aid_application, order
from tests.journeys.screens.screen import Screen, plain


def inside(page: Page, at: Faked, path: str, role: Role = Role.SUPERVISOR, name: str = "") -> None:
    """A page of the desk, as somebody who may see it."""
    name = name or f"{role}同事"
    if not at.parts.office.staff.named(name):
        at.colleague(name, role)
    page.goto(f"{at.url}/desk/login")
    page.get_by_label("姓名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.goto(at.url + path)


def as_admin(page: Page, at: Faked) -> None:
    """The list of people, which an administrator sees once the phone has given a code."""
    inside(page, at, "/desk/code", Role.ADMIN, "登记员")
    secret = page.locator(".mono").inner_text().replace(" ", "")
    page.get_by_label("六位数字").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="启用").click()
    page.goto(f"{at.url}/desk/people")


def invited(page: Page, at: Faked) -> None:
    """What a one-time link opens."""
    page.goto(f"{at.url}/desk/join/{at.invited('新来的')}")


def case(page: Page, at: Faked) -> None:
    """A case on the lawyer's desk."""
    held(page, at)
    inside(page, at, f"/desk/cases/{max(one.id for one in at.parts.reviews.all())}")


def claimed(page: Page, at: Faked) -> None:
    """The same, claimed: where the answer is written."""
    case(page, at)
    page.get_by_role("button", name="领办").click()
    page.get_by_label("先说结论").wait_for()


def at_the_desk(path: str, role: Role = Role.SUPERVISOR) -> Callable[[Page, Faked], None]:
    """A page of the desk that needs nothing but somebody logged in."""
    return lambda page, at: inside(page, at, path, role)


def desk_aid(page: Page, at: Faked) -> None:
    """An application as the desk sees it."""
    aid_application(page, at)
    inside(page, at, "/desk/aid/1")


def desk_order(page: Page, at: Faked) -> None:
    """A work order as the desk sees it."""
    order(page, at)
    inside(page, at, "/desk/orders/1")


SCREENS = (
    plain("desk-login", "/desk/login"),
    Screen("desk-join", "/desk/join/{token}", invited),
    Screen("desk-code", "/desk/code", at_the_desk("/desk/code", Role.ADMIN)),
    Screen("desk-queue", "/desk", at_the_desk("/desk")),
    Screen("desk-case", "/desk/cases/{number}", case),
    Screen("desk-answer", "/desk/cases/{number}", claimed),
    Screen("desk-answers", "/desk/answers", at_the_desk("/desk/answers")),
    Screen("desk-aid", "/desk/aid", at_the_desk("/desk/aid")),
    Screen("desk-aid-case", "/desk/aid/{number}", desk_aid),
    Screen("desk-orders", "/desk/orders", at_the_desk("/desk/orders")),
    Screen("desk-order", "/desk/orders/{number}", desk_order),
    Screen("desk-deliveries", "/desk/deliveries", at_the_desk("/desk/deliveries")),
    Screen("desk-kiosks", "/desk/kiosks", at_the_desk("/desk/kiosks")),
    Screen("desk-people", "/desk/people", as_admin),
    Screen("desk-figures", "/desk/figures", at_the_desk("/desk/figures")),
    Screen("desk-audit", "/desk/audit", at_the_desk("/desk/audit")),
)
