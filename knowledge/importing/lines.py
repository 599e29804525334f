"""Lines of a law to its articles: 编, 章 and 节 above them, 款 and 项 inside, annexes behind.

Texts without any 条 are numbered by 一、二、 and kept as 条目一, 条目二; those without either
are kept whole, as 全文.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.refs import NUMERAL
from knowledge.types import Article, LawVersion

WHOLE = "全文"
_ARTICLE = re.compile(rf"^(第{NUMERAL}条(?:之{NUMERAL})?)[\s　]+(?P<text>.*)$")
_POINT = re.compile(rf"^(?P<number>{NUMERAL})、(?P<text>.*)$")
_HEADING = re.compile(rf"^#+\s*(?P<marked>.+)$|^(?P<plain>第{NUMERAL}[编章节](?:[\s　].*)?)$")
_ANNEX = re.compile(rf"^(?:附[件表录]?)\s*(?P<number>\d+|{NUMERAL})?\s*(?:$|[：:.、].*$)")
_CONTENTS = re.compile(r"^目\s*录$")


@dataclass
class _Draft:
    number: str
    chapter: str
    text: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Parsed:
    """The articles of a text in order, with remarks on what was left out."""

    articles: tuple[Article, ...]
    notes: tuple[str, ...]


def parse(version: LawVersion, lines: Sequence[str]) -> Parsed:
    """Cut the body of a law (title and dates left out) into its articles."""
    kept = [line for line in _without_contents([line.strip() for line in lines]) if line]
    pattern = _ARTICLE if any(_ARTICLE.match(line) for line in kept) else _POINT
    drafts, before = _drafts(kept, pattern)
    notes = []
    if not drafts and before:
        drafts, before = [_Draft(WHOLE, "", before)], []
        notes.append("没有条文编号，按全文收录")
    if before:
        notes.append(f"第一条之前的{sum(map(len, before))}个字未收录")
    unique: dict[str, _Draft] = {}
    for draft in drafts:
        if draft.number in unique:
            notes.append(f"{draft.number}出现不止一次，只收录第一处")
        unique.setdefault(draft.number, draft)
    articles = [
        Article(version, draft.number, "\n".join(filter(None, draft.text)), draft.chapter)
        for draft in unique.values()
        if any(draft.text)
    ]
    return Parsed(tuple(articles), tuple(notes))


def _drafts(lines: Sequence[str], pattern: re.Pattern[str]) -> tuple[list[_Draft], list[str]]:
    drafts: list[_Draft] = []
    before: list[str] = []
    path: dict[str, str] = {}
    for line in lines:
        heading = _HEADING.match(line)
        title = (heading["marked"] or heading["plain"]).strip() if heading else line
        match, annex = pattern.match(title), _ANNEX.match(title)
        if match:
            number = match[1] if pattern is _ARTICLE else f"条目{match['number']}"
            drafts.append(_Draft(number, _chapter(path), [match["text"].strip()]))
        elif annex and drafts:
            drafts.append(_Draft(f"附件{annex['number'] or ''}", "", [title]))
        elif heading:
            _enter(path, title)
        else:
            (drafts[-1].text if drafts else before).append(line)
    return drafts, before


def _enter(path: dict[str, str], title: str) -> None:
    """Go into an 编, 章 or 节; what lay below an older one of the same rank is left."""
    order = ("编", "章", "节")
    rank = re.match(rf"第{NUMERAL}([编章节])", title)
    level = order.index(rank[1]) if rank else 1
    for lower in order[level:]:
        path.pop(lower, None)
    path[order[level]] = re.sub(r"[\s　]+", " ", title)


def _chapter(path: dict[str, str]) -> str:
    """章 and 节; 编 only where there is no 章."""
    inner = [path[rank] for rank in ("章", "节") if rank in path]
    return " ".join(inner or path.values())


def _without_contents(lines: Sequence[str]) -> Iterator[str]:
    """Leave out a table of contents: headings up to where the first of them comes again."""
    start = next((i for i, line in enumerate(lines) if _CONTENTS.match(line.lstrip("# "))), None)
    if start is None:
        yield from lines
        return
    listed = [i for i in range(start + 1, len(lines)) if lines[i]]
    first = re.sub(r"[#\s　]", "", lines[listed[0]]) if listed else ""
    again = (i for i in listed[1:] if re.sub(r"[#\s　]", "", lines[i]) == first)
    yield from lines[:start]
    yield from lines[next(again, start + 1) :]
