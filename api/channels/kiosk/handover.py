"""From the kiosk to the phone: a sealed link that expires, as a code to scan; it names nobody."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from datetime import datetime, timedelta
from io import BytesIO
from typing import Annotated

import segno
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import APIRouter, HTTPException, Path, Request
from starlette.responses import RedirectResponse, Response

from api.casework.errors import CaseUnknown
from api.channels.talk import TALK, keep
from api.channels.web import Conversation
from api.channels.wechat.onward import Onward
from api.core.delivering import NotDelivered
from api.pages import NO_TRACE, render

router = APIRouter(include_in_schema=False)
LASTS = timedelta(days=7)
_NONCE, _MOMENT = 12, 5  # bytes
_PURPOSE = b"wenfa handover 1"
Token = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{40,160}$")]
_OVER = "这个码过期了，或者没有扫全。请重新问一次，或者拨打12348，报单子上的编号"


def link(request: Request, conversation: str) -> str:
    """The address that continues the conversation on a phone, good for a week."""
    until = request.app.state.services.now() + LASTS
    base = request.app.state.settings.public_url or str(request.base_url)
    return f"{base.rstrip('/')}/go/{sealed(_secret(request), conversation, until)}"


def sealed(secret: str, conversation: str, until: datetime) -> str:
    """A token only this server can open; who reads it learns nothing."""
    nonce = secrets.token_bytes(_NONCE)
    plain = int(until.timestamp()).to_bytes(_MOMENT, "big") + conversation.encode()
    token = nonce + AESGCM(_key(secret)).encrypt(nonce, plain, _PURPOSE)
    return base64.urlsafe_b64encode(token).decode().rstrip("=")


def opened(secret: str, token: str, now: datetime) -> str:
    """The conversation of a token.

    Raises:
        CaseUnknown: forged, cut or expired.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 22, tzinfo=UTC)
    >>> opened("s", sealed("s", "abcdefgh", now + LASTS), now)
    'abcdefgh'
    """
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        plain = AESGCM(_key(secret)).decrypt(raw[:_NONCE], raw[_NONCE:], _PURPOSE)
    except (InvalidTag, ValueError) as error:
        raise CaseUnknown(_OVER) from error
    if int.from_bytes(plain[:_MOMENT], "big") < now.timestamp():
        raise CaseUnknown(_OVER)
    return plain[_MOMENT:].decode()


@router.get("/api/v1/conversations/{conversation}/handover.svg")
def code(conversation: Conversation, request: Request) -> Response:
    """The link as a picture to scan."""
    if not request.app.state.messages.any_in(conversation):
        raise HTTPException(404)
    drawn = BytesIO()
    made = segno.make(link(request, conversation), error="m", micro=False)
    made.save(drawn, kind="svg", scale=4, border=2, dark="#1d2826", light="#fff")
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers=NO_TRACE)


@router.get("/go/{token}")
def arrive(token: Token, request: Request) -> Response:
    """Where the code leads; it shows nothing of what was said before the button is pressed.

    Only WeChat itself reads a code off its own screen, so nobody else is shown the account's.
    """
    in_wechat = "MicroMessenger" in request.headers.get("user-agent", "")
    context = {
        "conversation": _conversation(token, request),
        "account_code": f"/go/{token}/wechat.png" if in_wechat and _onward(request) else "",
    }
    response = render(request, "kiosk/go.html", context)
    response.headers.update(NO_TRACE)
    return response


@router.get("/go/{token}/wechat.png")
async def into_wechat(token: Token, request: Request) -> Response:
    """A code of the official account: who follows it goes on there."""
    onward, conversation = _onward(request), _conversation(token, request)
    known = await asyncio.to_thread(request.app.state.messages.any_in, conversation)
    if onward is None or not known:  # erased meanwhile
        raise HTTPException(404)
    try:
        words = await onward.code(conversation)
    except NotDelivered as error:
        raise HTTPException(503) from error
    drawn = BytesIO()
    segno.make(words, error="m", micro=False).save(drawn, kind="png", scale=6, border=4)
    return Response(drawn.getvalue(), media_type="image/png", headers=NO_TRACE)


@router.post("/go/{token}")
def go_on(token: Token, request: Request) -> Response:
    """Go on with it here, without script."""
    response = RedirectResponse("/talk#last", 303)
    keep(request, response, TALK, _conversation(token, request))
    return response


def _conversation(token: str, request: Request) -> str:
    return opened(_secret(request), token, request.app.state.services.now())


def _onward(request: Request) -> Onward | None:
    onward: Onward | None = request.app.state.onward
    return onward


def _secret(request: Request) -> str:
    secret: str = request.app.state.settings.secret_key.get_secret_value()
    return secret


def _key(secret: str) -> bytes:
    return hashlib.sha256(f"handover\0{secret}".encode()).digest()
