"""Read regulations and interpretations from Markdown files in the LawRefBook layout.

A file is a title, lines of dates up to ``<!-- INFO END -->``, headings for 章 and 节, and 条 whose
款 and 项 are paragraphs. Texts without any 条 are numbered by 一、二、 and kept as 条目一, 条目二.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.refs import NUMERAL
from knowledge.statutes import LawText
from knowledge.types import Article, LawVersion

_ARTICLE = re.compile(rf"^(第{NUMERAL}条(?:之{NUMERAL})?)[\s　]+(.*)$")
_POINT = re.compile(rf"^(?P<number>{NUMERAL})、(.*)$")
_INFO_END = "<!-- INFO END -->"
_FILE_DATE = re.compile(r"\((\d{4})-(\d\d)-(\d\d)\)$")
_IN_FORCE = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日\s*施行")


@dataclass(frozen=True)
class Unread:
    """A file from which nothing could be taken, and why."""

    path: Path
    reason: str


def read_markdown(path: Path, level: str) -> LawText | Unread:
    """One file as one version of one law."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        return Unread(path, f"无法读取：{error}")
    titles = [line[2:].strip() for line in lines if line.startswith("# ")]
    if not titles:
        return Unread(path, "没有标题行")
    version = _version(path, titles[0], level, lines)
    body = lines[lines.index(_INFO_END) + 1 :] if _INFO_END in lines else lines[1:]
    pattern = _ARTICLE if any(_ARTICLE.match(line) for line in body) else _POINT
    articles = _articles(version, body, pattern)
    if not articles:
        return Unread(path, "没有条文")
    return LawText(version, articles)


def _version(path: Path, title: str, level: str, lines: list[str]) -> LawVersion:
    """The file's name is the law's; its heading, often longer, is a second way to cite it."""
    dated = _FILE_DATE.search(path.stem)
    name = _FILE_DATE.sub("", path.stem).strip()
    starts = [_IN_FORCE.match(line) for line in lines[:12]]
    start = next((date(*map(int, match.groups())) for match in starts if match), None)
    published = date(*map(int, dated.groups())) if dated else start
    return LawVersion(
        id=hashlib.sha256(f"{name}\0{published}".encode()).hexdigest()[:12],
        name=name,
        level=level,
        department="",
        published=published,
        valid_from=start or published,
        title=title if title != name else "",
    )


def _articles(
    version: LawVersion, body: list[str], pattern: re.Pattern[str]
) -> tuple[Article, ...]:
    found: list[tuple[str, str, list[str]]] = []
    chapter = ""
    for line in body:
        match = pattern.match(line)
        if line.startswith("#"):
            chapter = line.lstrip("# ").replace("　", " ")
        elif match:
            number = match[1] if pattern is _ARTICLE else f"条目{match['number']}"
            found.append((number, chapter, [match[2].strip()]))
        elif line and found:
            found[-1][2].append(line)
    return tuple(
        Article(version, number, "\n".join(filter(None, text)), chapter)
        for number, chapter, text in found
    )
