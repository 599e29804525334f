"""The chat inside other government sites: a script that draws a button, and the page it opens."""

from __future__ import annotations

import re

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import FileResponse, Response

from api.channels.web import welcome_context
from api.pages import HERE, render
from api.settings import Settings

router = APIRouter(include_in_schema=False)
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")


def origins(settings: Settings) -> tuple[str, ...]:
    """The sites that may show the chat; what is no origin is left out.

    >>> origins(Settings.model_construct(embed_origins="https://a.example https://b.example;x"))
    ('https://a.example',)
    """
    given = re.split(r"[\s,]+", settings.embed_origins.strip())
    return tuple(one for one in given if _ORIGIN.fullmatch(one))


@router.get("/embed")
def embed(request: Request) -> Response:
    """The chat page for a frame; browsers show it inside the sites on the list and nowhere else."""
    allowed = origins(request.app.state.settings)
    if not allowed:
        raise HTTPException(404)
    page = render(request, "chat/embed.html", welcome_context(request))
    page.headers["Content-Security-Policy"] = (
        "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none';"
        f" frame-ancestors {' '.join(allowed)}"
    )
    return page


@router.get("/widget.js")
def widget() -> Response:
    """The script other sites load; it sets no style attribute and runs under their own policy."""
    response = FileResponse(HERE / "static/widget.js", media_type="text/javascript")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
