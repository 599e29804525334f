"""Legal-aid applications for the staff: by deadline, one with its photos, the steps."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.casework.aid import LANES, MACHINE, materials
from api.casework.errors import CaseworkError
from api.casework.steps import Role
from api.citing import cited, today
from api.console.sessions import Reader, Visitor, Worker
from api.pages import render
from api.storage.aid import Application
from knowledge.legal_aid import EXEMPTIONS, MATTERS, aid_opinion

router = APIRouter(prefix="/desk/aid", include_in_schema=False)


@router.get("")
def queue(request: Request, who: Reader) -> Response:
    """Applications, the most pressing first."""
    cases = request.app.state.casework.aid.all()
    context = {
        "cases": cases,
        "states": MACHINE.states,
        "lanes": LANES,
        "who": who,
        "now": request.app.state.services.now(),
    }
    return render(request, "console/aid_queue.html", context)


@router.get("/{number}")
def show(number: int, request: Request, who: Reader) -> Response:
    """One application; the look is recorded."""
    store = request.app.state.casework.aid
    store.looked(store.numbered(number).id, who.person.name)
    return _page(request, store.numbered(number), who)


@router.get("/{number}/photos/{token}")
def photo(number: int, token: str, request: Request, who: Reader) -> Response:
    """A photo; the look is recorded."""
    scan = request.app.state.casework.aid.photo(number, token, who.person.name)
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": "sandbox"}
    return Response(scan.data, media_type=scan.media_type, headers=headers)


@router.post("/{number}")
def step(
    number: int,
    request: Request,
    who: Worker,
    action: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """One step of the staff."""
    store = request.app.state.casework.aid
    try:
        store.take(number, action, Role.STAFF, who.person.name, note)
    except CaseworkError as error:
        return _page(request, store.numbered(number), who, str(error))
    return RedirectResponse(f"/desk/aid/{number}", 303)


def _page(request: Request, case: Application, who: Visitor, error: str = "") -> Response:
    opinion = aid_opinion(case.facts, request.app.state.casework.aid_rules, today(request))
    labels = {step: one.label for step, one in MACHINE.steps.items()}
    context = {
        "case": case,
        "matter": MATTERS[case.facts.matter][0] if case.facts.matter else "没有选",
        "exemptions": [EXEMPTIONS[one] for one in case.facts.exemptions],
        "findings": [(found, cited(request, found.ref)) for found in opinion.findings],
        "materials": {one.id: one.label for one in materials(case.facts)},
        "state": MACHINE.states[case.state],
        "lane": LANES[case.lane],
        "steps": MACHINE.open_to(case.state, Role.STAFF),
        "labels": labels | {"apply": "提交申请", "upload": "上传材料", "look": "查看"},
        "who": who,
        "csrf": who.csrf,
        "error": error,
        "now": request.app.state.services.now(),
    }
    return render(request, "console/aid_case.html", context, 422 if error else 200)
