"""The plain desk: held questions listed, one shown, an answer sent."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from api.console.login import Reviewer
from api.core.answering import checked, lawyers_reply, wrong
from api.core.deadlines import COUNTY
from api.core.errors import AnswerInvalid, CoreError, SearchUnavailable
from api.core.types import Draft
from api.pages import render
from api.storage.reviews import Case
from knowledge.citations.types import Finding

router = APIRouter(prefix="/desk", include_in_schema=False)
_STATES = {"queued": "待答复", "sent": "已答复"}
_EXCERPT = 60


@router.get("")
def queue(request: Request, name: Reviewer) -> Response:
    """Held questions by deadline, then what was answered."""
    cases = [_shown(request, case) for case in request.app.state.reviews.all()]
    waiting = [case for case in cases if not case["sent_at"]]
    counts = {
        "待答复": len(waiting),
        "已超时": sum(case["overdue"] for case in waiting),
        "已答复": len(cases) - len(waiting),
    }
    return render(
        request, "console/queue.html", {"cases": cases, "counts": counts, "reviewer": name}
    )


@router.get("/{number}")
def show(number: int, request: Request, name: Reviewer) -> Response:
    """One case with the machine's draft in the box."""
    case: Case = request.app.state.reviews.get(number)
    return _page(request, case, name, case.draft_text)


@router.post("/{number}")
def send(
    number: int,
    request: Request,
    name: Reviewer,
    answer: Annotated[str, Form()] = "",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """Verify every citation and send; what does not hold comes back with the text kept."""
    if not secrets.compare_digest(csrf.encode(), _csrf(request, name).encode()):
        raise HTTPException(403)
    state = request.app.state
    case: Case = state.reviews.get(number)
    on = state.services.now().astimezone(COUNTY).date()
    try:
        text = checked(answer)
        findings = state.library.verify(text, on)
        if wrong(findings):
            return _page(request, case, name, answer, findings=wrong(findings))
        reply = lawyers_reply(
            text,
            findings,
            state.library.corpus,
            on,
            reference=case.reference,
            drafted=case.draft is not None,
        )
        state.reviews.answer(number, text, name, reply)
    except (AnswerInvalid, SearchUnavailable) as error:
        return _page(request, case, name, answer, error=error)
    return RedirectResponse(f"/desk/{number}", 303)


def _page(
    request: Request,
    case: Case,
    name: str,
    form_answer: str,
    *,
    error: CoreError | None = None,
    findings: list[Finding] | None = None,
) -> Response:
    conversation = request.app.state.messages.history(case.conversation)
    context = {
        "case": _shown(request, case) | {"conversation": conversation},
        "reviewer": name,
        "csrf": _csrf(request, name),
        "form_answer": form_answer,
        "error": str(error) if error else None,
        "findings": [asdict(found) | {"verdict": found.verdict.value} for found in findings or ()],
    }
    return render(request, "console/case.html", context, 422 if error or findings else 200)


def _shown(request: Request, case: Case) -> dict[str, Any]:
    now = request.app.state.services.now()
    question = case.question
    return {
        **{name: getattr(case, name) for name in ("id", "reference", "state", "topic", "why")},
        **{name: getattr(case, name) for name in ("created_at", "due_at", "sent_at", "answer")},
        "question": question,
        "question_excerpt": question[:_EXCERPT] + ("……" if len(question) > _EXCERPT else ""),
        "state_label": _STATES[case.state],
        "overdue": case.sent_at is None and case.due_at < now,
        "claimed_by": case.reviewer,
        "reviewed_by": case.reviewer,
        "draft": _draft(case.draft),
    }


def _draft(draft: Draft | None) -> dict[str, Any] | None:
    return asdict(draft) if draft else None


def _csrf(request: Request, name: str) -> str:
    key = request.app.state.settings.secret_key.get_secret_value()
    return hmac.digest(key.encode(), f"desk\0{name}".encode(), "sha256").hex()
