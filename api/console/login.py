"""Who may open the desk: one shared password for now, with the lawyer's own name beside it."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import Annotated

from fastapi import Depends, HTTPException, Request

_ASK = {"WWW-Authenticate": 'Basic realm="wenfa desk", charset="UTF-8"'}


def reviewer(request: Request) -> str:
    """The lawyer's name, when the desk's password is right; names may be Chinese.

    Raises:
        HTTPException: 401, asking the browser for name and password.
    """
    name, password = _credentials(request.headers.get("authorization", ""))
    wanted = request.app.state.settings.desk_password.get_secret_value()
    right = secrets.compare_digest(password.encode(), wanted.encode())
    if not right or not name.strip():
        raise HTTPException(401, headers=_ASK)
    return name.strip()[:64]


Reviewer = Annotated[str, Depends(reviewer)]


def _credentials(header: str) -> tuple[str, str]:
    """Name and password of a Basic header (RFC 7617, UTF-8); empty when it is no such header.

    >>> _credentials("Basic 546L5b6L5biIOnNlY3JldA==")
    ('王律师', 'secret')
    """
    kind, _, encoded = header.partition(" ")
    try:
        decoded = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    name, _, password = decoded.partition(":")
    return (name, password) if kind.lower() == "basic" else ("", "")
