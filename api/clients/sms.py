"""Short messages to a phone: the operator's gateway over HTTP, or the log where there is none.

The gateway gets a POST of JSON {"phone", "text", "key"} with two headers: `Idempotency-Key`, by
which it must send a repeated message once, and `X-Wenfa-Signature: t=<unix seconds>,v1=<hex>`,
the HMAC-SHA256 of "<t>.<body>" under the shared secret. Any 2xx means that it took the message.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import httpx

from api.core.errors import TextRefused, TextsUnavailable
from api.core.phones import masked

_log = logging.getLogger(__name__)
_REMEMBERED = 10_000
_PASSING = (408, 425, 429)


class Texts(Protocol):
    """Sends short messages; blocks, so call it in a thread where others wait."""

    @property
    def sends(self) -> bool:
        """Whether messages reach phones; False where no gateway is set."""

    def send(self, phone: str, text: str, key: str) -> None:
        """Send `text` to the eleven digits of `phone`; the same `key` again sends nothing more.

        Raises:
            TextsUnavailable: not now; the same key may be tried again.
            TextRefused: never; the gateway does not take this message.
        """


class LoggedTexts:
    """No gateway: the log says that there was a message, and its words only where `show` is set."""

    sends = False

    def __init__(self, *, show: bool = False) -> None:
        """`show` is for development: whoever reads the log can then read one-time codes."""
        self._show, self._done = show, _Remembered()

    def send(self, phone: str, text: str, key: str) -> None:
        """Write one line to the log."""
        if key in self._done:
            return
        words = text if self._show else f"{len(text)}个字"
        _log.warning("没有短信网关，未发出：%s %s", masked(phone), words)
        self._done.add(key)


class GatewayTexts:
    """An operator's gateway, reached by one signed POST."""

    sends = True

    def __init__(
        self, url: str, secret: str, now: Callable[[], datetime], timeout: float = 5.0
    ) -> None:
        if not secret:
            raise TextsUnavailable("设了短信网关WENFA_SMS_URL，还要设它的密钥WENFA_SMS_SECRET")
        self._client = httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False)
        self._url, self._secret, self._now = url, secret.encode(), now
        self._done = _Remembered()

    def send(self, phone: str, text: str, key: str) -> None:
        """Hand the message to the gateway, once."""
        if key in self._done:
            return
        body = json.dumps({"phone": phone, "text": text, "key": key}, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": key,
            "X-Wenfa-Signature": signature(self._secret, int(self._now().timestamp()), body),
        }
        try:
            response = self._client.post(self._url, content=body, headers=headers)
        except httpx.TimeoutException as error:
            raise TextsUnavailable("短信网关没有按时回应，请稍后再试") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise TextsUnavailable("连不上短信网关，请稍后再试") from error
        self._judge(response.status_code)
        self._done.add(key)

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def _judge(self, status: int) -> None:
        if 200 <= status < 300:
            return
        _log.warning("sms gateway: %d", status)
        if status >= 500 or status in _PASSING:
            raise TextsUnavailable(f"短信网关暂时不能发送（{status}），请稍后再试")
        raise TextRefused(f"短信网关不接受这条短信（{status}），请管理员核对网关地址和密钥")


def signature(secret: bytes, at: int, body: bytes) -> str:
    """What the gateway checks; `at` is in unix seconds."""
    digest = hmac.new(secret, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class _Remembered:
    """The keys done lately by this process; the gateway remembers for all."""

    def __init__(self) -> None:
        self._keys: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def add(self, key: str) -> None:
        self._keys[key] = None
        while len(self._keys) > _REMEMBERED:
            self._keys.popitem(last=False)
