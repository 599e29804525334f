"""Guides, calculators, papers, legal aid, orders, places."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.faked import Faked
from tests.journeys.screens.screen import Screen, plain

TOLD = {
    "matter": "wages", "migrant_worker": "true", "age": "46", "name": "张小满",
    "phone": "13800000000", "story": "在柳河工地干了三个月，老板不给工钱", "opponent": "王老板",
}  # fmt: skip
ORDER = {
    "name": "张小满", "phone": "13800000000", "township": "柳河镇",
    "opponent": "老李", "story": "邻居砌墙占了宅基地",
}  # fmt: skip


def paper(page: Page, at: Faked) -> None:
    """A written paper with gaps."""
    page.goto(f"{at.url}/papers/new/labour_arbitration")
    page.get_by_label("您的姓名").fill("张小满")
    page.get_by_role("button", name="写成文书").click()


def paper_again(page: Page, at: Faked) -> None:
    """The same, to be changed."""
    paper(page, at)
    page.get_by_role("link", name="改一改").click()


def aid_opinion(page: Page, at: Faked) -> None:
    """What the law says about somebody who asks for a lawyer without fee."""
    page.goto(f"{at.url}/aid")
    page.get_by_role("radio").first.check()
    page.get_by_label("年龄（周岁）").fill("46")
    page.get_by_role("button", name="看看我能不能申请").click()


def aid_application(page: Page, at: Faked) -> None:
    """Where an application for legal aid stands."""
    made = page.request.post(f"{at.url}/aid/apply", form=TOLD)
    page.goto(made.url)


def order(page: Page, at: Faked) -> None:
    """Where a work order stands."""
    made = page.request.post(f"{at.url}/orders/new/mediation", form=ORDER)
    page.goto(made.url)


def checked_up(page: Page, at: Faked) -> None:
    """The report on a small business."""
    page.goto(f"{at.url}/checkup")
    for group in page.locator("fieldset").all():
        group.get_by_role("radio").nth(1).check()
    page.locator("main form button").last.click()


def worked_out(page: Page, at: Faked) -> None:
    """A calculator's result."""
    page.goto(f"{at.url}/tools/overtime")
    page.get_by_label("月工资").fill("4350")
    page.get_by_label("工作日加班的小时数").fill("10")
    page.get_by_role("button", name="算一算").click()


def rated(page: Page, at: Faked) -> None:
    """A paper rated badly, without script."""
    paper(page, at)
    page.get_by_role("button", name="不满意").click()


SCREENS = (
    plain("tools", "/tools"),
    plain("tool", "/tools/{name}", "/tools/overtime"),
    Screen("tool-result", "/tools/{name}", worked_out),
    plain("guides", "/guides"),
    plain("guide", "/guides/{slug}", "/guides/wages"),
    plain("checkup", "/checkup"),
    Screen("checkup-report", "/checkup", checked_up),
    plain("places", "/places"),
    plain("papers", "/papers"),
    plain("paper-form", "/papers/new/{kind}", "/papers/new/labour_arbitration"),
    Screen("paper", "/papers/p/{token}", paper),
    Screen("paper-again", "/papers/p/{token}/edit", paper_again),
    plain("aid", "/aid"),
    Screen("aid-opinion", "/aid", aid_opinion),
    Screen("aid-application", "/aid/a/{token}", aid_application),
    plain("orders", "/orders"),
    plain("order-form", "/orders/new/{name}", "/orders/new/mediation"),
    Screen("order", "/orders/o/{token}", order),
    Screen("rated", "/ratings", rated),
    plain("not-found", "/guides/{slug}", "/guides/nothing-here"),
)
