"""Links to one answer: signed, and good for some days only; nothing personal stands in them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from api.core.errors import CoreError

LASTS = timedelta(days=7)
_MAC = 16


class LinkExpired(CoreError):
    """The link is not ours, or its days are over."""

    code = "link_expired"


class Links:
    """Makes and reads links."""

    def __init__(self, base: str, secret: str, now: Callable[[], datetime]) -> None:
        """Args:
        base: how residents reach this server, without a slash at the end.
        secret: the settings' secret; the key is made of it.
        now: the clock.
        """
        self.base, self._now = base.rstrip("/"), now
        self._key = hashlib.sha256(f"links\0{secret}".encode()).digest()

    def answer(self, message: int, sent_at: datetime) -> str:
        """The address of a message's page, the same each time it is made."""
        ends = int((sent_at + LASTS).timestamp())
        body = message.to_bytes(6) + ends.to_bytes(5)
        return f"{self.base}/a/{_text(body + self._mac(body))}"

    def page(self, path: str) -> str:
        """The address of a page of ours."""
        return path if "://" in path else self.base + path

    def read(self, token: str) -> int:
        """The message a link leads to.

        Raises:
            LinkExpired: it was not made here, was changed, or is too old.
        """
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (binascii.Error, ValueError):
            raw = b""
        body, mac = raw[:11], raw[11:]
        genuine = len(raw) == 11 + _MAC and hmac.compare_digest(mac, self._mac(body))
        # Only what we signed is a date: other bytes may lie beyond any calendar.
        if not genuine or datetime.fromtimestamp(int.from_bytes(body[6:]), UTC) < self._now():
            raise LinkExpired("这个链接已经过期。请回到微信里再问一次，或者拨打12348。")
        return int.from_bytes(body[:6])

    def _mac(self, body: bytes) -> bytes:
        return hmac.new(self._key, body, hashlib.sha256).digest()[:_MAC]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
