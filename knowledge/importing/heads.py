"""Title and dates of a law as files print them: 题注, lines of dates, file names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from knowledge.types import LawVersion

LEVELS = ("宪法", "法律", "行政法规", "司法解释", "部门规章", "地方性法规", "地方政府规章")
_DATE = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_START = re.compile(rf"{_DATE}\s*(?:起)?\s*(?:施行|生效)")
_ANY = re.compile(_DATE)
_FILE_DATE = re.compile(r"[(（_](\d{4})-?(\d\d)-?(\d\d)[)）]?$")
_ISSUERS = (
    ("全国人民代表大会", "法律"),
    ("国务院令", "行政法规"),
    ("最高人民法院", "司法解释"),
    ("最高人民检察院", "司法解释"),
    ("省人民代表大会", "地方性法规"),
    ("市人民代表大会", "地方性法规"),
)


def version(path: Path, title: str, head: Iterable[str]) -> LawVersion:
    """The version a file holds; the file's name is the law's, without the date in it.

    Args:
        path: folders on it may name the level (行政法规, 司法解释, …).
        title: the heading printed in the file, often longer than the name.
        head: the lines between title and first article that say when it was passed and applies.
    """
    lines = list(head)
    dated = _FILE_DATE.search(path.stem)
    name = _FILE_DATE.sub("", path.stem).strip() or title
    start = next((_day(m) for line in lines if (m := _START.search(line))), None)
    printed = [_day(match) for line in lines for match in _ANY.finditer(line)]
    published = _day(dated) if dated else next(reversed(printed), start)
    return LawVersion(
        id=hashlib.sha256(f"{name}\0{published}".encode()).hexdigest()[:12],
        name=name,
        level=_level(path, [title, *lines]),
        department="",
        published=published,
        valid_from=start or published,
        title=title if title != name else "",
    )


def begins(text: str) -> date | None:
    """The day a closing article names: 本条例自2011年1月1日起施行.

    >>> begins("本条例自2011年1月1日起施行。")
    datetime.date(2011, 1, 1)
    """
    match = re.search(rf"自{_DATE}起(?:施行|实施|执行)", text)
    return _day(match) if match else None


def _level(path: Path, lines: list[str]) -> str:
    for folder in (path.parent, *path.parent.parents):
        if folder.name in LEVELS:
            return folder.name
    said = "".join(lines)
    return next((level for issuer, level in _ISSUERS if issuer in said), "部门规章")


def _day(match: re.Match[str]) -> date:
    return date(*map(int, match.groups()))
