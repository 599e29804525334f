"""Referral for residents: choose a service, tell it once, see how it goes, rate it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from api.casework.errors import CaseUnknown, FormInvalid
from api.casework.orders import BEST, MACHINE, told_from
from api.casework.steps import Role
from api.citing import cited
from api.core.deadlines import COUNTY as ZONE
from api.home.ratings import Kind, Opinion, grade_of
from api.pages import render
from api.storage.orders import Order
from knowledge.refs import parse_ref

router = APIRouter()
Token = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
Name = Annotated[str, Path(pattern=r"^[a-z_]{1,16}$")]


class OrderIn(BaseModel):
    """A referral; `slot_at` only for services by appointment."""

    service: str = Field(examples=["mediation"])
    name: str = Field(examples=["张小满"])
    phone: str = Field(examples=["13800000000"])
    story: str = Field(examples=["邻居砌墙占了我家宅基地"])
    township: str = ""
    opponent: str = ""
    slot_at: datetime | None = None
    carried: str = Field("", max_length=32)


class RatingIn(BaseModel):
    """One to five stars; one and two bring rectification within 48 hours."""

    stars: int = Field(ge=1, le=BEST)
    note: str = Field("", max_length=1000)


class OrderOut(BaseModel):
    """Where an order stands; nothing of what was told."""

    reference: str
    token: str
    service: str
    state: str
    state_label: str
    office: str
    due_at: datetime | None
    slot_at: datetime | None
    result: str
    rating: int | None


class ServiceOut(BaseModel):
    """A service one may be referred to."""

    name: str
    label: str
    use: str
    materials: list[str]
    promise: str
    appointment: bool
    free_slots: list[datetime]


@router.get("/orders", include_in_schema=False)
def choose(request: Request) -> Response:
    """All services."""
    services = request.app.state.casework.services.services
    token = request.query_params.get("from", "")
    return render(request, "casework/orders.html", {"services": services, "token": token})


@router.get("/orders/new/{name}", include_in_schema=False)
def start(name: Name, request: Request) -> Response:
    """The form, filled from the conversation where there is one."""
    token, known = request.query_params.get("from", ""), {}
    if token:
        facts = request.app.state.casework.carried.get(token).facts
        known = facts | {
            "carried": token,
            "opponent": facts.get("opponent") or facts.get("employer", ""),
            "story": facts.get("story") or facts.get("dispute", ""),
        }
    return _form(request, name, known)


@router.post("/orders/new/{name}", include_in_schema=False)
async def create(name: Name, request: Request) -> Response:
    """Take the order in and show it."""
    raw = {key: str(value) for key, value in (await request.form()).items()}
    try:
        order = _open(request, name, raw, _slot(raw.get("slot_at", "")))
    except FormInvalid as error:
        return _form(request, name, raw, error)
    return RedirectResponse(f"/orders/o/{order.token}", 303)


@router.get("/orders/o/{token}", include_in_schema=False)
def show(token: Token, request: Request) -> Response:
    """Where the order stands."""
    return _page(request, request.app.state.casework.orders.get(token))


@router.post("/orders/o/{token}", include_in_schema=False)
def act(
    token: Token,
    request: Request,
    action: Annotated[str, Form()],
    note: Annotated[str, Form()] = "",
    stars: Annotated[int, Form()] = 0,
) -> Response:
    """The resident's own steps: told more, rated, called off."""
    store = request.app.state.casework.orders
    order = store.get(token)
    try:
        if action == "rate":
            _rate(request, token, stars, note)
        else:
            store.take(order.id, action, Role.RESIDENT, "居民", note)
    except FormInvalid as error:
        return _page(request, order, error)
    return RedirectResponse(f"/orders/o/{token}", 303)


@router.get("/api/v1/orders/services", response_model=list[ServiceOut])
def services(request: Request, township: str = "") -> list[ServiceOut]:
    """What one may be referred to, with the hours still free."""
    work = request.app.state.casework
    return [
        ServiceOut(
            name=name,
            label=service.label,
            use=service.use,
            materials=list(service.materials),
            promise=service.promise,
            appointment=service.appointment,
            free_slots=list(work.orders.free_slots(name, township)),
        )
        for name, service in work.services.services.items()
    ]


@router.post("/api/v1/orders", response_model=OrderOut, status_code=201)
def open_order(body: OrderIn, request: Request) -> OrderOut:
    """Refer; the token names the order from then on."""
    raw = {name: str(value) for name, value in body.model_dump(exclude={"slot_at"}).items()}
    slot = body.slot_at.astimezone(UTC) if body.slot_at else None
    return out(_open(request, body.service, raw, slot))


@router.get("/api/v1/orders/{token}", response_model=OrderOut)
def order(token: Token, request: Request) -> OrderOut:
    """Where an order stands."""
    return out(request.app.state.casework.orders.get(token))


@router.post("/api/v1/orders/{token}/rating", response_model=OrderOut)
def rate(token: Token, body: RatingIn, request: Request) -> OrderOut:
    """Rate what was done; a bad rating is put right within 48 hours."""
    store = request.app.state.casework.orders
    _rate(request, token, body.stars, body.note)
    return out(store.get(token))


def out(order: Order) -> OrderOut:
    """An order as the API shows it."""
    names = [name for name in OrderOut.model_fields if name != "state_label"]
    parts: dict[str, Any] = {name: getattr(order, name) for name in names}
    return OrderOut(state_label=MACHINE.states[order.state], **parts)


def _rate(request: Request, token: str, stars: int, note: str) -> None:
    opinion = Opinion(grade_of(stars), note=note.strip())
    request.app.state.home.satisfaction.order(token, stars, opinion)


def _open(request: Request, name: str, raw: dict[str, str], slot: datetime | None) -> Order:
    work = request.app.state.casework
    if work.services.named(name).appointment and slot is None:
        raise FormInvalid("请选一个去办的时间", "slot_at")
    try:
        carried = raw.get("carried", "")
        conversation = work.carried.get(carried).conversation if carried else None
    except CaseUnknown:
        conversation = None  # an old link must not cost the resident the order
    made: Order = work.orders.open(name, told_from(raw), conversation=conversation, slot_at=slot)
    return made


def _slot(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if text else None
    except ValueError as error:
        raise FormInvalid("请选列出的时间", "slot_at") from error


def _form(
    request: Request, name: str, known: dict[str, str], error: FormInvalid | None = None
) -> Response:
    work = request.app.state.casework
    service = work.services.named(name)
    free = work.orders.free_slots(name, known.get("township", ""))
    context = {
        "name": name,
        "service": service,
        "known": known,
        "error": error,
        "townships": work.county.townships,
        "slots": [at.astimezone(ZONE) for at in free],
        "citations": [cited(request, parse_ref(text)) for text in service.laws],
    }
    return render(request, "casework/order_form.html", context, 422 if error else 200)


def _page(request: Request, order: Order, error: FormInvalid | None = None) -> Response:
    labels = {name: step.label for name, step in MACHINE.steps.items()}
    context = {
        "order": order,
        "service": request.app.state.casework.services.of_order(order.service),
        "state": MACHINE.states[order.state],
        "steps": MACHINE.open_to(order.state, Role.RESIDENT),
        "labels": labels | {"open": "受理"},
        "rated": request.app.state.home.ratings.of(Kind.ORDER, order.token),
        "error": error,
    }
    return render(request, "casework/order.html", context, 422 if error else 200)
