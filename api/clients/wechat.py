"""WeChat official accounts and 企业微信 over HTTP: tokens, messages, media, notices."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import httpx

from api.clients.wechat_errors import error_of
from api.clients.wechat_token import Token
from api.core.delivering import Impossible, Later, NotDelivered, TokenRefused

# A message that Tencent took, but said so too late, would be sent once more: so wait for long.
_TIMEOUT = httpx.Timeout(5.0, read=20.0)
_LARGEST = 10 * 1024 * 1024
# httpx logs whole addresses, and the access token is part of them.
logging.getLogger("httpx").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Notice:
    """What a notice outside the 48 hours says: that something is there, never what it is."""

    title: str
    reference: str
    at: datetime
    url: str


class OfficialAccount(Protocol):
    """An account that residents write to; raises NotDelivered."""

    async def say(self, person: str, text: str) -> None:
        """Send a message by the account's own doing, not as the answer to a request."""

    async def media(self, number: str) -> bytes:
        """A voice message or a picture the channel keeps for us."""

    async def notify(self, person: str, notice: Notice) -> None:
        """Tell somebody who has not written for 48 hours that there is news."""

    async def close(self) -> None:
        """Let the connections go."""


@dataclass(frozen=True)
class NoticeForm:
    """The notice the account was granted: `kind` template or subscribe, and its fields.

    `fields` maps the template's names (`thing1`, `time3`) to title, reference or time.
    """

    kind: str = ""
    template: str = ""
    fields: Mapping[str, str] | None = None


class _Api:
    """Calls with an access token, shared by both kinds of accounts."""

    def __init__(self, url: str, now: Callable[[], datetime]) -> None:
        self._client = httpx.AsyncClient(base_url=url, timeout=_TIMEOUT, trust_env=False)
        self._token = Token(self._fetch, now)

    async def media(self, number: str) -> bytes:
        """A voice message or a picture, up to 10 MB."""
        response = await self._call("GET", "/cgi-bin/media/get", None, media_id=number)
        if len(response.content) > _LARGEST:
            raise Impossible("文件超过10MB")
        return response.content

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def _fetch(self, force: bool) -> tuple[str, timedelta]:
        raise NotImplementedError

    async def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None, **query: str
    ) -> httpx.Response:
        """One call; with a fresh token once more when the token was refused."""
        token = await self._token.get()
        try:
            return await self._once(method, path, body, query | {"access_token": token})
        except TokenRefused:
            token = await self._token.fresh(token)
            return await self._once(method, path, body, query | {"access_token": token})

    async def _once(
        self, method: str, path: str, body: Mapping[str, Any] | None, query: Mapping[str, str]
    ) -> httpx.Response:
        try:
            response = await self._client.request(method, path, params=query, json=body)
            response.raise_for_status()
        except httpx.HTTPError as error:
            raise Later(f"连不上微信：{type(error).__name__}") from error
        if refusal := _refusal(response):
            raise refusal
        return response


class WeChat(_Api):
    """Tencent's API of one official account; implements OfficialAccount."""

    def __init__(
        self,
        url: str,
        app_id: str,
        secret: str,
        now: Callable[[], datetime],
        form: NoticeForm | None = None,
    ) -> None:
        super().__init__(url, now)
        self._app_id, self._secret = app_id, secret
        self._form = form or NoticeForm()

    async def say(self, person: str, text: str) -> None:
        """A customer-service message; the resident must have written within 48 hours."""
        body = {"touser": person, "msgtype": "text", "text": {"content": text}}
        await self._call("POST", "/cgi-bin/message/custom/send", body)

    async def notify(self, person: str, notice: Notice) -> None:
        """A template or subscribed notice, as the account was granted."""
        form = self._form
        if not form.kind:
            raise Impossible("公众号没有开通模板消息或者订阅通知")
        values = {
            "title": notice.title,
            "reference": notice.reference,
            "time": f"{notice.at:%Y-%m-%d %H:%M}",
        }
        data = {name: {"value": values[of]} for name, of in (form.fields or {}).items()}
        body: dict[str, Any] = {"touser": person, "template_id": form.template, "data": data}
        if form.kind == "template":
            await self._call("POST", "/cgi-bin/message/template/send", body | {"url": notice.url})
        else:
            page = {"page": notice.url}
            await self._call("POST", "/cgi-bin/message/subscribe/bizsend", body | page)

    async def create_menu(self, body: Mapping[str, Any]) -> None:
        """Put another menu in the place of the account's."""
        await self._call("POST", "/cgi-bin/menu/create", body)

    async def code(self, scene: str, lasts: timedelta | None = None) -> str:
        """What a code has to say, so that scanning it tells us the scene; permanent by itself."""
        body: dict[str, Any] = {"action_name": "QR_LIMIT_STR_SCENE"}
        if lasts:
            seconds = int(lasts.total_seconds())
            body = {"action_name": "QR_STR_SCENE", "expire_seconds": seconds}
        info = {"action_info": {"scene": {"scene_str": scene}}}
        answer = await self._call("POST", "/cgi-bin/qrcode/create", body | info)
        return str(answer.json()["url"])

    async def _fetch(self, force: bool) -> tuple[str, timedelta]:
        """A token of the kind that asking again does not invalidate."""
        body = {
            "grant_type": "client_credential",
            "appid": self._app_id,
            "secret": self._secret,
            "force_refresh": force,
        }
        response = await self._once("POST", "/cgi-bin/stable_token", body, {})
        answer = response.json()
        return str(answer["access_token"]), timedelta(seconds=int(answer["expires_in"]))


class WeCom(_Api):
    """An application of 企业微信 for the county's own people; implements OfficialAccount.

    Its members may be written to at any time: there are no 48 hours and no notices.
    """

    def __init__(
        self, url: str, corp_id: str, secret: str, agent: int, now: Callable[[], datetime]
    ) -> None:
        super().__init__(url, now)
        self._corp_id, self._secret, self._agent = corp_id, secret, agent

    async def say(self, person: str, text: str) -> None:
        """A message of the application."""
        body = {"touser": person, "msgtype": "text", "agentid": self._agent}
        await self._call("POST", "/cgi-bin/message/send", body | {"text": {"content": text}})

    async def notify(self, person: str, notice: Notice) -> None:
        """A message like any other."""
        await self.say(person, f"{notice.title}（编号{notice.reference}）：{notice.url}")

    async def _fetch(self, force: bool) -> tuple[str, timedelta]:  # noqa: ARG002  as there is
        query = {"corpid": self._corp_id, "corpsecret": self._secret}
        answer = (await self._once("GET", "/cgi-bin/gettoken", None, query)).json()
        return str(answer["access_token"]), timedelta(seconds=int(answer["expires_in"]))


def _refusal(response: httpx.Response) -> NotDelivered | None:
    """The error an answer carries, if it does; media come without one."""
    if not response.headers.get("content-type", "").startswith(("application/json", "text/")):
        return None
    try:
        answer = response.json()
        code = int(answer.get("errcode", 0))
    except (ValueError, AttributeError):
        return Later("微信的回答看不懂")
    return error_of(code) if code else None
