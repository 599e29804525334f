"""The chat without script: forms and whole pages; the conversation's number is kept in a cookie."""

from __future__ import annotations

import re
import uuid
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.channels.web import fetch, ratings_of, welcome_context
from api.core.errors import MessageInvalid
from api.core.receive import check, receive
from api.core.types import Message
from api.pages import render

router = APIRouter(include_in_schema=False)
TALK, NOTICE = "wenfa_talk", "wenfa_notice"
NOTICE_OF = "2026-11"  # as in static/chat/store.js: a notice that says something new is shown again
_YEAR = 366 * 24 * 3600
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
Text = Annotated[str, Form()]


@router.get("/talk")
async def talk(request: Request) -> Response:
    """Everything said so far and a form to go on."""
    return await _page(request)


@router.post("/talk")
async def say(
    request: Request, text: Text = "", words: Text = "", message: Text = "", agreed: Text = ""
) -> Response:
    """Send words, from the box or behind a button; a form sent twice is answered once.

    The answer is a redirect to the page, so that loading it again sends nothing.
    """
    own(request)
    said = text or words
    try:
        sent = Message(_number(request.cookies.get(TALK, "")), "web", said, _number(message))
        check(sent)
    except MessageInvalid as error:
        return await _page(request, error, words)
    if agreed != "yes" and request.cookies.get(NOTICE) != NOTICE_OF:
        context = {"text": said, "message": sent.external_id}
        return render(request, "chat/notice.html", context)
    await receive(sent, request.app.state.services)
    response = RedirectResponse("/talk#last", 303)
    keep(request, response, TALK, sent.conversation)
    keep(request, response, NOTICE, NOTICE_OF)
    return response


@router.post("/talk/new")
def afresh(request: Request) -> Response:
    """Forget the conversation on this device."""
    own(request)
    response = RedirectResponse("/", 303)
    response.delete_cookie(TALK, path="/")
    return response


async def _page(
    request: Request, error: MessageInvalid | None = None, written: str = ""
) -> Response:
    messages, conversation = request.app.state.messages, request.cookies.get(TALK, "")
    entries = await fetch(messages, conversation, 0) if conversation else []
    context = welcome_context(request) | {
        "entries": [entry for entry in entries if entry.text.strip()],
        "conversation": conversation,
        "rated": await run_in_threadpool(ratings_of, request, conversation),
        "with_lawyer": await run_in_threadpool(
            request.app.state.office.cases.open_of, conversation
        ),
        "error": error,
        "written": written,
    }
    return render(request, "chat/talk.html", context, 422 if error else 200)


def _number(given: str) -> str:
    """The number of a conversation or message as sent; a new one where none could be."""
    return given if _ID.fullmatch(given) else uuid.uuid4().hex


def own(request: Request) -> None:
    """Refuse forms that another site sends in the resident's name."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403)


def keep(request: Request, response: Response, name: str, value: str) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, _YEAR, path="/", httponly=True, secure=secure, samesite="lax")
