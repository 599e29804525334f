"""One answer as a page of its own, behind a signed link that ends after some days."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from api.notify.links import LASTS, Links
from api.pages import render
from api.storage.messages import Messages

router = APIRouter(include_in_schema=False)
Token = Annotated[str, Path(max_length=64)]


@router.get("/a/{token}")
def show(token: Token, request: Request) -> Response:
    """The answer with its articles in full; whoever opens it has received it."""
    links: Links = request.app.state.links
    messages: Messages = request.app.state.messages
    stored = messages.reply(links.read(token))
    messages.delivered([stored.id])
    context = {"reply": stored.reply, "at": stored.created_at, "ends": stored.created_at + LASTS}
    page = render(request, "wechat/answer.html", context)
    page.headers["Cache-Control"] = "no-store"
    return page
