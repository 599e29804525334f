"""One case: what the resident said, the answer, and all that helps to write it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import yaml
from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.console.cited import candidates, verified
from api.console.sessions import Reader, Worker
from api.console.view import case_out, row
from api.core.deadlines import COUNTY
from api.core.errors import CoreError
from api.core.types import Author, Decision
from api.home.ratings import REASONS
from api.pages import render
from api.review.answers import PLACES, Choice
from api.review.compare import alike, changes
from api.review.facts import Piece, pieces
from api.review.people import Right
from api.review.states import STATE_NAMES
from api.review.types import DECIDED, Case
from api.storage.beside import JUDGEMENTS
from api.storage.messages import Entry
from nlu.redact import redact

router = APIRouter(prefix="/desk/cases", include_in_schema=False)
Text = Annotated[str, Form()]
Seen = Annotated[int | None, Form()]
_PHRASES = Path(__file__).with_name("phrases.yml")


@router.get("/{number}")
def show(number: int, request: Request, who: Reader) -> Response:
    """The case; the look is on record."""
    who.office.desk.look(number, who.person)
    return page(request, who, number)


@router.get("/{number}/pictures/{token}")
def picture(number: int, token: str, request: Request, who: Reader) -> Response:
    """A picture the resident sent; the look is on record."""
    found = request.app.state.pictures.open(number, token)
    if found is None:
        return render(request, "error.html", {"code": "404", "message": "没有这张照片。"}, 404)
    who.office.desk.reveal(number, who.person)
    media_type, data = found
    return Response(data, media_type=media_type, headers={"Cache-Control": "no-store"})


@router.post("/{number}/reveal")
def reveal(number: int, request: Request, who: Worker) -> Response:
    """The same page with personal numbers; the look is on record."""
    who.office.desk.reveal(number, who.person)
    return page(request, who, number, revealed=True)


@router.post("/{number}/{action}")
def act(
    number: int,
    action: str,
    request: Request,
    who: Worker,
    version: Seen = None,
    text: Text = "",
    reason: Text = "",
    kind: Text = "answer",
    place: Text = "",
    keep: Text = "",
) -> Response:
    """One action; a refusal comes back with the page, the words kept."""
    desk, me = who.office.desk, who.person
    choice = Choice(kind, text, reason, place, hand_back=not keep)
    actions: dict[str, Any] = {
        "claim": lambda: desk.claim(number, me),
        "release": lambda: desk.release(number, me),
        "take-over": lambda: desk.take_over(number, me, reason),
        "ask": lambda: desk.ask(number, me, version, text),
        "decide": lambda: desk.decide(number, me, version, choice),
        "undo": lambda: desk.undo(number, me),
        "confirm": lambda: desk.confirm(number, me, version),
        "send-back": lambda: desk.send_back(number, me, version, reason),
        "charge": lambda: desk.take_charge(number, me),
        "hand-back": lambda: desk.hand_back(number, me),
        "retry": lambda: desk.retry(number, me),
        "close": lambda: desk.close(number, me, reason),
        "save": lambda: desk.save(number, me, text),
        "note": lambda: _note(number, who, text),
        "judge": lambda: who.office.beside.judge(number, me, kind),
    }
    if action not in actions:
        return render(request, "error.html", {"code": "404", "message": "没有这个操作。"}, 404)
    try:
        actions[action]()
    except CoreError as error:
        return page(request, who, number, error=error, choice=choice, tried=action)
    return RedirectResponse(f"/desk/cases/{number}", 303)


def page(
    request: Request,
    who: Reader,
    number: int,
    *,
    revealed: bool = False,
    error: CoreError | None = None,
    choice: Choice | None = None,
    tried: str = "",
) -> Response:
    """The case page; with an error, what was written stays in its boxes."""
    office, me = who.office, who.person
    case = office.cases.get(number)
    shown = case_out(case, office, me, revealed=revealed)
    blind = number in office.beside.to_judge(me.name)
    context = {
        "who": who,
        "case": shown,
        "blind": blind,
        "judgements": JUDGEMENTS,
        "error": error,
        "tried": tried,
        "choice": choice,
        "text": choice.text if choice and tried == "decide" else case.working or case.draft_text,
        "revealed": revealed,
        "question": pieces(case.question, revealed=revealed),
        "talk": _talk(request, case, revealed=revealed),
        "draft": case.draft,
        "cited": verified(request, case.working or case.draft_text) if shown.mine else [],
        "candidates": candidates(request, case.question) if shown.mine else [],
        "phrases": _phrases() + _worked_out(request, case),
        "places": PLACES,
        "notes": office.beside.notes(number),
        "pictures": request.app.state.pictures.of(number),
        "ratings": [] if blind else request.app.state.home.ratings.of_case(number),
        "rating_reasons": REASONS,
        "alike": [row(one, office, me) for one in _alike(office, case)],
        "history": [] if blind else _history(who, case),
        "difference": changes(case.draft_text, case.answer) if case.answer and not blind else [],
        "undoable": case.state in DECIDED and me.name == (case.confirmed_by or case.decided_by),
        "supervisor": me.may(Right.TAKE_OVER),
        "now": office.desk.now(),
        "last": office.trail.last(),
    }
    return render(request, "console/case.html", context, 409 if error else 200)


def _note(number: int, who: Worker, text: str) -> None:
    who.office.cases.get(number)
    if text.strip():
        who.office.beside.add_note(number, who.person, text.strip()[:2000])


def _alike(office: Any, case: Case) -> list[Case]:
    others = [one for one in office.cases.answered(case.topic) if one.id != case.id]
    return alike(case.question, others)


def _talk(request: Request, case: Case, *, revealed: bool) -> list[dict[str, Any]]:
    """The conversation, the resident's facts marked."""
    entries = request.app.state.messages.history(case.conversation)
    return [
        {
            "author": entry.author.value,
            "at": entry.created_at,
            "pieces": _pieces(entry, revealed=revealed),
        }
        for entry in entries
        if entry.text.strip()
    ]


def _pieces(entry: Entry, *, revealed: bool) -> list[Piece]:
    """Facts are marked in the resident's own words only."""
    if entry.author is Author.RESIDENT:
        return pieces(entry.text, revealed=revealed)
    return [Piece(entry.text if revealed else redact(entry.text))]


def _worked_out(request: Request, case: Case) -> list[dict[str, str]]:
    """Sums the machine worked out in this conversation, to be put into the answer."""
    entries = request.app.state.messages.history(case.conversation)
    return [
        {"title": "计算结果", "text": entry.text}
        for entry in entries
        if entry.author is Author.MACHINE
        and entry.reply
        and entry.reply.decision is Decision.RELEASE
        and "元" in entry.text
    ][-3:]


def _phrases() -> list[dict[str, str]]:
    """Paragraphs lawyers write again and again."""
    phrases: list[dict[str, str]] = yaml.safe_load(_PHRASES.read_text(encoding="utf-8"))
    return phrases


_DONE = {
    "open": "转来复核",
    "claim": "领办",
    "release": "退回队列",
    "expire": "领办过期，退回队列",
    "take_over": "转办",
    "ask": "请居民补充",
    "told": "居民说了话",
    "decide": "作出答复",
    "undo": "撤回",
    "confirm": "二审同意",
    "send_back": "二审退回",
    "send": "发出",
    "deliver": "送达",
    "fail": "没有送到",
    "retry": "再发一次",
    "rate": "居民评价",
    "rectify": "差评，要求整改",
    "close": "办结",
    "take_charge": "接管对话",
    "hand_back": "交还机器",
    "escalate": "超时，报主管",
    "look": "查看",
    "reveal": "查看个人信息",
    "note": "留言",
    "judge": "盲评",
}


def _history(who: Reader, case: Case) -> list[dict[str, Any]]:
    """What was done with the case, newest first; looks only for those who audit."""
    audits = who.person.may(Right.AUDIT)
    return [
        {
            "at": datetime.fromisoformat(entry.at).astimezone(COUNTY),
            "by": entry.by,
            "what": _DONE.get(entry.action, entry.action),
            "outcome": STATE_NAMES.get(entry.details.get("outcome"), ""),  # type: ignore[call-overload]
            "reason": entry.texts["reason"][1] if "reason" in entry.texts else "",
        }
        for entry in reversed(who.office.trail.of_case(case.id))
        if audits or entry.action not in ("look", "reveal")
    ]
