"""Bringing messages to the account's server: signed, sealed, up to three times."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from dataclasses import dataclass, field
from xml.etree import ElementTree

import httpx

from tests.wechat.account import BROKEN, Account
from tests.wechat.crypt import seal, sign, unseal

_SECONDS = 5.0
_TRIES = 3
Fields = dict[str, "Field"]
Field = str | Fields
_numbers = itertools.count(10_000_000_000_000_001)


@dataclass
class Pushed:
    """What became of one message: how often it was brought, and what was answered."""

    tries: int = 0
    answers: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


class Pusher:
    """Tencent's deliveries to one address. `scale` 0.1 makes five seconds half a second."""

    def __init__(self, account: Account, url: str, scale: float = 1.0) -> None:
        self.account, self.url, self.scale = account, url, scale
        self.client = httpx.AsyncClient(
            trust_env=False, timeout=30, limits=httpx.Limits(max_connections=500)
        )

    async def say(self, openid: str, text: str) -> Pushed:
        """A resident types something."""
        return await self.bring(openid, text, MsgType="text", Content=text)

    async def event(self, openid: str, event: str, **fields: str) -> Pushed:
        """Something happened: subscribed, a menu pressed, a code scanned."""
        return await self.bring(openid, f"〔{event}〕", MsgType="event", Event=event, **fields)

    async def decide(self, openid: str, template: str, *, accept: bool) -> Pushed:
        """Somebody says yes to one more notice in a window, or no to all in the settings."""
        grants = self.account.resident(openid).grants
        grants[template] = grants.get(template, 0) + 1 if accept else 0
        event = "SubscribeMsgPopupEvent" if accept else "SubscribeMsgChangeEvent"
        row = {"TemplateId": template, "SubscribeStatusString": "accept" if accept else "reject"}
        rows = {"List": row | ({"PopupScene": "2"} if accept else {})}
        name = "subscribe_msg_popup_event" if accept else "subscribe_msg_change_event"
        fields = {"MsgType": "event", "Event": name, event: rows}
        return await self.bring(openid, f"〔{name}〕", **fields)

    async def bring(self, openid: str, shown: str, /, **fields: Field) -> Pushed:
        """Bring a message as often as its faults and the server's silence want it."""
        account, pushed = self.account, Pushed()
        if "subscribe_msg" not in shown:  # a click in a window opens no 48 hours
            account.wrote(openid, shown)
        if fields["MsgType"] != "event":
            fields.setdefault("MsgId", str(next(_numbers)))
        xml = self._xml(openid, fields)
        doubles, account.faults.duplicates = account.faults.duplicates, 0
        await asyncio.gather(*(self._insist(openid, xml, pushed) for _ in range(1 + doubles)))
        return pushed

    async def echo(self, words: str) -> httpx.Response:
        """The test of the address when the account is set up."""
        account, query = self.account, self._stamp()
        if account.work:
            words = seal(words, account.aes_key, account.app_id)
            stamp = (query["timestamp"], query["nonce"])
            query["msg_signature"] = sign(account.token, *stamp, words)
        return await self.client.get(self.url, params=query | {"echostr": words})

    async def _insist(self, openid: str, xml: str, pushed: Pushed) -> None:
        """Three tries; what is answered in time is shown."""
        for _ in range(_TRIES):
            pushed.tries += 1
            started = asyncio.get_running_loop().time()
            try:
                answer = await self._post(xml)
            except (httpx.HTTPError, OSError):  # a timeout is an OSError
                continue
            finally:
                pushed.seconds.append(asyncio.get_running_loop().time() - started)
            if self.account.faults.lost_answers:
                self.account.faults.lost_answers -= 1
                await asyncio.sleep(max(0.0, _SECONDS * self.scale - pushed.seconds[-1]))
                continue
            pushed.answers.append(answer)
            if answer not in ("success", ""):
                self.account.show(openid, "passive", self._read(answer))
            return
        self.account.show(openid, "passive", BROKEN)

    async def _post(self, xml: str) -> str:
        account, query = self.account, self._stamp()
        if account.safe:
            sealed = seal(xml, account.aes_key, account.app_id)
            stamp = (query["timestamp"], query["nonce"])
            query |= {"encrypt_type": "aes", "msg_signature": sign(account.token, *stamp, sealed)}
            xml = f"<xml><ToUserName>gh_emulated</ToUserName><Encrypt>{sealed}</Encrypt></xml>"
        return await self._send(query, xml.encode(), _SECONDS * self.scale)

    async def _send(self, query: dict[str, str], body: bytes, limit: float) -> str:
        timeout = httpx.Timeout(limit, pool=None)
        answer = await self.client.post(self.url, params=query, content=body, timeout=timeout)
        answer.raise_for_status()
        return answer.text

    def _read(self, answer: str) -> str:
        """The words of a passive reply, unsealed and checked."""
        account, parts = self.account, _fields(answer)
        if account.safe:
            sealed, stamp = parts["Encrypt"], (parts["TimeStamp"], parts["Nonce"])
            assert parts["MsgSignature"] == sign(account.token, *stamp, sealed)
            parts = _fields(unseal(sealed, account.aes_key, account.app_id))
        assert len(parts["Content"].encode()) <= 2048
        return parts["Content"]

    def _stamp(self) -> dict[str, str]:
        stamp = {
            "timestamp": str(int(self.account.now().timestamp())),
            "nonce": secrets.token_hex(5),
        }
        if self.account.work:
            return stamp
        return stamp | {"signature": sign(self.account.token, *stamp.values())}

    def _xml(self, openid: str, fields: Fields) -> str:
        root = ElementTree.Element("xml")
        head: Fields = {"ToUserName": "gh_emulated", "FromUserName": openid}
        head["CreateTime"] = str(int(self.account.now().timestamp()))
        _put(root, head | fields)
        return ElementTree.tostring(root, encoding="unicode")


def _put(under: ElementTree.Element, fields: Fields) -> None:
    for name, value in fields.items():
        element = ElementTree.SubElement(under, name)
        if isinstance(value, str):
            element.text = value
        else:
            _put(element, value)


def _fields(xml: str) -> dict[str, str]:
    root = ElementTree.fromstring(xml)  # noqa: S314  our own server's answer
    return {child.tag: child.text or "" for child in root}
