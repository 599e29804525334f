"""Guides and the check-up for small firms, as pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from api.casework.errors import FormInvalid
from api.casework.guides.checkup import Answer, questions, report
from api.casework.guides.guides import guide_of, guides
from api.casework.guides.words import explained
from api.casework.papers.forms import form_of
from api.citing import cited
from api.pages import render

router = APIRouter(include_in_schema=False)
Slug = Annotated[str, Path(pattern=r"^[a-z-]{1,32}$")]


@router.get("/guides")
def choose(request: Request) -> Response:
    """All guides."""
    return render(request, "casework/guides.html", {"guides": guides()})


@router.get("/guides/{slug}")
def show(slug: Slug, request: Request) -> Response:
    """One guide, each step with its law."""
    guide = guide_of(slug)
    services = request.app.state.casework.services.services
    context = {
        "guide": guide,
        "steps": [(step, [cited(request, ref) for ref in step.refs]) for step in guide.steps],
        "words": explained(guide),
        "papers": [form_of(kind) for kind in guide.papers],
        "orders": [(name, services[name].label) for name in guide.orders if name in services],
    }
    return render(request, "casework/guide.html", context)


@router.get("/checkup")
def ask(request: Request) -> Response:
    """The ten questions."""
    return _ask(request, {})


@router.post("/checkup")
async def grade(request: Request) -> Response:
    """The graded report; nothing is stored."""
    raw = {name: str(value) for name, value in (await request.form()).items()}
    try:
        made = report(raw)
    except FormInvalid as error:
        return _ask(request, raw, error)
    todo = [(q, a.value, [cited(request, ref) for ref in q.refs]) for q, a in made.todo]
    return render(request, "casework/checkup_report.html", {"report": made, "todo": todo})


def _ask(request: Request, known: dict[str, str], error: FormInvalid | None = None) -> Response:
    answers = ((Answer.YES, "做到了"), (Answer.NO, "没做到"), (Answer.UNSURE, "说不准"))
    context = {"questions": questions(), "answers": answers, "known": known, "error": error}
    return render(request, "casework/checkup.html", context, 422 if error else 200)
