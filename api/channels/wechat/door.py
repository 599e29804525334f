"""One account's door: what its callbacks are checked with, and how they are answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from api.channels.wechat.envelope import Envelope, sealed_part
from api.channels.wechat.signature import SignatureWrong, check


@dataclass(frozen=True)
class Door:
    """`envelope` is None in plain mode; with one, nothing plain is let in.

    企业微信 signs the sealed part alone and seals even the first echo (`sealed_echo`).
    """

    channel: str
    account: str
    token: str
    envelope: Envelope | None
    sealed_echo: bool = False

    def echo(self, query: Mapping[str, str], now: datetime) -> str:
        """What the account's first test is answered with.

        Raises:
            SignatureWrong: it is not Tencent's.
        """
        words, stamp = query.get("echostr", ""), _stamp(query)
        if self.sealed_echo and self.envelope:
            check(query.get("msg_signature", ""), self.token, *stamp, words, now=now)
            return self.envelope.open(words)
        check(query.get("signature", ""), self.token, *stamp, now=now)
        return words

    def open(self, body: str, query: Mapping[str, str], now: datetime) -> str:
        """The XML of a genuine callback.

        Raises:
            SignatureWrong: it is not Tencent's, or plain where it has to be sealed.
        """
        stamp = _stamp(query)
        if not self.sealed_echo:
            check(query.get("signature", ""), self.token, *stamp, now=now)
        if self.envelope is None:
            return body
        sealed = sealed_part(body)
        if not sealed:
            raise SignatureWrong("设置了EncodingAESKey，只收安全模式的消息。")
        check(query.get("msg_signature", ""), self.token, *stamp, sealed, now=now)
        return self.envelope.open(sealed)

    def close(self, xml: str, nonce: str, now: datetime) -> str:
        """A reply, sealed where the mode wants it."""
        if self.envelope is None:
            return xml
        return self.envelope.seal(xml, str(int(now.timestamp())), nonce)


def text_reply(person: str, account: str, text: str, now: Callable[[], datetime]) -> str:
    """The XML of a passive reply."""
    safe = text.replace("]]>", "]]]]><![CDATA[>")
    return (
        f"<xml><ToUserName><![CDATA[{person}]]></ToUserName>"
        f"<FromUserName><![CDATA[{account}]]></FromUserName>"
        f"<CreateTime>{int(now().timestamp())}</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{safe}]]></Content></xml>"
    )


def _stamp(query: Mapping[str, str]) -> tuple[str, str]:
    return query.get("timestamp", ""), query.get("nonce", "")
