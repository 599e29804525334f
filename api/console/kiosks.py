"""The county's kiosks for the staff: which are late, what they lack, who calls from them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.casework.errors import FormInvalid
from api.casework.kiosks import MICROPHONES, SUPPLIES, Supply, troubles
from api.casework.orders import FINAL, MACHINE
from api.console.sessions import Reader, Worker
from api.pages import render

router = APIRouter(include_in_schema=False)


@router.get("/desk/kiosks")
def kiosks(request: Request, who: Reader) -> Response:
    """Every kiosk, those in trouble first."""
    work, now = request.app.state.casework, request.app.state.services.now()
    rows = [(kiosk, troubles(kiosk, now)) for kiosk in work.kiosks.all()]
    calls = [o for o in work.orders.all() if o.place and o.state not in FINAL]
    context = {
        "rows": sorted(rows, key=lambda row: (row[0].revoked_at is not None, not row[1])),
        "calls": calls,
        "states": MACHINE.states,
        "supplies": SUPPLIES,
        "microphones": MICROPHONES,
        "who": who,
        "csrf": who.csrf,
        "now": now,
    }
    return render(request, "console/kiosks.html", context)


@router.post("/desk/kiosks/{number}")
def paper(
    number: int, request: Request, _who: Worker, supply: Annotated[str, Form()] = ""
) -> Response:
    """What the attendant says of the paper."""
    if supply not in {one.value for one in Supply}:
        raise FormInvalid("请选有纸、快没纸或者没纸", "supply")
    store = request.app.state.casework.kiosks
    store.beat(store.numbered(number), None, Supply(supply))
    return RedirectResponse("/desk/kiosks", 303)
