"""The queue: what is to be done, the most pressing first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.console.sessions import Anyone, Reader, Supervisor
from api.console.view import row
from api.pages import render
from api.review.people import Right
from api.storage.queue import Filter

router = APIRouter(prefix="/desk", include_in_schema=False)
_PAGE = 50
VIEWS = {
    "waiting": "待办",
    "mine": "我的",
    "second": "待二审",
    "asked": "等居民补充",
    "late": "已超时",
    "done": "已答复",
}
Chosen = Annotated[str, Query(max_length=64)]


@router.get("")
def page(
    request: Request,
    who: Anyone,
    view: Chosen = "waiting",
    topic: Chosen = "",
    town: Chosen = "",
    words: Chosen = "",
    after: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """Cases of one view by urgency and deadline; others are sent to the page of their role."""
    if not who.person.may(Right.WORK):
        return RedirectResponse(
            "/desk/people" if who.person.may(Right.PEOPLE) else "/desk/figures", 303
        )
    return _queue(request, who, Filter(view, who.person.name, topic, town, "", words), after)


@router.post("/notices/{message}")
def notice_seen(message: int, request: Request, _who: Supervisor) -> Response:
    """A supervisor has read a notice."""
    request.app.state.messages.delivered([message])
    return RedirectResponse("/desk", 303)


def _queue(request: Request, who: Reader, chosen: Filter, after: int) -> Response:
    office = who.office
    found = office.cases.page(chosen, _PAGE + 1, after)
    supervisor = who.person.may(Right.TAKE_OVER)
    context = {
        "who": who,
        "cases": [row(case, office, who.person) for case in found[:_PAGE]],
        "counts": office.cases.counts(who.person.name),
        "views": VIEWS,
        "chosen": chosen,
        "topics": office.cases.topics(),
        "more": after + _PAGE if len(found) > _PAGE else None,
        "to_judge": office.beside.to_judge(who.person.name),
        "notices": office.beside.notices() if supervisor else [],
        "last": office.trail.last(),
    }
    return render(request, "console/queue.html", context)
