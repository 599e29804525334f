"""Whether a callback is Tencent's: signature in constant time, and not an old one replayed."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from api.core.errors import CoreError

_FRESH_SECONDS = 300


class SignatureWrong(CoreError):
    """A callback is not signed with our token, or is too old."""

    code = "signature_wrong"


def signature(*parts: str) -> str:
    """SHA-1 over the sorted parts, as Tencent signs.

    >>> signature("token", "1", "2") == signature("2", "token", "1")
    True
    """
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324  Tencent's choice


def check(given: str, token: str, timestamp: str, nonce: str, *more: str, now: datetime) -> None:
    """Let a genuine, fresh request pass.

    Raises:
        SignatureWrong: it is not signed with our token, or more than five minutes off.
    """
    right = signature(token, timestamp, nonce, *more)
    genuine = hmac.compare_digest(right.encode(), given.encode())
    age = abs(now.timestamp() - int(timestamp)) if _is_number(timestamp) else None
    if not (token and genuine and age is not None and age <= _FRESH_SECONDS):
        raise SignatureWrong("签名不对或者已经过期。请核对公众号后台的Token和服务器时间。")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 12
