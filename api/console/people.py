"""Accounts and figures: administrators make accounts, supervisors and analysts see agreement."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.console.sessions import Analyst, Auditor, Registrar, RegistrarForm
from api.core.errors import CoreError
from api.home.ratings import KIND_NAMES
from api.pages import render
from api.review.people import ROLE_NAMES, STAFF, Person, Role

router = APIRouter(prefix="/desk", include_in_schema=False)
Text = Annotated[str, Form()]


@router.get("/people")
def people(request: Request, who: Registrar) -> Response:
    """Everybody with an account."""
    return _people(request, who)


@router.post("/people")
def add(
    request: Request,
    who: RegistrarForm,
    name: Text = "",
    role: Text = "",
    topics: Text = "",
    towns: Text = "",
    languages: Text = "",
) -> Response:
    """A new account; its one-time link is shown once."""
    try:
        kind = Role(role) if role in STAFF else Role.LAWYER
        person = Person(name.strip(), kind, split(topics), split(towns), split(languages))
        token = who.office.accounts.add(person, who.person.name)
    except CoreError as error:
        return _people(request, who, error=str(error))
    return _people(request, who, link=_link(request, token), name=person.name)


@router.post("/people/{name}/{action}")
def change(name: str, action: str, request: Request, who: RegistrarForm) -> Response:
    """A new link, or out, or in again."""
    accounts = who.office.accounts
    try:
        if action == "link":
            token = accounts.invite_again(name, who.person.name)
            return _people(request, who, link=_link(request, token), name=name)
        accounts.set_active(name, action == "enable", who.person.name)
    except CoreError as error:
        return _people(request, who, error=str(error))
    return RedirectResponse("/desk/people", 303)


@router.get("/figures")
def figures(request: Request, who: Analyst) -> Response:
    """Agreement of lawyers per topic, how much waits, what hears; no case, no words."""
    context = {
        "who": who,
        "agreement": who.office.beside.agreement(),
        "counts": who.office.cases.counts(""),
        "policy": who.office.policy,
        "tallies": request.app.state.home.ratings.tallies(),
        "kind_names": KIND_NAMES,
        "hearing": request.app.state.hearing.supervisor.state,
    }
    return render(request, "console/figures.html", context)


@router.get("/audit")
def audit(request: Request, who: Auditor) -> Response:
    """Whether the audit trail holds."""
    context = {"who": who, "faults": who.office.trail.verify(), "rows": who.office.trail.last()}
    return render(request, "console/audit.html", context)


def split(words: str) -> tuple[str, ...]:
    """Names separated by commas or blanks.

    >>> split("劳动，婚姻家庭 土地")
    ('劳动', '婚姻家庭', '土地')
    """
    return tuple(words.replace("，", " ").replace(",", " ").replace("、", " ").split())


def _link(request: Request, token: str) -> str:
    return str(request.base_url).rstrip("/") + f"/desk/join/{token}"


def _people(
    request: Request, who: Registrar, *, link: str = "", name: str = "", error: str = ""
) -> Response:
    context = {
        "who": who,
        "accounts": who.office.staff.all(),
        "roles": {role: ROLE_NAMES[role] for role in STAFF},
        "link": link,
        "link_name": name,
        "error": error,
        "now": who.office.desk.now(),
        "hearing": request.app.state.hearing.supervisor.state,
    }
    return render(request, "console/people.html", context, 422 if error else 200)
