"""How a phone stands in the database where it must be found again: as a keyed digest."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

from api.core.errors import MessageInvalid
from api.core.phones import mobile

PhoneDigest = Callable[[str], str | None]


def key_of(purpose: str, secret: str) -> bytes:
    """A key for one purpose, made of the settings' secret and never stored."""
    return hashlib.sha256(f"{purpose}\0{secret}".encode()).digest()


def unknown(_phone: str) -> None:
    """Stands where nobody looks for cases by phone."""
    return None


def digest_with(key: bytes) -> PhoneDigest:
    """Digests under a key the database lacks: eleven digits alone would soon be guessed.

    >>> by = digest_with(b"key")
    >>> by("138 0000 0000") == by("+8613800000000"), by("0555-1234567") is None
    (True, True)
    """

    def digest(phone: str) -> str | None:
        try:
            return hmac.new(key, mobile(phone).encode(), hashlib.sha256).hexdigest()
        except MessageInvalid:
            return None

    return digest
