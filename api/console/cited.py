"""Citations for the person who writes: verified as they stand, and found to choose from."""

from __future__ import annotations

from fastapi import Request
from pydantic import BaseModel

from api.core.compose import cite
from api.core.deadlines import COUNTY
from api.core.errors import SearchUnavailable
from api.core.ports import Services
from knowledge.citations.types import Verdict
from knowledge.errors import KnowledgeError
from knowledge.refs import print_ref
from knowledge.types import ArticleRef

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
    on = use.now().astimezone(COUNTY).date()
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
    """Articles the search finds for these words; none while there is no index."""
    use: Services = request.app.state.services
    on = use.now().astimezone(COUNTY).date()
    try:
        hits = use.library.search(question, on, _OFFERED).hits
    except (SearchUnavailable, KnowledgeError):
        return []
    offered = (cite(hit.article, hit.article.ref, on) for hit in hits)
    return [
        CitedOut(
            text=found.ref,
            ref=found.ref,
            verdict="ok",
            verdict_name=found.status,
            reason="",
            content=found.text,
        )
        for found in offered
    ]
