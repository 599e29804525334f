"""The laws of one index generation as an SQLite file: what the running app reads."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from knowledge.errors import CorpusMissing
from knowledge.statutes import LawText
from knowledge.types import Article, LawVersion

_TABLES = """
CREATE TABLE versions (id TEXT PRIMARY KEY, name TEXT, level TEXT, department TEXT,
    published TEXT, valid_from TEXT, valid_until TEXT, repealed INTEGER, title TEXT);
CREATE TABLE articles (row INTEGER PRIMARY KEY, version TEXT, number TEXT, text TEXT, chapter TEXT);
"""


def save_laws(path: Path, laws: Sequence[LawText]) -> None:
    """Write the laws in order; the n-th article gets row n, counted from 0."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_TABLES)
        connection.executemany(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (v.id, v.name, v.level, v.department, *map(_text, _dates(v)), v.repealed, v.title)
                for v in (law.version for law in laws)
            ],
        )
        connection.executemany(
            "INSERT INTO articles (version, number, text, chapter, row) VALUES (?, ?, ?, ?, ?)",
            [
                (article.version.id, article.number, article.text, article.chapter, row)
                for row, article in enumerate(a for law in laws for a in law.articles)
            ],
        )


def load_laws(path: Path) -> list[LawText]:
    """Read the laws back in the same order.

    Raises:
        CorpusMissing: the file is absent or damaged.
    """
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            versions = connection.execute("SELECT * FROM versions ORDER BY rowid").fetchall()
            rows = connection.execute(
                "SELECT version, number, text, chapter FROM articles ORDER BY row"
            ).fetchall()
    except sqlite3.DatabaseError as error:
        raise CorpusMissing(f"{path} 无法读取：{error}") from error
    texts: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for version, *parts in rows:
        texts[version].append(tuple(parts))
    return [_law(row, texts[row[0]]) for row in versions]


def _law(
    row: tuple[str, str, str, str, str | None, str | None, str | None, int, str],
    texts: list[tuple[str, str, str]],
) -> LawText:
    key, name, level, department, published, start, end, repealed, title = row
    version = LawVersion(
        id=key,
        name=name,
        level=level,
        department=department,
        published=_date(published),
        valid_from=_date(start),
        valid_until=_date(end),
        repealed=bool(repealed),
        title=title,
    )
    return LawText(version, tuple(Article(version, *parts) for parts in texts))


def _dates(version: LawVersion) -> tuple[date | None, date | None, date | None]:
    return version.published, version.valid_from, version.valid_until


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
