"""Coming in and going out: password, one-time link, an administrator's code."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import Annotated

import segno
from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.console.sessions import COOKIE, Anyone, AnyoneForm, keep, office_of
from api.core.errors import CoreError
from api.office import Office
from api.pages import render
from api.review.accounts import SHORTEST_PASSWORD
from api.review.people import ROLE_NAMES, Person, Right
from api.review.types import Event

router = APIRouter(prefix="/desk", include_in_schema=False)
Text = Annotated[str, Form()]


@router.get("/login")
def login_page(request: Request) -> Response:
    """Name, password and, for administrators, the code."""
    return render(request, "console/login.html", {"name": "", "error": None})


@router.post("/login")
def login(request: Request, name: Text = "", password: Text = "", code: Text = "") -> Response:
    """Come in."""
    try:
        token = office_of(request).accounts.login(name, password, code)
    except CoreError as error:
        return render(request, "console/login.html", {"name": name, "error": str(error)}, 401)
    response = RedirectResponse("/desk", 303)
    keep(response, token, request)
    return response


@router.post("/logout")
def logout(who: AnyoneForm) -> Response:
    """Go out; cases on this desk go back into the queue."""
    leave(who.office, who.person)
    who.office.accounts.logout(who.session)
    response = RedirectResponse("/desk/login", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/join/{token}")
def join_page(token: str, request: Request) -> Response:
    """What a one-time link opens."""
    return _join(request, token, None)


@router.post("/join/{token}")
def join(token: str, request: Request, password: Text = "", again: Text = "") -> Response:
    """Choose a password; the link is used up."""
    if password != again:
        return _join(request, token, "两次输入的密码不一样。")
    accounts = office_of(request).accounts
    try:
        account = accounts.join(token, password)
        session = accounts.login(account.person.name, password)
    except CoreError as error:
        return _join(request, token, str(error))
    response = RedirectResponse("/desk", 303)
    keep(response, session, request)
    return response


@router.get("/code")
def code_page(request: Request, who: Anyone) -> Response:
    """An administrator sets up the code on the phone."""
    return _code(request, who, None)


@router.post("/code")
def set_code(request: Request, who: AnyoneForm, code: Text = "") -> Response:
    """The first code shows that the phone has the secret."""
    secret, _address = who.office.accounts.new_code(who.session, request.app.state.settings.county)
    try:
        token = who.office.accounts.set_code(who.session, secret, code)
    except CoreError as error:
        return _code(request, who, str(error))
    response = RedirectResponse("/desk", 303)
    keep(response, token, request)
    return response


@router.get("/code.svg")
def code_picture(request: Request, who: Anyone) -> Response:
    """The secret as a picture for the phone's camera."""
    _secret, address = who.office.accounts.new_code(who.session, request.app.state.settings.county)
    picture = BytesIO()
    segno.make(address).save(picture, kind="svg", scale=5, border=2)
    return Response(picture.getvalue(), media_type="image/svg+xml")


def leave(office: Office, person: Person) -> None:
    """Give back what somebody had, and say in the trail that they left."""
    if person.may(Right.WORK):
        for number in office.cases.owned(person.name):
            with suppress(CoreError):  # the lease ran out meanwhile: the clockwork takes it back
                office.desk.release(number, person)
    office.trail.record(Event("logout", person.name, office.desk.now()))


def _join(request: Request, token: str, error: str | None) -> Response:
    try:
        person = office_of(request).accounts.invited(token).person
    except CoreError as gone:
        return render(request, "error.html", {"code": gone.code, "message": str(gone)}, 410)
    context = {
        "name": person.name,
        "role": ROLE_NAMES[person.role],
        "token": token,
        "error": error,
        "shortest": SHORTEST_PASSWORD,
    }
    return render(request, "console/join.html", context, 422 if error else 200)


def _code(request: Request, who: Anyone, error: str | None) -> Response:
    secret, _address = who.office.accounts.new_code(who.session, request.app.state.settings.county)
    grouped = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    context = {"secret": grouped, "csrf": who.csrf, "error": error, "has_code": who.session.full}
    return render(request, "console/code.html", context, 401 if error else 200)
