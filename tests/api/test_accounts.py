"""Coming in: one-time links, lock-out, codes, sessions that rotate and end."""

from __future__ import annotations

import re
from datetime import datetime

import pyotp
import pytest
from fastapi.testclient import TestClient

from api.console.sessions import COOKIE
from api.review.errors import LoginFailed, WordsMissing
from api.review.people import Person, Role
from api.wiring import Application
from tests.conftest import Clock
from tests.desk import PASSWORD, enter

WANG = Person("王律师", Role.LAWYER)


def secret_on(page: str) -> str:
    """The secret as the page shows it."""
    return re.search(r'<p class="mono">([A-Z2-7 ]+)</p>', page)[1].replace(" ", "")


def code_for(secret: str, at: datetime) -> str:
    """What the phone shows."""
    return pyotp.TOTP(secret).at(at)


@pytest.fixture
def wang(parts: Application, client: TestClient) -> Application:
    assert client.get("/healthz").status_code == 200
    parts.office.accounts.join(parts.office.accounts.add(WANG, "测试"), PASSWORD)
    return parts


@pytest.mark.usefixtures("client")
def test_a_link_works_once_and_not_for_ever(parts: Application, clock: Clock) -> None:
    accounts = parts.office.accounts
    first = accounts.add(WANG, "测试")
    with pytest.raises(WordsMissing, match="已经有"):
        accounts.add(WANG, "测试")
    with pytest.raises(WordsMissing, match="至少10个字符"):
        accounts.join(first, "短")
    second = accounts.invite_again("王律师", "测试")
    with pytest.raises(LoginFailed, match="已经用过"):
        accounts.join(first, PASSWORD)
    clock.forward(hours=73)
    with pytest.raises(LoginFailed, match="过期"):
        accounts.join(second, PASSWORD)


def test_five_wrong_passwords_lock_the_account(wang: Application, clock: Clock) -> None:
    accounts = wang.office.accounts
    for _ in range(4):
        with pytest.raises(LoginFailed, match="不对"):
            accounts.login("王律师", "错的密码错的密码")
    with pytest.raises(LoginFailed, match="锁定"):
        accounts.login("王律师", "错的密码错的密码")
    with pytest.raises(LoginFailed, match="锁定"):
        accounts.login("王律师", PASSWORD)
    clock.forward(minutes=16)
    assert accounts.login("王律师", PASSWORD)
    with pytest.raises(LoginFailed, match="不对"):
        accounts.login("没有这个人", PASSWORD)


def test_passwords_and_tokens_are_not_stored(wang: Application, settings: object) -> None:
    token = wang.office.accounts.login("王律师", PASSWORD)
    stored = (settings.data / "wenfa.sqlite3").read_bytes()
    stored += (settings.data / "wenfa.sqlite3-wal").read_bytes()
    assert PASSWORD.encode() not in stored and token.encode() not in stored
    assert b"$argon2id$" in stored


def test_a_session_rotates_and_ends(wang: Application, clock: Clock) -> None:
    accounts = wang.office.accounts
    first = accounts.login("王律师", PASSWORD)
    clock.forward(minutes=31)
    session, second = accounts.session(first)
    assert second and second != first and session.account.person.name == "王律师"
    assert accounts.session(first)  # the page's other requests are still on their way
    clock.forward(minutes=2)
    assert accounts.session(first) is None
    assert accounts.session(second)
    clock.forward(minutes=61)
    assert accounts.session(second) is None


def test_the_browser_gets_the_rotated_cookie(
    client: TestClient, parts: Application, clock: Clock
) -> None:
    li = enter(client, parts.office, "李律师")
    before = li.http.cookies[COOKIE]
    clock.forward(minutes=31)
    response = li.http.get("/desk")
    assert "HttpOnly" in response.headers["set-cookie"]
    assert "SameSite=strict" in response.headers["set-cookie"]
    assert li.http.cookies[COOKIE] != before
    assert response.headers["cache-control"] == "no-store"


def test_an_administrator_needs_a_code_each_time(
    client: TestClient, parts: Application, clock: Clock
) -> None:
    admin = enter(client, parts.office, "何管理", Role.ADMIN)
    assert (
        admin.http.get("/desk/people", follow_redirects=False).headers["location"] == "/desk/code"
    )
    secret = secret_on(admin.http.get("/desk/code").text)
    assert admin.http.get("/desk/code.svg").headers["content-type"] == "image/svg+xml"
    wrong = admin.http.post("/desk/code", data={"csrf": admin.csrf, "code": "000000"})
    assert wrong.status_code == 401
    form = {"csrf": admin.csrf, "code": code_for(secret, clock())}
    assert "人员" in admin.http.post("/desk/code", data=form).text
    accounts = parts.office.accounts
    with pytest.raises(LoginFailed):
        accounts.login("何管理", PASSWORD)
    clock.forward(seconds=60)
    code = code_for(secret, clock())
    assert accounts.login("何管理", PASSWORD, code)
    with pytest.raises(LoginFailed):  # a code is good once
        accounts.login("何管理", PASSWORD, code)


def test_what_happened_at_the_door_is_on_record(wang: Application) -> None:
    with pytest.raises(LoginFailed):
        wang.office.accounts.login("王律师", "错的密码错的密码")
    wang.office.accounts.login("王律师", PASSWORD)
    actions = [entry.action for entry in wang.office.trail.all()]
    assert actions == ["add_user", "join", "login_failed", "login"]
