"""The resident's own file: verified by phone, read, taken along, erased."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import RedirectResponse, Response

from api.casework.aid import MACHINE as AID_STEPS
from api.channels.my_session import (
    SESSION,
    TICKET,
    Entered,
    Owner,
    Sender,
    drop,
    home_of,
    keep,
    private,
    visit,
)
from api.channels.ratings import PAGES
from api.channels.talk import TALK, own
from api.core.errors import CoreError, MessageInvalid, TextRefused, TextsUnavailable
from api.core.phones import masked
from api.erasure import NAMES
from api.home.consents import FILE, TALKS
from api.home.errors import ErasureRefused, TooOften
from api.home.login import message
from api.home.ratings import Kind
from api.pages import render
from api.storage.erasing import KEPT_IN_HAND
from api.takeaway import AUTHORS, take_away

router = APIRouter(prefix="/my", include_in_schema=False)
Text = Annotated[str, Form()]
Token = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{8,64}")
_IN_HAND = frozenset(AID_STEPS.states[state] for state in KEPT_IN_HAND)
_KEEP = re.compile(r"(aid|order|paper):([0-9a-f]{32})")
_STATUSES = {TooOften: 429, TextsUnavailable: 503, TextRefused: 503}


@router.get("")
def page(request: Request) -> Response:
    """The file, or the form that asks for the phone."""
    who = visit(request)
    return _ask(request) if who is None else _file(request, who)


@router.post("/code")
def send_code(
    request: Request, phone: Text = "", agreed: Text = "", keep_it: Text = ""
) -> Response:
    """Send six digits to the phone."""
    own(request)
    if agreed != "yes":
        error = MessageInvalid("not_agreed", "请先看过下面的说明，再打勾。", "agreed")
        return _ask(request, phone, keep_it, error)
    address = request.client.host if request.client else ""
    try:
        asked = home_of(request).residents.ask(phone, address)
        texts, county = request.app.state.texts, request.app.state.settings.county
        texts.send(asked.phone, message(asked.code, county), asked.key)
    except CoreError as error:
        return _ask(request, phone, keep_it, error)
    response = _code(request, masked(asked.phone), keep_it)
    keep(request, response, TICKET, asked.ticket)
    return response


@router.post("/enter")
def enter(request: Request, code: Text = "", phone: Text = "", keep_it: Text = "") -> Response:
    """Come in with the digits; `phone` is only the masked one to show again."""
    own(request)
    try:
        session = home_of(request).residents.enter(request.cookies.get(TICKET, ""), code)
    except CoreError as error:
        return _code(request, phone[:11], keep_it, error)
    found = home_of(request).residents.visit(session)
    if found and keep_it:
        _link(request, Owner(found, home_of(request), session), keep_it)
    response = RedirectResponse("/my", 303)
    drop(response, TICKET)
    keep(request, response, SESSION, session)
    return private(response)


@router.post("/leave")
def leave(who: Sender) -> Response:
    """Go out; the browser keeps nothing."""
    who.home.residents.leave(who.token)
    response = RedirectResponse("/my", 303)
    drop(response, SESSION)
    return private(response)


@router.post("/talks")
def talks(
    request: Request, who: Sender, conversation: Text = "", give: Text = "", back: Text = ""
) -> Response:
    """Agree that this device's conversation goes into the file, or take all of them out."""
    home, resident = who.home, who.visit.resident
    if back:
        home.residents.unlink(resident, "conversation")
        home.consents.record(TALKS, resident, given=False)
        return RedirectResponse("/my", 303)
    mine = {conversation, request.cookies.get(TALK, "")}
    known = [one for one in mine if _CONVERSATION.fullmatch(one) and _said(request, one)]
    if give == "yes" and known:
        for one in known:
            home.residents.link(resident, "conversation", one)
        home.consents.record(TALKS, resident, given=True)
    return RedirectResponse("/my#talks", 303)


@router.get("/keep/{kind}/{token}")
def offer(kind: Kind, token: Token, request: Request) -> Response:
    """Whoever has the link of a matter may put it into the own file, once verified."""
    who = visit(request)
    matter = f"{kind}:{token}"
    if who is None:
        return _ask(request, keep_it=matter)
    return private(render(request, "my/keep.html", {"who": who, "kind": kind, "token": token}))


@router.post("/keep/{kind}/{token}")
def keep_matter(kind: Kind, token: Token, who: Sender, request: Request) -> Response:
    """Put an application, an order or a paper into the file."""
    _link(request, who, f"{kind}:{token}")
    return RedirectResponse("/my#matters", 303)


@router.post("/export")
def export(request: Request, who: Sender) -> Response:
    """Everything in the file as one ZIP."""
    state = request.app.state
    data = take_away(who.home.personal, who.visit, state.settings.county, state.services.now())
    headers = {"Content-Disposition": 'attachment; filename="wenfa.zip"'}
    return private(Response(data, media_type="application/zip", headers=headers))


@router.get("/erase")
def ask_erase(request: Request, who: Entered) -> Response:
    """What would go, what would stay, and the question whether to do it."""
    return _erase(request, who)


@router.post("/erase")
def erase(request: Request, who: Sender, sure: Text = "", last: Text = "") -> Response:
    """Erase everything, once it is said twice: the box ticked and the phone's last digits."""
    if sure != "yes" or last.strip() != who.visit.phone[-4:]:
        wrong = ErasureRefused("请打勾，并写对手机号的最后四位，才能删除。")
        return _erase(request, who, wrong)
    done = who.home.erasure.resident(who.visit)
    response = render(request, "my/erased.html", {"done": done, "names": NAMES})
    response.delete_cookie(TALK, path="/")
    drop(response, SESSION)
    return private(response)


def _ask(
    request: Request, phone: str = "", keep_it: str = "", error: CoreError | None = None
) -> Response:
    context = {
        "known": {"phone": phone},
        "keep_it": keep_it,
        "error": error,
        "sends": request.app.state.texts.sends,
        "purpose": FILE,
    }
    return private(render(request, "my/phone.html", context, _status(error)))


def _code(request: Request, phone: str, keep_it: str, error: CoreError | None = None) -> Response:
    context = {
        "phone": phone,
        "keep_it": keep_it,
        "error": error,
        "sends": request.app.state.texts.sends,
    }
    return private(render(request, "my/code.html", context, _status(error)))


def _file(request: Request, who: Owner) -> Response:
    file, talk = who.home.personal.file(who.visit), request.cookies.get(TALK, "")
    given = {one.id for one in file.talks}
    context = {
        "who": who,
        "file": file,
        "phone": masked(file.phone),
        "authors": AUTHORS,
        "purpose": TALKS,
        "addresses": PAGES,
        "without_script": talk not in given and _said(request, talk),
    }
    return private(render(request, "my/file.html", context))


def _erase(request: Request, who: Owner, error: CoreError | None = None) -> Response:
    file = who.home.personal.file(who.visit)
    stays = [one for one in file.matters if one.kind == Kind.AID and one.state in _IN_HAND]
    context = {"who": who, "file": file, "stays": stays, "error": error}
    return private(render(request, "my/erase.html", context, _status(error)))


def _link(request: Request, who: Owner, matter: str) -> None:
    """Only what there is: the store of its kind knows the token, or refuses."""
    found = _KEEP.fullmatch(matter)
    if found is None:
        return
    work, kind, token = request.app.state.casework, Kind(found[1]), found[2]
    {Kind.AID: work.aid, Kind.ORDER: work.orders, Kind.PAPER: work.papers}[kind].get(token)
    who.home.residents.link(who.visit.resident, kind, token)


def _said(request: Request, conversation: str) -> bool:
    """Whether there is such a conversation."""
    return bool(conversation and request.app.state.messages.any_in(conversation))


def _status(error: CoreError | None) -> int:
    return 200 if error is None else _STATUSES.get(type(error), 422)
