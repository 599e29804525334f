"""The chat by forms alone: consent first, nothing twice, errors beside the words."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from api.wiring import Application

NUMBER = "form-number-1"


def tell(client: TestClient, words: str, number: str = NUMBER) -> str:
    """Send the form, agreed; the page it leads to."""
    form = {"words": words, "message": number, "agreed": "yes"}
    return client.post("/talk", data=form).text


def test_nothing_is_stored_before_the_notice_is_agreed_to(
    client: TestClient, parts: Application
) -> None:
    page = client.post("/talk", data={"words": "老板欠我工钱<b>", "message": NUMBER})
    assert "先跟您说清楚" in page.text and 'value="老板欠我工钱&lt;b&gt;"' in page.text
    assert "老板欠我工钱<b>" not in parts.library.asked
    assert "wenfa_talk" not in client.cookies
    tell(client, "老板欠我工钱")
    again = client.post("/talk", data={"words": "要多久", "message": "form-number-2"})
    assert again.url.path == "/talk" and "要多久" in again.text


def test_a_form_sent_twice_is_answered_once(client: TestClient, parts: Application) -> None:
    tell(client, "老板欠我工钱")
    page = tell(client, "老板欠我工钱")
    assert page.count('class="said"') == 1 and parts.library.asked.count("老板欠我工钱") == 1
    assert client.get("/talk").text.count('class="said"') == 1
    fresh = re.search(r'name="message" value="(\w+)"', page)[1]
    assert tell(client, "要多久", fresh).count('class="said"') == 2


def test_the_whole_reply_is_there(client: TestClient, parts: Application) -> None:
    page = tell(client, "老板欠我工钱")
    assert "第八十五条" in page and "百分之五十以上" in page and "现行有效" in page
    assert "2008年1月1日起施行" in page and 'href="tel:12348"' in page
    parts.library.confidence = 0.1
    page = tell(client, "他不认账怎么办", "form-number-2")
    assert re.search(r"编号 <b>W\d{8}-\d{4}</b>", page) and "看看律师答复了没有" in page
    page = tell(client, "我老公正在打我", "form-number-3")
    assert 'class="number" href="tel:110"' in page


def test_what_cannot_be_sent_stays_in_the_box(client: TestClient) -> None:
    page = client.post("/talk", data={"words": " ", "agreed": "yes"})
    assert page.status_code == 422 and "您还没有输入内容" in page.text
    page = client.post("/talk", data={"words": "长" * 3001, "agreed": "yes"})
    assert page.status_code == 422 and "内容太长" in page.text and "长长长" in page.text


def test_a_conversation_belongs_to_its_browser(client: TestClient) -> None:
    tell(client, "老板欠我工钱")
    assert "老板欠我工钱" not in TestClient(client.app).get("/talk").text
    assert "老板欠我工钱" not in client.post("/talk/new").text
    assert "老板欠我工钱" not in client.get("/talk").text


def test_another_site_cannot_speak_for_the_resident(client: TestClient) -> None:
    form = {"words": "转人工", "agreed": "yes"}
    refused = client.post("/talk", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403


def test_a_cookie_that_is_no_number_of_ours_is_replaced(client: TestClient) -> None:
    client.cookies.set("wenfa_talk", "../x")
    assert "老板欠我工钱" in tell(client, "老板欠我工钱")
