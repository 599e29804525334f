"""Six digits on the phone: who guesses, repeats, waits too long or asks too often stays out."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text as sql

from api.wiring import Application
from tests.conftest import Clock
from tests.fakes import FakeTexts
from tests.home.conftest import PHONE, Neighbour

Come = Callable[[], Neighbour]


def test_in_and_out(stranger: Come, texts: FakeTexts) -> None:
    who = stranger()
    assert "您的手机号" in who.page()
    shown = who.ask_code("+86 138-0000-1234")
    assert "138****1234" in shown.text and texts.sent[0][0] == PHONE
    assert "【演示县公共法律服务】" in texts.sent[0][1] and "不要告诉任何人" in texts.sent[0][1]
    page = who.http.post("/my/enter", data={"code": texts.code()}).text
    assert "138****1234" in page and "建立个人法律服务档案" in page
    assert who.post("/leave").url.path == "/my"
    assert "您的手机号" in who.page()


def test_without_consent_no_message(stranger: Come, texts: FakeTexts) -> None:
    assert "再打勾" in stranger().ask_code(agreed="").text
    assert texts.sent == []


@pytest.mark.parametrize("phone", ["", "12345", "0555-1234567", "<b>"])
def test_no_mobile_number(stranger: Come, phone: str) -> None:
    answer = stranger().ask_code(phone)
    assert answer.status_code == 422 and "11位手机号" in answer.text


def test_five_guesses_and_no_more(stranger: Come, texts: FakeTexts) -> None:
    who = stranger()
    who.ask_code()
    right = texts.code()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(5):
        assert "验证码不对" in who.http.post("/my/enter", data={"code": wrong}).text
    late = who.http.post("/my/enter", data={"code": right})
    assert late.status_code == 422 and "验证码不对" in late.text


def test_a_code_works_once_for_five_minutes_in_one_browser(
    stranger: Come, texts: FakeTexts, clock: Clock
) -> None:
    who, other = stranger(), stranger()
    who.ask_code()
    stolen = other.http.post("/my/enter", data={"code": texts.code()})
    assert stolen.status_code == 422
    ticket = who.http.cookies["wenfa_my_code"]
    assert "退出" in who.http.post("/my/enter", data={"code": texts.code()}).text
    other.http.cookies.set("wenfa_my_code", ticket)
    assert other.http.post("/my/enter", data={"code": texts.code()}).status_code == 422
    clock.forward(minutes=2)
    other.ask_code()
    clock.forward(minutes=5, seconds=1)
    assert other.http.post("/my/enter", data={"code": texts.code()}).status_code == 422


def test_how_often_a_phone_gets_codes(stranger: Come, texts: FakeTexts, clock: Clock) -> None:
    who = stranger()
    who.ask_code()
    again = who.ask_code()
    assert again.status_code == 429 and "等一分钟" in again.text
    for _ in range(4):
        clock.forward(minutes=2)
        assert who.ask_code().status_code == 200
    clock.forward(minutes=2)
    assert "一小时" in stranger().ask_code().text
    for _ in range(5):
        clock.forward(minutes=61)
        assert who.ask_code().status_code == 200
    clock.forward(minutes=61)
    assert "明天再来" in who.ask_code().text and len(texts.sent) == 10
    clock.forward(days=1)
    assert who.ask_code().status_code == 200


def test_how_often_an_address_gets_codes(stranger: Come, texts: FakeTexts) -> None:
    who = stranger()
    for number in range(30):
        assert who.ask_code(f"139000000{number:02}").status_code == 200
    assert who.ask_code("13900000099").status_code == 429
    assert len(texts.sent) == 30


def test_a_session_ends_when_nobody_does_anything(resident: Neighbour, clock: Clock) -> None:
    for _ in range(3):
        clock.forward(minutes=14)
        assert "退出" in resident.page()
    clock.forward(minutes=16)
    assert "您的手机号" in resident.page()


def test_a_session_ends_after_two_hours_whatever_is_done(resident: Neighbour, clock: Clock) -> None:
    for _ in range(9):
        clock.forward(minutes=14)
        page = resident.page()
    assert "您的手机号" in page


def test_cookies_and_caches(stranger: Come, texts: FakeTexts) -> None:
    who = stranger()
    who.ask_code()
    done = who.http.post("/my/enter", data={"code": texts.code()}, follow_redirects=False)
    cookie = next(c for c in done.headers.get_list("set-cookie") if c.startswith("wenfa_my="))
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower() and "Path=/my" in cookie
    assert who.http.get("/my").headers["cache-control"] == "no-store"


def test_forged_forms(resident: Neighbour) -> None:
    for path in ("leave", "export", "erase", "talks"):
        assert resident.http.post(f"/my/{path}", data={"csrf": "0" * 32}).status_code == 403
        assert resident.http.post(f"/my/{path}").status_code == 403
    foreign = {"sec-fetch-site": "cross-site"}
    assert resident.http.post("/my/code", data={"phone": PHONE}, headers=foreign).status_code == 403


def test_who_is_not_in_is_sent_to_the_door(client: TestClient) -> None:
    for method, path in (("GET", "/my/erase"), ("POST", "/my/export"), ("POST", "/my/erase")):
        answer = client.request(method, path, follow_redirects=False)
        assert answer.status_code == 303 and answer.headers["location"] == "/my"


def test_the_gateway_is_down(stranger: Come, texts: FakeTexts) -> None:
    texts.broken = True
    answer = stranger().ask_code()
    assert answer.status_code == 503 and "稍后再试" in answer.text


def test_where_no_message_can_be_sent_the_page_says_so(stranger: Come, texts: FakeTexts) -> None:
    texts.sends = False
    assert "没有接短信" in stranger().page()


def test_no_phone_and_no_code_in_log_or_database(
    resident: Neighbour, parts: Application, texts: FakeTexts, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    resident.page()
    assert PHONE not in caplog.text
    with parts.engine.connect() as connection:
        for table in ("residents", "resident_codes", "resident_sessions"):
            rows = str(connection.execute(sql(f"SELECT * FROM {table}")).all())  # noqa: S608
            assert PHONE not in rows and texts.code() not in rows
