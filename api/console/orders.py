"""Work orders for the staff: by deadline, one with its steps; the same by API."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from api.casework.errors import CaseworkError
from api.casework.orders import MACHINE
from api.casework.steps import Role
from api.console.sessions import Reader, Visitor, Worker, WorkerCall
from api.pages import render
from api.storage.orders import Order

router = APIRouter()


class StepIn(BaseModel):
    """One step of the staff."""

    step: str = Field(examples=["dispatch"])
    note: str = Field("", max_length=1000)
    office: str = Field("", max_length=64)


class StateOut(BaseModel):
    """Where the order is now, and what may be done next."""

    reference: str
    state: str
    owner: str | None
    office: str
    steps: list[str]


@router.get("/desk/orders", include_in_schema=False)
def queue(request: Request, who: Reader) -> Response:
    """Orders, the most pressing first."""
    work = request.app.state.casework
    orders = work.orders.all()
    context = {
        "orders": orders,
        "states": MACHINE.states,
        "labels": {order.service: work.services.of_order(order.service).label for order in orders},
        "who": who,
        "now": request.app.state.services.now(),
    }
    return render(request, "console/orders.html", context)


@router.get("/desk/orders/{number}", include_in_schema=False)
def show(number: int, request: Request, who: Reader) -> Response:
    """One order."""
    return _page(request, request.app.state.casework.orders.numbered(number), who)


@router.post("/desk/orders/{number}", include_in_schema=False)
def step(
    number: int,
    request: Request,
    who: Worker,
    action: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    office: Annotated[str, Form()] = "",
) -> Response:
    """One step of the staff."""
    store = request.app.state.casework.orders
    try:
        store.take(
            number,
            action,
            Role.STAFF,
            who.person.name,
            note,
            _other(store.numbered(number), office),
        )
    except CaseworkError as error:
        return _page(request, store.numbered(number), who, str(error))
    return RedirectResponse(f"/desk/orders/{number}", 303)


@router.post("/api/v1/orders/{number}/steps", response_model=StateOut)
def api_step(number: int, body: StepIn, request: Request, who: WorkerCall) -> StateOut:
    """One step of the staff; needs the desk's login."""
    store = request.app.state.casework.orders
    office = _other(store.numbered(number), body.office)
    order = store.take(number, body.step, Role.STAFF, who.person.name, body.note, office)
    return StateOut(
        reference=order.reference,
        state=order.state,
        owner=order.owner,
        office=order.office,
        steps=list(MACHINE.open_to(order.state, Role.STAFF)),
    )


def _other(order: Order, office: str) -> str:
    return office if office != order.office else ""


def _page(request: Request, order: Order, who: Visitor, error: str = "") -> Response:
    work = request.app.state.casework
    service = work.services.of_order(order.service)
    context = {
        "order": order,
        "service": service,
        "state": MACHINE.states[order.state],
        "offices": [one.name for one in work.county.offices if one.kind == service.office],
        "steps": MACHINE.open_to(order.state, Role.STAFF),
        "labels": {n: s.label for n, s in MACHINE.steps.items()} | {"open": "受理"},
        "who": who,
        "csrf": who.csrf,
        "error": error,
        "now": request.app.state.services.now(),
    }
    return render(request, "console/order.html", context, 422 if error else 200)
