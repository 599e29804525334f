"""How a resident wants to be told that a lawyer has answered: a page and the same by API."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from api.core.errors import CoreError, MessageInvalid
from api.core.phones import masked, mobile
from api.pages import render
from api.storage.contacts import Contacts, Ways

router = APIRouter()
_MAIL = re.compile(r"[^@\s<>\"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
Conversation = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Text = Annotated[str, Form(max_length=254)]


class WaysIn(BaseModel):
    """Empty fields are ways not wanted."""

    phone: str = Field("", max_length=32, examples=["13800000000"])
    email: str = Field("", max_length=254, examples=["zhang@example.com"])
    at_night: bool = False


class WaysOut(BaseModel):
    """What is kept, so that its owner knows it again and nobody else can use it."""

    phone: str
    email: str
    at_night: bool


@router.get("/contact/{conversation}", include_in_schema=False)
def page(conversation: Conversation, request: Request) -> Response:
    """The form."""
    return _page(request, conversation, saved="saved" in request.query_params)


@router.post("/contact/{conversation}", include_in_schema=False)
def choose(
    conversation: Conversation,
    request: Request,
    phone: Text = "",
    email: Text = "",
    at_night: Text = "",
) -> Response:
    """Keep what was chosen."""
    try:
        _keep(request, conversation, WaysIn(phone=phone, email=email, at_night=bool(at_night)))
    except CoreError as error:
        return _page(request, conversation, error=str(error), phone=phone, email=email)
    return RedirectResponse(f"/contact/{conversation}?saved=1", 303)


@router.put("/api/v1/conversations/{conversation}/contact", response_model=WaysOut)
def put(conversation: Conversation, body: WaysIn, request: Request) -> WaysOut:
    """The same for pages and kiosks; all fields empty takes the choice back."""
    return _out(_keep(request, conversation, body))


@router.get("/api/v1/conversations/{conversation}/contact", response_model=WaysOut)
def get(conversation: Conversation, request: Request) -> WaysOut:
    """What is chosen now."""
    return _out(_contacts(request).of(conversation))


def _keep(request: Request, conversation: str, body: WaysIn) -> Ways:
    email = body.email.strip()
    if email and not _MAIL.fullmatch(email):
        raise MessageInvalid("email_invalid", "邮箱的写法不对，例如zhang@example.com。", "email")
    phone = mobile(body.phone) if body.phone.strip() else ""
    ways = Ways(phone, email, body.at_night)
    _contacts(request).choose(conversation, ways)
    return ways


def _out(ways: Ways) -> WaysOut:
    name, at, domain = ways.email.partition("@")
    email = f"{name[:1]}***{at}{domain}" if ways.email else ""
    phone = masked(ways.phone) if ways.phone else ""
    return WaysOut(phone=phone, email=email, at_night=ways.at_night)


def _page(request: Request, conversation: str, **more: object) -> Response:
    kept, settings = _out(_contacts(request).of(conversation)), request.app.state.settings
    context = {
        "conversation": conversation,
        "kept": kept,
        "mails": bool(settings.smtp_host),
        "texts": bool(settings.sms_url),
        "quiet": (settings.quiet_start, settings.quiet_end),
        **more,
    }
    response = render(request, "wechat/contact.html", context, 422 if "error" in more else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _contacts(request: Request) -> Contacts:
    contacts: Contacts = request.app.state.contacts
    return contacts
