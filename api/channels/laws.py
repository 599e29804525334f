"""The law to read: an article in its chapter, and the whole law with its versions."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.core.deadlines import COUNTY
from api.core.ports import Services
from api.pages import render
from knowledge.chapters import around, chapters
from knowledge.corpus import Corpus
from knowledge.errors import KnowledgeError, LawUnknown
from knowledge.refs import parse_ref
from knowledge.types import Article, LawVersion

router = APIRouter()
_REACH = 2  # neighbours shown on each side
_SHORT = 60  # a law with no more articles is shown whole
_MOST_FOUND = 30  # articles
Words = Annotated[str, Query(min_length=1, max_length=120)]


class VersionOut(BaseModel):
    """One text of a law; `valid_until` is the first day on which it no longer applies."""

    id: str
    name: str
    status: str
    published: date | None
    valid_from: date | None
    valid_until: date | None
    url: str


class TextOut(BaseModel):
    """One article, verbatim; paragraphs are separated by newlines."""

    article: str
    text: str


class ArticleOut(BaseModel):
    """An article with its chapter, its neighbours there and the law's versions, newest first."""

    law: str
    article: str = Field(examples=["第三十条"])
    text: str
    chapter: str
    version: VersionOut
    before: list[TextOut]
    after: list[TextOut]
    versions: list[VersionOut]
    url: str


@router.get("/api/v1/articles", response_model=ArticleOut)
def article(law: Words, article: Words, request: Request, on: date | None = None) -> ArticleOut:
    """The text that binds on a day, today unless another is given."""
    corpus, day = _corpus(request), on or _today(request)
    try:
        found = corpus.article(parse_ref(f"《{law}》{article}").whole(), day)
    except KnowledgeError as error:
        raise HTTPException(404) from error
    near = list(around(corpus.text(found.version.id), found, _REACH))
    at = near.index(found)
    return ArticleOut(
        law=found.version.name,
        article=found.number,
        text=found.text,
        chapter=found.chapter,
        version=_version(found.version, day),
        before=[_text(one) for one in near[:at]],
        after=[_text(one) for one in near[at + 1 :]],
        versions=_versions(corpus, found.version.name, day),
        url=f"{_url(found.version)}?article={found.number}#{found.number}",
    )


@router.get("/law/{version}", include_in_schema=False)
def law(
    version: Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")],
    request: Request,
    article: str = "",
    chapter: Annotated[int, Query(ge=0)] = 0,
    find: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """A law's chapters, and the text of one: of the article asked for, or by its number from 1.

    `find` brings the articles that hold all its words instead.
    """
    corpus, day = _corpus(request), _today(request)
    try:
        articles = corpus.text(version)
    except LawUnknown as error:
        raise HTTPException(404) from error
    parts = chapters(articles)
    at = next((i for i, part in enumerate(parts) if _has(part.articles, article)), chapter - 1)
    whole = len(articles) <= _SHORT
    shown = parts if whole else parts[at : at + 1] if 0 <= at < len(parts) else ()
    found = [one for one in articles if _holds(one, find)]
    context = {
        "find": find.strip(),
        "found": found[:_MOST_FOUND],
        "found_count": len(found),
        "law": _version(articles[0].version, day),
        "level": articles[0].version.level,
        "versions": _versions(corpus, articles[0].version.name, day),
        "chapters": parts,
        "shown": shown,
        "at": at,
        "whole": whole,
        "chosen": article,
        "count": len(articles),
    }
    return render(request, "law.html", context)


def _corpus(request: Request) -> Corpus:
    use: Services = request.app.state.services
    return use.library.corpus


def _today(request: Request) -> date:
    use: Services = request.app.state.services
    return use.now().astimezone(COUNTY).date()


def _has(articles: tuple[Article, ...], number: str) -> bool:
    return any(one.number == number for one in articles)


def _holds(article: Article, words: str) -> bool:
    said = f"{article.number}\n{article.text}"
    return bool(words.split()) and all(word in said for word in words.split())


def _text(article: Article) -> TextOut:
    return TextOut(article=article.number, text=article.text)


def _url(version: LawVersion) -> str:
    return f"/law/{version.id}"


def _version(version: LawVersion, on: date) -> VersionOut:
    return VersionOut(
        id=version.id,
        name=version.title or version.name,
        status=version.status(on).value,
        published=version.published,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        url=_url(version),
    )


def _versions(corpus: Corpus, name: str, on: date) -> list[VersionOut]:
    return [_version(one, on) for one in reversed(corpus.versions(name))]
