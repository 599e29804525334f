"""Every page in the states people meet it in: what axe, the gallery and the sizes are tried on.

A new page needs a row here; `test_every_page_has_a_screen` says which one is missing.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pyotp
from playwright.sync_api import Page

from api.channels.kiosk.handover import sealed
from api.notify.links import Links
from api.review.people import Role
from tests.desk import PASSWORD
from tests.faked import Faked

QUESTION = "我在工地干了三个月，老板一直拖着工钱不给，怎么办？"
TOLD = {
    "matter": "wages", "migrant_worker": "true", "age": "46", "name": "张小满",
    "phone": "13800000000", "story": "在柳河工地干了三个月，老板不给工钱", "opponent": "王老板",
}  # fmt: skip
ORDER = {
    "name": "张小满", "phone": "13800000000", "township": "柳河镇",
    "opponent": "老李", "story": "邻居砌墙占了宅基地",
}  # fmt: skip


@dataclass(frozen=True)
class Screen:
    """One page in one state; `route` is its path as the application declares it."""

    name: str
    route: str
    open: Callable[[Page, Faked], object]


def plain(name: str, route: str, path: str = "") -> Screen:
    """A page that needs nothing but its address."""
    return Screen(name, route, lambda page, at: page.goto(at.url + (path or route)))


def greet(page: Page, at: Faked) -> None:
    """The chat page, its notice read."""
    page.goto(at.url)
    page.get_by_role("button", name="我知道了").click()


def ask(page: Page, at: Faked, words: str = QUESTION) -> None:
    """An answered question."""
    greet(page, at)
    page.get_by_role("textbox").fill(words)
    page.get_by_role("textbox").press("Enter")
    page.locator(".sheet").first.wait_for()


@contextmanager
def unsure(at: Faked) -> Iterator[None]:
    """The machine is not sure of what it finds."""
    at.parts.library.confidence = 0.1
    yield
    at.parts.library.confidence = 0.95


def held(page: Page, at: Faked) -> None:
    """A question kept for a lawyer."""
    with unsure(at):
        ask(page, at)


def opened(page: Page, at: Faked) -> None:
    """An answer, its first citation open."""
    ask(page, at)
    page.locator(".law summary").first.click()
    page.get_by_role("link", name="看整部法律").wait_for()


def on_a_phone(page: Page, at: Faked) -> None:
    """The same on a phone, where the law comes as a sheet."""
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, at)
    page.get_by_role("dialog").get_by_role("link", name="看整部法律").wait_for()


def menu(page: Page, at: Faked) -> None:
    """The sheet behind 更多."""
    greet(page, at)
    page.get_by_role("button", name="更多").click()


def contact(page: Page, at: Faked) -> None:
    """How to be told that a lawyer has answered."""
    held(page, at)
    page.get_by_role("link", name="律师答复后通知我").click()
    page.get_by_label("手机号").wait_for()


def behind_a_link(page: Page, at: Faked) -> None:
    """An answer as WeChat and short messages link to it."""
    form = {
        "conversation": uuid.uuid4().hex,
        "text": QUESTION,
        "client_message_id": uuid.uuid4().hex,
    }
    reply = page.request.post(f"{at.url}/api/v1/messages", data=form).json()
    links = Links(at.url, "secret-key", at.parts.services.now)
    page.goto(links.answer(reply["id"], at.parts.services.now()))


def talks(page: Page, at: Faked) -> None:
    """The talks kept on this device."""
    ask(page, at)
    page.get_by_role("button", name="更多").click()
    page.get_by_role("button", name="以前的对话").click()


def embedded(page: Page, at: Faked) -> None:
    """The chat as it stands inside another site."""
    at.parts.settings.embed_origins = "https://www.example.gov.cn"
    page.goto(f"{at.url}/embed")
    page.get_by_role("button", name="我知道了").click()


def law(page: Page, at: Faked) -> None:
    """A law at one of its articles."""
    asked = {"law": "中华人民共和国劳动合同法", "article": "第三十条"}
    found = page.request.get(f"{at.url}/api/v1/articles", params=asked).json()
    page.goto(at.url + found["url"])


def talk(page: Page, at: Faked) -> None:
    """The conversation as whole pages show it, for browsers without script."""
    form = {"text": QUESTION, "message": "form-number-1", "agreed": "yes"}
    page.request.post(f"{at.url}/talk", form=form)
    with unsure(at):
        page.request.post(f"{at.url}/talk", form={"words": "他不认账怎么办？"})
    page.goto(f"{at.url}/talk")


def notice(page: Page, at: Faked) -> None:
    """What is to be read before the first message, without script."""
    page.goto(at.url)
    page.evaluate("() => document.getElementById('notice').close()")
    page.evaluate("() => { document.getElementById('words').value = '在吗'; }")
    page.evaluate("() => document.getElementById('composer').submit()")
    page.get_by_role("button", name="我知道了，接着问").wait_for()


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


def rated(page: Page, at: Faked) -> None:
    """A paper rated badly, without script."""
    paper(page, at)
    page.get_by_role("button", name="不满意").click()


def desk_aid(page: Page, at: Faked) -> None:
    """An application as the desk sees it."""
    aid_application(page, at)
    inside(page, at, "/desk/aid/1")


def desk_order(page: Page, at: Faked) -> None:
    """A work order as the desk sees it."""
    order(page, at)
    inside(page, at, "/desk/orders/1")


def kiosk_answer(page: Page, at: Faked) -> None:
    """An answer at the kiosk."""
    page.goto(f"{at.url}/kiosk")
    page.locator(".k-matter").first.click()
    page.locator("#sheet").wait_for()
    page.locator("#pause").click()


def kiosk_writing(page: Page, at: Faked) -> None:
    """Where one writes at the kiosk."""
    page.goto(f"{at.url}/kiosk")
    page.locator("#write").click()


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
    plain("chat-first", "/"),
    Screen("chat", "/", greet),
    Screen("chat-answer", "/", ask),
    Screen("chat-law", "/", opened),
    Screen("chat-law-phone", "/", on_a_phone),
    Screen("chat-held", "/", held),
    Screen("chat-urgent", "/", lambda page, at: ask(page, at, "我老公正在打我")),
    Screen("chat-menu", "/", menu),
    Screen("talk", "/talk", talk),
    Screen("talk-notice", "/talk", notice),
    Screen("law", "/law/{version}", law),
    Screen("embed", "/embed", embedded),
    Screen("contact", "/contact/{conversation}", contact),
    Screen("answer-link", "/a/{token}", behind_a_link),
    Screen("chat-talks", "/", talks),
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
    plain("kiosk", "/kiosk"),
    Screen("kiosk-answer", "/kiosk", kiosk_answer),
    Screen("kiosk-writing", "/kiosk", kiosk_writing),
    Screen("kiosk-person", "/kiosk", pressed("#call")),
    Screen("kiosk-places", "/kiosk", pressed("#browse")),
    Screen("kiosk-sum", "/kiosk", kiosk_sum),
    Screen("kiosk-print", "/kiosk", kiosk_print),
    Screen("kiosk-slip", "/kiosk/slip/{conversation}/{reply}", kiosk_slip),
    Screen("kiosk-paper", "/kiosk/paper/{token}", kiosk_paper),
    Screen("kiosk-scanned", "/go/{token}", kiosk_scanned),
    Screen("kiosk-register", "/kiosk/register/{link}", kiosk_link),
    Screen("rated", "/ratings", rated),
    plain("my-phone", "/my"),
    Screen("my-code", "/my", sent_code),
    Screen("my", "/my", each_time(at_home)),
    Screen("my-keep", "/my/keep/{kind}/{token}", each_time(keeping)),
    Screen("my-erase", "/my/erase", each_time(erasing)),
    Screen("my-erased", "/my/erase", each_time(erased)),
    plain("not-found", "/guides/{slug}", "/guides/nothing-here"),
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


ENGLISH = (
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
NO_PAGE = frozenset({  # answers with a file, a stream or a redirect
    "/desk/aid/{number}/photos/{token}", "/desk/cases/{number}/pictures/{token}",
    "/desk/code.svg", "/desk/events", "/wechat", "/wecom",
    "/desk/deliveries/{number}/slip",  # drawn as /a/{token}
    "/kiosk/worker.js", "/kiosk/offline.json",
    "/papers/p/{token}/word", "/papers/p/{token}/pdf", "/qr.svg", "/widget.js",
        "/healthz", "/readyz", "/metrics", "/api/v1/openapi.json",
})  # fmt: skip
