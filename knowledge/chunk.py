"""Articles to passages: what is encoded and searched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.types import Article, short_name

_LONGEST = 360


@dataclass(frozen=True)
class Passage:
    """A piece of an article; `row` is the article's position in the corpus."""

    row: int
    text: str


def passages(articles: Iterable[Article]) -> list[Passage]:
    """Cut every article into pieces of whole 款, each under its law's name and chapter.

    A piece is at most about 360 characters, unless one 款 alone is longer: the encoder reads
    512 tokens, and 95 articles in 100 fit in one piece.
    """
    return [
        Passage(row, heading(article) + piece)
        for row, article in enumerate(articles)
        for piece in _pieces(article.text)
    ]


def heading(article: Article) -> str:
    """Law and chapter, in front of each passage: articles often name neither."""
    chapter = article.chapter.split(" ", 1)[-1] if article.chapter else ""
    return f"{short_name(article.version.name)} {chapter} ".replace("  ", " ")


def _pieces(text: str) -> list[str]:
    pieces = [""]
    for line in text.split("\n"):
        if pieces[-1] and len(pieces[-1]) + len(line) > _LONGEST:
            pieces.append("")
        pieces[-1] += line + "\n"
    return [piece.strip() for piece in pieces if piece.strip()] or [""]
