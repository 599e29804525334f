"""Who is at the desk: the session cookie, what the role may do, forged forms refused."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Form, Header, HTTPException, Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.office import Office
from api.review.accounts import Session
from api.review.people import Person, Right

COOKIE = "wenfa_desk"
_PAGE_METHODS = ("GET", "HEAD")
_DESK = ("/desk", "/api/v1/reviews", "/api/v1/session")


@dataclass(frozen=True)
class Visitor:
    """Somebody logged in, on this request."""

    person: Person
    session: Session
    office: Office

    @property
    def csrf(self) -> str:
        """What a form must carry to be ours."""
        return self.session.csrf


def office_of(request: Request) -> Office:
    """The lawyers' side of the application."""
    office: Office = request.app.state.office
    return office


def visitor(request: Request) -> Visitor:
    """Whoever is logged in, an administrator without a code only on the page that sets one up.

    Raises:
        HTTPException: 303 to the login page for a page, else 401.
    """
    office = office_of(request)
    found = office.accounts.session(request.cookies.get(COOKIE, ""))
    if found is None:
        raise _login_needed(request)
    session, fresh = found
    request.state.fresh_token = fresh
    if not session.full and request.url.path not in (
        "/desk/code",
        "/desk/code.svg",
        "/desk/logout",
    ):
        raise HTTPException(303, headers={"Location": "/desk/code"})
    return Visitor(session.account.person, session, office)


Entered = Annotated[Visitor, Depends(visitor)]


def sender(who: Entered, csrf: Annotated[str, Form()] = "") -> Visitor:
    """Whoever sent a form of our own pages.

    Raises:
        HTTPException: 403, the form is not ours.
    """
    return _genuine(who, csrf)


def caller(who: Entered, x_csrf_token: Annotated[str, Header()] = "") -> Visitor:
    """Whoever called the API with the token of the session.

    Raises:
        HTTPException: 403, the token is missing or wrong.
    """
    return _genuine(who, x_csrf_token)


def may(right: Right, entered: Callable[..., Visitor]) -> Any:
    """A dependency: somebody with this right, who came in by `entered`."""
    by = Depends(entered)

    def allowed(who: Visitor = by) -> Visitor:
        if not who.person.may(right):
            raise HTTPException(403)
        return who

    return Depends(allowed)


Anyone = Annotated[Visitor, Depends(visitor)]
AnyoneForm = Annotated[Visitor, Depends(sender)]
AnyoneCall = Annotated[Visitor, Depends(caller)]
Reader = Annotated[Visitor, may(Right.WORK, visitor)]
Worker = Annotated[Visitor, may(Right.WORK, sender)]
WorkerCall = Annotated[Visitor, may(Right.WORK, caller)]
Supervisor = Annotated[Visitor, may(Right.TAKE_OVER, sender)]
Publisher = Annotated[Visitor, may(Right.PUBLISH, sender)]
Analyst = Annotated[Visitor, may(Right.FIGURES, visitor)]
Auditor = Annotated[Visitor, may(Right.AUDIT, visitor)]
Registrar = Annotated[Visitor, may(Right.PEOPLE, visitor)]
RegistrarForm = Annotated[Visitor, may(Right.PEOPLE, sender)]


def keep(response: Response, token: str, request: Request) -> None:
    """Give the browser a session token that no script can read."""
    response.set_cookie(
        COOKIE,
        token,
        path="/",
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="strict",
    )


class Rotation:
    """Hands out a rotated token with whatever was asked for; keeps the desk out of caches."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def rotated(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers, request = MutableHeaders(scope=message), Request(scope)
                if fresh := getattr(request.state, "fresh_token", None):
                    holder = Response()
                    keep(holder, fresh, request)
                    headers.append("set-cookie", holder.headers["set-cookie"])
                if scope["path"].startswith(_DESK):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, rotated)


def _login_needed(request: Request) -> HTTPException:
    page = request.method in _PAGE_METHODS and request.url.path.startswith("/desk")
    if page and request.url.path != "/desk/events":
        return HTTPException(303, headers={"Location": "/desk/login"})
    return HTTPException(401)


def _genuine(who: Visitor, token: str) -> Visitor:
    if not secrets.compare_digest(token.encode(), who.csrf.encode()):
        raise HTTPException(403)
    return who
