"""Accounts of the desk: one-time links, passwords, lock-out, codes for administrators, sessions."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from cryptography.fernet import Fernet

from api.review.errors import LoginFailed, WordsMissing
from api.review.people import Person, Role
from api.review.types import Event

SHORTEST_PASSWORD = 10
_TRIES = 5
_LOCKED = timedelta(minutes=15)
_LINK_LASTS = timedelta(hours=72)
_IDLE, _LONGEST = timedelta(hours=1), timedelta(hours=12)
_ROTATE, _GRACE = timedelta(minutes=30), timedelta(minutes=1)
_STEP_SECONDS = 30
_WRONG = "姓名、密码或者验证码不对。"
_LOCKED_OUT = "错了太多次，这个账号锁定15分钟。忘了密码请管理员重新发链接。"


@dataclass(frozen=True)
class Account:
    """A person's account.

    `password` is an Argon2id hash, `totp` an encrypted secret, `invitation` a link's digest.
    """

    id: int
    person: Person
    active: bool = True
    password: str | None = None
    totp: str | None = None
    totp_used: int = 0
    failures: int = 0
    locked_until: datetime | None = None
    invitation: str | None = None
    invited_until: datetime | None = None


@dataclass(frozen=True)
class Session:
    """Somebody logged in; `full` is False until an administrator's code is set up."""

    id: int
    account: Account
    csrf: str
    full: bool
    token: str
    previous: str | None
    created_at: datetime
    rotated_at: datetime
    seen_at: datetime


class StaffRows(Protocol):
    """Where accounts and sessions are kept; every method is one transaction."""

    def add(self, person: Person, invitation: str, until: datetime, event: Event) -> None:
        """A new account without a password; raises WordsMissing when the name is taken."""

    def named(self, name: str) -> Account | None:
        """The account of a name."""

    def invited(self, invitation: str) -> Account | None:
        """The account whose one-time link has this digest."""

    def change(
        self, account: int, decide: Callable[[Account], Account], event: Event | None
    ) -> Account:
        """Store what `decide` makes of an account, and a row of the audit trail."""

    def open_session(self, account: Account, token: str, csrf: str, full: bool) -> None:
        """Somebody logged in."""

    def session(self, token: str) -> Session | None:
        """The session with this digest as its token, or as the one before."""

    def touch(self, session: Session, token: str | None) -> None:
        """The session was used; with a new token when it is rotated."""

    def close_sessions(self, account: int, session: int | None = None) -> None:
        """One session of an account ends, or all."""


class Accounts:
    """Who somebody is, and whether they may come in."""

    def __init__(self, rows: StaffRows, key: str, now: Callable[[], datetime]) -> None:
        self._rows, self._now = rows, now
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash(secrets.token_hex(8))
        digest = hashlib.sha256(f"totp\0{key}".encode()).digest()
        self._box = Fernet(base64.urlsafe_b64encode(digest))

    def add(self, person: Person, by: str) -> str:
        """A new account; returns the token of the link with which it is taken, once, in 72 hours.

        Raises:
            WordsMissing: the name is empty or taken.
        """
        if not person.name.strip() or len(person.name) > 32:
            raise WordsMissing("姓名要有一到三十二个字。", "name")
        token = secrets.token_urlsafe(24)
        event = Event(
            "add_user", by, self._now(), details={"name": person.name, "role": person.role}
        )
        self._rows.add(person, digest_of(token), self._now() + _LINK_LASTS, event)
        return token

    def invite_again(self, name: str, by: str) -> str:
        """A new one-time link for somebody who lost password or code; their sessions end."""
        account = self._known(name)
        token = secrets.token_urlsafe(24)
        fresh = replace(
            account,
            password=None,
            totp=None,
            failures=0,
            locked_until=None,
            invitation=digest_of(token),
            invited_until=self._now() + _LINK_LASTS,
        )
        event = Event("invite_again", by, self._now(), details={"name": name})
        self._rows.change(account.id, lambda _old: fresh, event)
        self._rows.close_sessions(account.id)
        return token

    def set_active(self, name: str, active: bool, by: str) -> None:
        """Let an account in, or keep it out at once."""
        account = self._known(name)
        event = Event("enable" if active else "disable", by, self._now(), details={"name": name})
        self._rows.change(account.id, lambda old: replace(old, active=active), event)
        if not active:
            self._rows.close_sessions(account.id)

    def join(self, token: str, password: str) -> Account:
        """Take an account by its one-time link.

        Raises:
            LoginFailed: the link was used before, or is too old.
            WordsMissing: the password is too short.
        """
        account = self.invited(token)
        if len(password) < SHORTEST_PASSWORD or account.person.name in password:
            raise WordsMissing(f"密码至少{SHORTEST_PASSWORD}个字符，不能包含您的姓名。", "password")
        hashed = self._hasher.hash(password)
        event = Event("join", account.person.name, self._now())
        return self._rows.change(
            account.id,
            lambda old: replace(old, password=hashed, invitation=None, invited_until=None),
            event,
        )

    def invited(self, token: str) -> Account:
        """The account a one-time link is for.

        Raises:
            LoginFailed: the link was used before, or is too old.
        """
        account = self._rows.invited(digest_of(token))
        if not account or not account.invited_until or account.invited_until < self._now():
            raise LoginFailed("这个链接已经用过或者过期了。请管理员重新发一个。")
        return account

    def login(self, name: str, password: str, code: str = "") -> str:
        """The token of a new session.

        Raises:
            LoginFailed: something does not fit, or the account is locked for a while.
        """
        account = self._rows.named(name.strip())
        right = self._fits(account.password if account else None, password)
        if account is None:
            raise LoginFailed(_WRONG)
        if account.locked_until and account.locked_until > self._now():
            raise LoginFailed(_LOCKED_OUT)
        step = self._step(account, code)
        if not right or not account.active or step is None:
            self._failed(account)
        entered = Event("login", account.person.name, self._now())
        account = self._rows.change(
            account.id,
            lambda old: replace(old, failures=0, locked_until=None, totp_used=step or 0),
            entered,
        )
        return self._open(account, full=account.person.role is not Role.ADMIN or bool(account.totp))

    def session(self, token: str) -> tuple[Session, str | None] | None:
        """The session of a cookie, with the new token when it was just rotated.

        The token before is good for a minute more: pages ask for several things at once.
        """
        digest, now = digest_of(token), self._now()
        session = self._rows.session(digest)
        if session is None or not session.account.active:
            return None
        if session.seen_at + _IDLE < now or session.created_at + _LONGEST < now:
            self._rows.close_sessions(session.account.id, session.id)
            return None
        if session.token != digest:
            return (session, None) if now < session.rotated_at + _GRACE else None
        fresh = secrets.token_urlsafe(32) if session.rotated_at + _ROTATE < now else None
        if fresh or session.seen_at + _GRACE < now:
            self._rows.touch(session, digest_of(fresh) if fresh else None)
        return session, fresh

    def logout(self, session: Session) -> None:
        """The session ends."""
        self._rows.close_sessions(session.account.id, session.id)

    def new_code(self, session: Session, county: str) -> tuple[str, str]:
        """A secret for an administrator's code, and its otpauth address, not yet in use."""
        digest = hashlib.sha256(f"{session.csrf}\0{session.id}".encode()).digest()
        secret = base64.b32encode(digest[:20]).decode()
        address = pyotp.TOTP(secret).provisioning_uri(
            name=session.account.person.name, issuer_name=f"问法 {county}"
        )
        return secret, address

    def set_code(self, session: Session, secret: str, code: str) -> str:
        """Put an administrator's code into use; returns the token of a new, full session.

        Raises:
            LoginFailed: the code is not the secret's.
        """
        if session.account.totp:
            raise LoginFailed("已经设过验证码。换手机请找管理员重新发链接。")
        if not pyotp.TOTP(secret).verify(code.strip(), for_time=self._now(), valid_window=1):
            raise LoginFailed("验证码不对。请看手机上最新的六位数字。")
        sealed = self._box.encrypt(secret.encode()).decode()
        event = Event("set_code", session.account.person.name, self._now())
        account = self._rows.change(
            session.account.id, lambda old: replace(old, totp=sealed), event
        )
        self._rows.close_sessions(account.id)
        return self._open(account, full=True)

    def _open(self, account: Account, *, full: bool) -> str:
        token = secrets.token_urlsafe(32)
        self._rows.open_session(account, digest_of(token), secrets.token_urlsafe(24), full)
        return token

    def _failed(self, account: Account) -> None:
        until = self._now() + _LOCKED

        def count(old: Account) -> Account:
            failures = old.failures + 1
            return replace(
                old,
                failures=0 if failures >= _TRIES else failures,
                locked_until=until if failures >= _TRIES else None,
            )

        event = Event("login_failed", account.person.name, self._now())
        locked = self._rows.change(account.id, count, event).locked_until
        raise LoginFailed(_LOCKED_OUT if locked else _WRONG)

    def _fits(self, hashed: str | None, password: str) -> bool:
        """Takes as long for a name that does not exist."""
        try:
            self._hasher.verify(hashed or self._nobody, password)
        except VerifyMismatchError:
            return False
        return hashed is not None

    def _step(self, account: Account, code: str) -> int | None:
        """The code's time step, 0 where none is needed; None for a wrong or used one."""
        if not account.totp:
            return 0
        totp = pyotp.TOTP(self._box.decrypt(account.totp.encode()).decode())
        current = int(self._now().timestamp()) // _STEP_SECONDS
        for step in (current, current - 1, current + 1):
            if step > account.totp_used and secrets.compare_digest(
                totp.at(step * _STEP_SECONDS), code.strip()
            ):
                return step
        return None

    def _known(self, name: str) -> Account:
        account = self._rows.named(name)
        if account is None:
            raise WordsMissing(f"没有“{name}”这个账号。", "name")
        return account


def digest_of(token: str) -> str:
    """What is stored of a token: it opens nothing if the database is read by others."""
    return hashlib.sha256(token.encode()).hexdigest()
