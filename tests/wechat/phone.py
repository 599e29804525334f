"""A small page to be a resident on: type, speak, send a place, and let things go wrong."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.templating import Jinja2Templates
from markupsafe import Markup, escape
from starlette.responses import RedirectResponse, Response

from tests.wechat.account import Account
from tests.wechat.pushing import Pusher

router = APIRouter()
_templates = Jinja2Templates(directory=Path(__file__).parent / "pages")
_LINK = re.compile(r"&lt;a href=&#34;(https?://[^&]+)&#34;&gt;([^&]*)&lt;/a&gt;")
_KINDS = {"image": "〔照片〕", "voice": "〔语音〕"}
Text = Annotated[str, Form()]


@router.get("/")
def page(request: Request, who: str = "o-zhang") -> Response:
    """The resident's screen and the switches."""
    account = _account(request)
    context = {
        "who": who,
        "people": sorted({*account.residents, "o-zhang", "o-li"}),
        "screen": account.resident(who).screen,
        "faults": account.faults,
        "calls": account.calls[-12:],
        "linked": linked,
    }
    return _templates.TemplateResponse(request, "phone.html", context)


@router.post("/say")
async def say(request: Request, who: Text, text: Text) -> Response:
    """Type something."""
    await _pusher(request).say(who, text)
    return _back(who)


@router.post("/event")
async def event(request: Request, who: Text, event: Text, key: Text = "") -> Response:
    """Subscribe, leave, press the menu, scan a code."""
    fields = {"EventKey": f"qrscene_{key}" if event == "subscribe" and key else key}
    await _pusher(request).event(who, event, **fields)
    return _back(who)


@router.post("/notice")
async def notice(request: Request, who: Text, template: Text, accept: Text = "") -> Response:
    """Say yes to one more subscribed notice, or no to all."""
    await _pusher(request).decide(who, template, accept=bool(accept))
    return _back(who)


@router.post("/place")
async def place(request: Request, who: Text, latitude: Text, longitude: Text) -> Response:
    """Send a position."""
    fields = {"Location_X": latitude, "Location_Y": longitude, "Scale": "16", "Label": ""}
    await _pusher(request).bring(who, "〔位置〕", MsgType="location", **fields)
    return _back(who)


@router.post("/media")
async def media(
    request: Request,
    who: Text,
    kind: Text,
    file: Annotated[UploadFile, File()],
    recognition: Text = "",
) -> Response:
    """Send a recording (AMR, SILK, WAV …) or a picture."""
    account = _account(request)
    number = f"media-{len(account.media) + 1}"
    account.media[number] = (file.content_type or "application/octet-stream", await file.read())
    fields: dict[str, Any] = {"MsgType": kind, "MediaId": number}
    if kind == "voice":
        fields |= {"Format": "amr", "Recognition": recognition}
    await _pusher(request).bring(who, _KINDS[kind], **fields)
    return _back(who)


@router.post("/faults")
async def faults(request: Request, who: Text) -> Response:
    """What goes wrong next."""
    form, account = await request.form(), _account(request)
    account.faults.duplicates = int(str(form.get("duplicates") or 0))
    account.faults.lost_answers = int(str(form.get("lost_answers") or 0))
    account.faults.error = int(str(form.get("error") or 0))
    account.faults.errors_left = int(bool(account.faults.error))
    account.faults.unauthorised = bool(form.get("unauthorised"))
    account.faults.notices_refused = bool(form.get("notices_refused"))
    if form.get("expire"):
        account.expire_token()
    if form.get("idle"):
        resident = account.resident(who)
        resident.wrote_at = account.now() - timedelta(hours=49)
    if form.get("spent"):
        account.resident(who).left = 0
    return _back(who)


def linked(text: str) -> Markup:
    """The words with the links WeChat would show; everything else stays as it is written."""
    return Markup(_LINK.sub(r'<a href="\1" target="_blank">\2</a>', str(escape(text))))  # noqa: S704


def _back(who: str) -> Response:
    return RedirectResponse(f"/?who={who}", 303)


def _account(request: Request) -> Account:
    account: Account = request.app.state.account
    return account


def _pusher(request: Request) -> Pusher:
    pusher: Pusher = request.app.state.pusher
    return pusher
