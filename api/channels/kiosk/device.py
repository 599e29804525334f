"""Which kiosk is asking: registered once by a link, known by a cookie, heard of every minute."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Path, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from api.casework.kiosks import Kiosk, Microphone, Supply
from api.pages import render
from api.storage.kiosks import KioskStore

router = APIRouter()
COOKIE = "wenfa_kiosk"
_YEARS = 5 * 365 * 24 * 3600  # seconds
Link = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{16,64}$")]


class Beat(BaseModel):
    """What a kiosk knows of itself; what is left out stays as it was."""

    microphone: Microphone | None = None
    paper: Supply | None = None


class KioskOut(BaseModel):
    """A kiosk as it knows itself."""

    name: str
    township: str
    place: str
    region: str
    paper: Supply
    microphone: Microphone


def kiosks_of(request: Request) -> KioskStore:
    """The kiosks of this county."""
    store: KioskStore = request.app.state.casework.kiosks
    return store


def kiosk_of(request: Request) -> Kiosk | None:
    """The registered kiosk whose browser asks."""
    return kiosks_of(request).known(request.cookies.get(COOKIE, ""))


@router.get("/kiosk/register/{link}", include_in_schema=False)
def meet(link: Link, request: Request) -> Response:
    """Which machine this will be; nothing happens before the button is pressed."""
    return render(request, "kiosk/register.html", {"kiosk": kiosks_of(request).waiting(link)})


@router.post("/kiosk/register/{link}", include_in_schema=False)
def register(link: Link, request: Request) -> Response:
    """Spend the link: this browser is the kiosk from now on."""
    token = kiosks_of(request).register(link)
    response = RedirectResponse("/kiosk", 303)
    secure = request.url.scheme == "https"
    response.set_cookie(
        COOKIE, token, _YEARS, path="/", httponly=True, secure=secure, samesite="strict"
    )
    return response


@router.post("/api/v1/kiosk/heartbeat", response_model=KioskOut)
def heartbeat(
    body: Beat, request: Request, authorization: Annotated[str, Header()] = ""
) -> KioskOut:
    """A sign of life: the page every minute; a program beside the printer with its bearer token.

    The program says `paper` alone, which is no sign of life of the page.
    """
    store = kiosks_of(request)
    agent = authorization.removeprefix("Bearer ").strip()
    kiosk = store.known(agent) if agent else kiosk_of(request)
    if kiosk is None:
        raise HTTPException(401)
    store.beat(kiosk, body.microphone, body.paper)
    fresh = store.numbered(kiosk.id)
    return KioskOut(**{name: getattr(fresh, name) for name in KioskOut.model_fields})
