"""Errors of the resident's own pages.

HomeError
├── CodeWrong        the six digits are wrong, used up or too old
├── TooOften         too many codes were asked for
├── RatingRefused    this cannot be rated, or not any more
├── LinkTaken        this is in somebody else's file
└── ErasureRefused   what is to be erased is not confirmed
"""

from __future__ import annotations

from api.core.errors import CoreError


class HomeError(CoreError):
    """Base of what the resident's own pages refuse."""

    code = "home"


class CodeWrong(HomeError):
    """The six digits are wrong, used up or too old."""

    code = "code_wrong"
    field = "code"


class TooOften(HomeError):
    """Too many codes were asked for."""

    code = "too_often"
    field = "phone"


class RatingRefused(HomeError):
    """This cannot be rated, or not any more."""

    code = "rating_refused"


class ErasureRefused(HomeError):
    """What is to be erased is not confirmed."""

    code = "erasure_refused"


class LinkTaken(HomeError):
    """This is in somebody else's file."""

    code = "link_taken"
