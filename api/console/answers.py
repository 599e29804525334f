"""Reviewed answers becoming frequently asked ones: drafted by lawyers, published by supervisors."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form, Request
from starlette.responses import RedirectResponse, Response

from api.citing import today
from api.console.sessions import Publisher, Reader, Visitor, Worker
from api.core.answering import checked, wrong
from api.core.errors import CoreError
from api.core.ports import Services
from api.pages import render
from api.review.answers import CitationsWrong
from api.review.errors import WordsMissing
from api.review.learning import draft_of
from api.review.people import Right
from api.storage.faq_drafts import STATES
from knowledge.errors import KnowledgeError
from knowledge.refs import parse_ref

router = APIRouter(prefix="/desk", include_in_schema=False)
Text = Annotated[str, Form()]


@router.get("/answers")
def answers(request: Request, who: Reader) -> Response:
    """Every entry that came from the desk, drafts first."""
    return _page(request, who)


@router.post("/cases/{number}/to-faq")
def draft(number: int, request: Request, who: Worker) -> Response:
    """One press: a draft without personal data, with other residents' wordings."""
    use: Services = request.app.state.services
    case = who.office.cases.get(number)
    on = today(request)
    try:
        made = draft_of(case, who.office.cases.answered(case.topic), use.library.corpus, on)
        who.office.faq.add(made, who.person)
    except CoreError as error:
        return _page(request, who, error)
    return RedirectResponse("/desk/answers", 303)


@router.post("/answers/{number}/publish")
def publish(
    number: int,
    request: Request,
    who: Publisher,
    later: BackgroundTasks,
    question: Text = "",
    variants: Text = "",
    answer: Text = "",
    citations: Text = "",
) -> Response:
    """A supervisor puts an entry into use; every citation is verified once more."""
    stored = next((one for one in who.office.faq.all() if one.id == number), None)
    try:
        if stored is None or not question.strip():
            raise WordsMissing("问题是空的，还没有发布。", "question")
        entry = dict(stored.entry) | {
            "question": question.strip(),
            "variants": _lines(variants),
            "answer": checked(answer),
            "citations": _lines(citations),
        }
        _verify(request, entry["answer"], entry["citations"])
        who.office.faq.change(number, who.person, "published", entry)
    except CoreError as error:
        return _page(request, who, error)
    later.add_task(_refresh, request)
    return RedirectResponse("/desk/answers", 303, background=later)


@router.post("/answers/{number}/withdraw")
def withdraw(number: int, request: Request, who: Publisher, later: BackgroundTasks) -> Response:
    """An entry leaves the FAQ."""
    try:
        who.office.faq.change(number, who.person, "withdrawn")
    except CoreError as error:
        return _page(request, who, error)
    later.add_task(_refresh, request)
    return RedirectResponse("/desk/answers", 303, background=later)


def _verify(request: Request, answer: str, citations: list[str]) -> None:
    use: Services = request.app.state.services
    on = today(request)
    if not citations:
        raise WordsMissing("至少要有一条法律依据。", "citations")
    try:
        for text in citations:
            use.library.corpus.article(parse_ref(text), on)
    except KnowledgeError as error:
        raise WordsMissing(f"法律依据有误：{error}", "citations") from error
    if bad := wrong(use.library.verify(answer, on)):
        raise CitationsWrong(bad)


def _refresh(request: Request) -> None:
    use: Services = request.app.state.services
    request.app.state.live_faq.refresh(use.library, today(request))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _page(request: Request, who: Visitor, error: CoreError | None = None) -> Response:
    context = {
        "who": who,
        "entries": who.office.faq.all(),
        "states": STATES,
        "publisher": who.person.may(Right.PUBLISH),
        "error": error,
    }
    return render(request, "console/answers.html", context, 409 if error else 200)
