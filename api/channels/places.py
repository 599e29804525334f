"""Where to go: the county's offices as a page and by API."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.casework.county import County, Near, OfficeKind, Township, nearest
from api.casework.hours import opening, week
from api.core.errors import MessageInvalid
from api.pages import render

router = APIRouter()
_MOST = 20
Kind = Annotated[str, Query(max_length=32)]


class Position(BaseModel):
    """Where the resident is; in the body, so that it stays out of logs."""

    kind: str = Field(examples=["司法所"])
    township: str = Field(default="", max_length=32)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    limit: int = Field(default=3, ge=1, le=_MOST)


class PlaceOut(BaseModel):
    """An office with its hours now."""

    name: str
    kind: str
    township: str
    address: str
    phone: str
    latitude: float
    longitude: float
    services: list[str]
    km: float | None
    open: bool
    says: str
    hours: str


class PlacesOut(BaseModel):
    """Offices, nearest first; `demo` says that they are invented."""

    demo: bool
    places: list[PlaceOut]


@router.get("/places", include_in_schema=False)
def page(request: Request, kind: Kind = "", township: Kind = "") -> Response:
    """Offices by kind and township."""
    county: County = request.app.state.casework.county
    chosen, where = _kind(kind), _township(county, township)
    kinds = (chosen,) if chosen else tuple(OfficeKind)
    found = nearest(county, kinds, where)
    context = {
        "kinds": list(OfficeKind),
        "chosen": chosen,
        "townships": county.townships,
        "township": where.name if where else "",
        "places": [_shown(request, near) for near in found[:_MOST]],
        "demo": county.demo,
    }
    return render(request, "casework/places.html", context)


@router.post("/api/v1/places", response_model=PlacesOut)
def places(body: Position, request: Request) -> PlacesOut:
    """The nearest offices of a kind, from a township or a position."""
    county: County = request.app.state.casework.county
    kind = _kind(body.kind)
    if kind is None:
        known = "、".join(OfficeKind)
        raise MessageInvalid("kind_unknown", f"没有“{body.kind}”这类机构；可以查：{known}", "kind")
    origin: Township | tuple[float, float] | None = _township(county, body.township)
    if body.latitude is not None and body.longitude is not None:
        origin = (body.latitude, body.longitude)
    found = nearest(county, (kind,), origin)[: body.limit]
    shown = [PlaceOut(**_shown(request, near)) for near in found]
    return PlacesOut(demo=county.demo, places=shown)


def _shown(request: Request, near: Near) -> dict[str, Any]:
    office, county = near.office, request.app.state.casework.county
    now = opening(county, office, request.app.state.services.now())
    names = ("name", "kind", "township", "address", "phone", "latitude", "longitude")
    return {
        **{name: getattr(office, name) for name in names},
        "services": list(office.services),
        "km": None if near.km is None else round(near.km, 1),
        "open": now.open,
        "says": now.says,
        "hours": week(county, office),
    }


def _kind(text: str) -> OfficeKind | None:
    """A kind by its name, or by its code name as links write it."""
    by_code = {kind.name.lower(): kind for kind in OfficeKind}
    by_name = {kind.value: kind for kind in OfficeKind}
    return by_code.get(text) or by_name.get(text)


def _township(county: County, name: str) -> Township | None:
    return county.township_in(name) if name else None
