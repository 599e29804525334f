"""The kiosk's one page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.casework.kiosks import REGIONS
from api.channels.kiosk.device import kiosk_of
from api.channels.kiosk.prompts import PROMPTS, says
from api.channels.web import listens
from api.core.receive import MAX_CHARS
from api.core.tasks import STARTERS
from api.pages import NO_TRACE, render

router = APIRouter(include_in_schema=False)
#: The drawings of static/kiosk/pictures.svg, in the order of the starters.
PICTURES = ("wages", "marriage", "land", "loan", "traffic", "lawyer")


@router.get("/kiosk")
def page(request: Request) -> Response:
    """One button and six pictures."""
    kiosk = kiosk_of(request)
    context = {
        "kiosk": kiosk,
        "matters": list(zip(PICTURES, STARTERS, strict=True)),
        "prompts": PROMPTS,
        "spoken": {name: {"text": text, "says": says(name)} for name, text in PROMPTS.items()},
        "regions": REGIONS,
        "max_chars": MAX_CHARS,
        "listens": listens(request),
    }
    response = render(request, "kiosk/page.html", context)
    response.headers.update(NO_TRACE)
    return response
