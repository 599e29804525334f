"""What Tencent knows: residents and what they see, tokens, media, and what is made to go wrong."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

WINDOW = timedelta(hours=48)
PER_CONTACT = 5
_TOKEN_LASTS = 7200
BROKEN = "该公众号提供的服务出现故障，请稍后再试"


@dataclass(frozen=True)
class Shown:
    """Something on a resident's screen; `way` is own, passive, custom or notice."""

    way: str
    text: str
    at: datetime


@dataclass
class Resident:
    """Somebody with a phone."""

    openid: str
    wrote_at: datetime | None = None
    left: int = 0
    grants: dict[str, int] = field(default_factory=dict)
    screen: list[Shown] = field(default_factory=list)

    def read(self) -> list[str]:
        """What the account said, oldest first."""
        return [one.text for one in self.screen if one.way != "own"]


@dataclass
class Faults:
    """What goes wrong. Numbers count down; `error` answers the next sends with that code."""

    error: int = 0
    errors_left: int = 0
    unauthorised: bool = False
    notices_refused: bool = False
    duplicates: int = 0
    lost_answers: int = 0
    slow_media: float = 0.0
    media_asked: int = 0

    def next_error(self) -> int:
        """The code the next send is answered with; 0 for none."""
        if self.unauthorised:
            return 48001
        if not self.errors_left:
            return 0
        self.errors_left -= 1
        return self.error


@dataclass
class Account:
    """An official account as Tencent keeps it."""

    app_id: str = "wx0000000000000000"
    secret: str = "emulated-app-secret"
    token: str = "emulatedtoken"
    aes_key: str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    safe: bool = False
    work: bool = False  # 企业微信 instead of an official account
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    residents: dict[str, Resident] = field(default_factory=dict)
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    access_token: str = ""
    token_until: datetime | None = None
    tokens_made: int = 0
    calls: list[tuple[str, int]] = field(default_factory=list)
    menu: list[dict[str, Any]] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)  # what a code says: its scene

    def resident(self, openid: str) -> Resident:
        """Somebody, known from the first message on."""
        return self.residents.setdefault(openid, Resident(openid))

    def wrote(self, openid: str, text: str) -> None:
        """A resident wrote: the window of 48 hours and the quota begin anew."""
        resident = self.resident(openid)
        resident.wrote_at, resident.left = self.now(), PER_CONTACT
        resident.screen.append(Shown("own", text, self.now()))

    def show(self, openid: str, way: str, text: str) -> None:
        """Put something on a resident's screen."""
        self.resident(openid).screen.append(Shown(way, text, self.now()))

    def stable_token(self, *, force: bool) -> dict[str, Any]:
        """The same token until it ends; another one only when forced."""
        if force or not self.token_until or self.now() >= self.token_until:
            self.access_token = secrets.token_urlsafe(24)
            self.token_until = self.now() + timedelta(seconds=_TOKEN_LASTS)
            self.tokens_made += 1
        left = (self.token_until or self.now()) - self.now()
        return {"access_token": self.access_token, "expires_in": int(left.total_seconds())}

    def expire_token(self) -> None:
        """The token ends before its time, as when somebody fetched another one elsewhere."""
        self.access_token, self.token_until = "", None

    def refuses(self, access_token: str) -> int:
        """The code for a token that is not good; 0 for a good one."""
        if not self.access_token or access_token != self.access_token:
            return 40001
        return 42001 if self.token_until and self.now() >= self.token_until else 0

    def set_menu(self, buttons: list[dict[str, Any]]) -> int:
        """Another menu; the code it is answered with."""
        if not 1 <= len(buttons) <= 3 or any(len(one.get("sub_button", ())) > 5 for one in buttons):
            return 40016
        if any(len(one["name"].encode()) > 16 for one in buttons):
            return 40018
        self.menu = buttons
        return 0

    def subscribed(self, openid: str, template: str) -> int:
        """A subscribed notice, one for each yes; the code it is answered with."""
        grants = self.resident(openid).grants
        if grants.get(template, 0) < 1:
            return 43101
        grants[template] -= 1
        return 0

    def custom(self, openid: str, text: str) -> int:
        """A customer-service message; the code it is answered with."""
        resident = self.residents.get(openid)
        if code := self.faults.next_error():
            return code
        if resident is None:
            return 40003
        if len(text.encode()) > 2048:
            return 45002
        if self.work:
            self.show(openid, "custom", text)
            return 0
        if resident.wrote_at is None or self.now() - resident.wrote_at > WINDOW:
            return 45015
        if resident.left < 1:
            return 45047
        resident.left -= 1
        self.show(openid, "custom", text)
        return 0
