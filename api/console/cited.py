"""Citations for the person who writes: verified as they stand, and found to choose from."""

from __future__ import annotations

from datetime import date

from fastapi import Request
from pydantic import BaseModel

from api.citing import today
from api.core.errors import SearchUnavailable
from api.core.past import past_day
from api.core.ports import Services
from knowledge.citations.types import Verdict
from knowledge.errors import KnowledgeError
from knowledge.refs import print_ref
from knowledge.types import Article, ArticleRef, Status

_OFFERED = 8
VERDICTS = {
    Verdict.OK: "无误",
    Verdict.NO_SUCH_LAW: "没有这部法",
    Verdict.NO_SUCH_ARTICLE: "没有这一条",
    Verdict.NO_SUCH_PARAGRAPH: "没有这一款",
    Verdict.NO_SUCH_ITEM: "没有这一项",
    Verdict.MISQUOTED: "与原文不符",
    Verdict.NOT_IN_FORCE: "当时不适用",
    Verdict.AMBIGUOUS: "指向不明",
}


class CitedOut(BaseModel):
    """One article: as written in a text and what it amounts to, or as found by the search."""

    text: str
    ref: str
    verdict: str
    verdict_name: str
    reason: str
    content: str
    start: int = 0
    end: int = 0


def verified(request: Request, text: str) -> list[CitedOut]:
    """Every citation of a text with its verdict, and the article's words where it holds."""
    use: Services = request.app.state.services
    on = today(request)
    shown = []
    for found in use.library.verify(text, on):
        ref = ArticleRef(found.law, found.article, found.paragraph, found.item)
        content = ""
        if found.verdict in (Verdict.OK, Verdict.MISQUOTED):
            content = use.library.corpus.article(ref, on).text
        shown.append(
            CitedOut(
                text=found.text,
                ref=print_ref(ref) if found.law and found.article else found.text,
                verdict=found.verdict.value,
                verdict_name=VERDICTS[found.verdict],
                reason=found.reason,
                content=content,
                start=found.start,
                end=found.end,
            )
        )
    return shown


def candidates(request: Request, question: str) -> list[CitedOut]:
    """Articles the search finds for these words; none while there is no index.

    Where all the words tell of lies back, articles that bound on that day follow.
    """
    use: Services = request.app.state.services
    on = today(request)
    day = past_day(question, on)
    try:
        hits = list(use.library.search(question, on, _OFFERED).hits)
        if day:
            then = use.library.search(question, day, _OFFERED).hits
            hits += [hit for hit in then if hit.article.version.status(on) is not Status.IN_FORCE]
    except (SearchUnavailable, KnowledgeError):
        return []
    return [_offered(hit.article, on) for hit in hits]


def _offered(article: Article, on: date) -> CitedOut:
    binds = article.version.status(on) is Status.IN_FORCE
    ref = print_ref(article.ref)
    return CitedOut(
        text=ref,
        ref=ref,
        verdict=(Verdict.OK if binds else Verdict.NOT_IN_FORCE).value,
        verdict_name=article.version.status(on).value,
        reason="",
        content=article.text,
    )
