"""Papers at the kiosk: the fields of one, who stands there, and the paper made of both."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field

from api.casework.errors import CaseUnknown
from api.casework.papers.filling import checked, fill, values_from
from api.casework.papers.forms import form_of
from api.citing import today

router = APIRouter(prefix="/api/v1/kiosk")
Kind = Annotated[str, Path(pattern=r"^[a-z_]{1,32}$")]
_CARRIED = r"^([0-9a-f]{32})?$"


class FieldOut(BaseModel):
    """One thing to fill in, with what the conversation already knows."""

    name: str
    label: str
    hint: str
    kind: str
    optional: bool
    value: str


class FormOut(BaseModel):
    """A paper to fill in."""

    kind: str
    title: str
    use: str
    needs: list[str]
    fields: list[FieldOut]


class IdentityIn(BaseModel):
    """Name and number as on the card."""

    name: str = Field(max_length=64, examples=["张小满"])
    number: str = Field(max_length=32, examples=["11010519491231002X"])


class IdentityOut(BaseModel):
    """Who it is, masked; the token stands for the rest."""

    name: str
    masked: str
    token: str


class FilledIn(BaseModel):
    """What was filled in; `identity` is the token of who stands there."""

    kind: str
    facts: dict[str, str]
    identity: str = Field("", pattern=_CARRIED)


class FilledOut(BaseModel):
    """A paper to print."""

    token: str
    title: str
    missing: list[str]


@router.get("/papers/{kind}", response_model=FormOut)
def form(
    kind: Kind,
    request: Request,
    carried: Annotated[str, Query(alias="from", pattern=_CARRIED)] = "",
) -> FormOut:
    """The fields of a paper."""
    wanted = form_of(kind)
    known = values_from(wanted, _carried(request, carried))
    fields = [FieldOut(**vars(one), value=known.get(one.name, "")) for one in wanted.fields]
    return FormOut(
        kind=kind, title=wanted.title, use=wanted.use, needs=list(wanted.needs), fields=fields
    )


@router.post("/identity", response_model=IdentityOut, status_code=201)
def identity(body: IdentityIn, request: Request) -> IdentityOut:
    """Who stands there; the number is sealed at once and only fills papers."""
    day = today(request)
    person = request.app.state.identity.read(body.name, body.number, day)
    token = request.app.state.casework.carried.put(person.facts(day), None)
    return IdentityOut(name=person.name, masked=person.masked, token=token)


@router.post("/papers", response_model=FilledOut, status_code=201)
def write(body: FilledIn, request: Request) -> FilledOut:
    """Make the paper; it is printed from /kiosk/paper/{token}."""
    wanted = form_of(body.kind)
    known = values_from(wanted, _carried(request, body.identity))
    values = checked(wanted, body.facts | known)
    draft = request.app.state.casework.papers.add(body.kind, values, None)
    missing = list(fill(wanted, values).missing)
    return FilledOut(token=draft.token, title=wanted.title, missing=missing)


def _carried(request: Request, token: str) -> dict[str, str]:
    if not token:
        return {}
    try:
        facts: dict[str, str] = request.app.state.casework.carried.get(token).facts
    except CaseUnknown:
        return {}  # what was known is gone; the paper can still be filled by hand
    return facts
