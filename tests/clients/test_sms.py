"""Short messages over a real gateway on this machine, and without one."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from api.clients.sms import GatewayTexts, LoggedTexts
from api.core.errors import CoreError, MessageInvalid, TextRefused, TextsUnavailable
from api.core.phones import mobile
from api.settings import Settings
from api.wiring import texts
from tests.conftest import NOW
from tests.running import free_port

PHONE, WORDS = "13800001234", "您的验证码是246810"


class Gateway(ThreadingHTTPServer):
    """An operator's gateway that keeps what it got; answers as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status, self.delay = 202, 0.0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}/send"


class _Answer(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append((dict(self.headers), body))
        time.sleep(self.server.delay)
        self.send_response(self.server.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """A gateway on this machine."""
    with Gateway() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def out(gateway: Gateway) -> Iterator[GatewayTexts]:
    """Our side of it."""
    made = GatewayTexts(gateway.url, "shared", lambda: NOW, timeout=0.5)
    yield made
    made.close()


def test_a_message_is_signed_so_that_the_gateway_can_check(
    out: GatewayTexts, gateway: Gateway
) -> None:
    out.send(PHONE, WORDS, "code-1")
    headers, body = gateway.got[0]
    assert json.loads(body) == {"phone": PHONE, "text": WORDS, "key": "code-1"}
    stamp, digest = (part.partition("=")[2] for part in headers["X-Wenfa-Signature"].split(","))
    assert int(stamp) == int(NOW.timestamp())
    signed = hmac.new(b"shared", stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert digest == signed and headers["Idempotency-Key"] == "code-1"


def test_the_same_key_is_sent_once(out: GatewayTexts, gateway: Gateway) -> None:
    for key in ("code-1", "code-1", "code-2"):
        out.send(PHONE, WORDS, key)
    assert [json.loads(body)["key"] for _, body in gateway.got] == ["code-1", "code-2"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_what_failed_for_now_may_be_tried_again(
    out: GatewayTexts, gateway: Gateway, status: int
) -> None:
    gateway.status = status
    with pytest.raises(TextsUnavailable, match=str(status)):
        out.send(PHONE, WORDS, "code-1")
    gateway.status = 200
    out.send(PHONE, WORDS, "code-1")
    assert len(gateway.got) == 2


@pytest.mark.parametrize("status", [302, 400, 401, 404])
def test_what_is_refused_stays_refused(out: GatewayTexts, gateway: Gateway, status: int) -> None:
    gateway.status = status
    with pytest.raises(TextRefused, match="核对网关地址和密钥"):
        out.send(PHONE, WORDS, "code-1")


def test_a_slow_gateway_is_not_waited_for(out: GatewayTexts, gateway: Gateway) -> None:
    gateway.delay = 1.0
    with pytest.raises(TextsUnavailable, match="没有按时"):
        out.send(PHONE, WORDS, "code-1")


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "not-an-address", "http://[::bad"])
def test_no_gateway_there(url: str) -> None:
    lost = GatewayTexts(url.format(port=free_port()), "shared", lambda: NOW, timeout=0.5)
    with pytest.raises(TextsUnavailable, match="连不上"):
        lost.send(PHONE, WORDS, "code-1")
    lost.close()


def test_no_number_and_no_words_in_the_log(
    out: GatewayTexts, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    gateway.status = 400
    with pytest.raises(TextRefused):
        out.send(PHONE, WORDS, "code-1")
    LoggedTexts().send(PHONE, WORDS, "code-1")
    assert "138****1234" in caplog.text
    assert PHONE not in caplog.text and "246810" not in caplog.text


def test_words_are_shown_in_development_only(caplog: pytest.LogCaptureFixture) -> None:
    shown = LoggedTexts(show=True)
    for _ in range(2):
        shown.send(PHONE, WORDS, "code-1")
    assert caplog.text.count("246810") == 1 and PHONE not in caplog.text


def test_the_settings_decide(settings: Settings) -> None:
    assert not texts(settings).sends
    with pytest.raises(CoreError, match="WENFA_SMS_SECRET"):
        texts(settings.model_copy(update={"sms_url": "http://127.0.0.1/"}))


@pytest.mark.parametrize("text", ["", "12345678901", "1380000000", "138000000000", "电话"])
def test_what_is_no_mobile_number(text: str) -> None:
    with pytest.raises(MessageInvalid, match="11位手机号"):
        mobile(text)
