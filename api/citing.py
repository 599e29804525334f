"""Articles for pages: cited as of today, from the law the application holds."""

from __future__ import annotations

from datetime import date

from fastapi import Request

from api.core.compose import cite
from api.core.deadlines import COUNTY
from api.core.types import Citation
from knowledge.types import ArticleRef


def today(request: Request) -> date:
    """The date in the county."""
    day: date = request.app.state.services.now().astimezone(COUNTY).date()
    return day


def cited(request: Request, ref: ArticleRef) -> Citation:
    """One article as the resident sees it.

    Raises:
        KnowledgeError: it does not bind today.
    """
    on = today(request)
    return cite(request.app.state.library.corpus.article(ref, on), ref, on)
