"""Who is verified on the resident's own pages: the cookie, forged forms, the caches."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Form, HTTPException, Request
from starlette.responses import Response

from api.home_wiring import Home
from api.storage.residents import Visit

SESSION, TICKET = "wenfa_my", "wenfa_my_code"
PATH = "/my"


@dataclass(frozen=True)
class Owner:
    """The resident on this request."""

    visit: Visit
    home: Home
    token: str


def home_of(request: Request) -> Home:
    """The residents' side of the application."""
    home: Home = request.app.state.home
    return home


def visit(request: Request) -> Owner | None:
    """Who is verified here, if anybody is."""
    token, home = request.cookies.get(SESSION, ""), home_of(request)
    found = home.residents.visit(token) if token else None
    return Owner(found, home, token) if found else None


def owner(request: Request) -> Owner:
    """Who is verified here.

    Raises:
        HTTPException: 303 to the page that asks for the phone.
    """
    found = visit(request)
    if found is None:
        raise HTTPException(303, headers={"Location": PATH})
    return found


Entered = Annotated[Owner, Depends(owner)]


def sender(who: Entered, csrf: Annotated[str, Form()] = "") -> Owner:
    """Who sent a form of our own pages.

    Raises:
        HTTPException: 403, the form is not ours.
    """
    if not secrets.compare_digest(csrf.encode(), who.visit.csrf.encode()):
        raise HTTPException(403)
    return who


Sender = Annotated[Owner, Depends(sender)]


def keep(request: Request, response: Response, name: str, value: str) -> None:
    """Give the browser a token that no script and no other site's request can use."""
    response.set_cookie(
        name,
        value,
        path="/my",
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="strict",
    )


def drop(response: Response, name: str) -> None:
    """Take a token back."""
    response.delete_cookie(name, path="/my")


def private(response: Response) -> Response:
    """Nothing of these pages is kept by the browser or on the way."""
    response.headers["Cache-Control"] = "no-store"
    return response
