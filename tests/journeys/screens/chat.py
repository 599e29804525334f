"""The chat, with and without script, and what is reached from it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from api.notify.links import Links
from tests.faked import Faked
from tests.journeys.screens.screen import Screen, plain

QUESTION = "我在工地干了三个月，老板一直拖着工钱不给，怎么办？"


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


def law_found(page: Page, at: Faked) -> None:
    """Words found within a law."""
    law(page, at)
    page.get_by_role("searchbox").fill("支付令")
    page.get_by_role("button", name="找").click()
    page.get_by_role("heading", name="写到").wait_for()


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
    Screen("law-found", "/law/{version}", law_found),
    Screen("embed", "/embed", embedded),
    Screen("contact", "/contact/{conversation}", contact),
    Screen("answer-link", "/a/{token}", behind_a_link),
    Screen("chat-talks", "/", talks),
)
