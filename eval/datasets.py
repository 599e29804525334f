"""Questions with the articles that answer them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

Key = tuple[str, str]


@dataclass(frozen=True)
class Question:
    """A question and its right answers as (law, article number); an expert's key words for it."""

    id: str
    text: str
    gold: frozenset[Key]
    keywords: str = ""


def load_questions(path: Path) -> list[Question]:
    """Read JSON lines of {"id", "question", "gold": [{"law", "article"}]}.

    Raises:
        FileNotFoundError: the benchmark is not on this machine.
    """
    if not path.is_file():
        raise FileNotFoundError(f"没有找到评测数据 {path}")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Question(
            str(row["id"]),
            row["question"],
            frozenset((gold["law"], gold["article"]) for gold in row["gold"]),
            " ".join(re.split(r"[\s；;，,。]+", row.get("keywords") or "")).strip(),
        )
        for row in rows
    ]


def folds(count: int, parts: int = 5) -> list[int]:
    """Which part each of `count` questions belongs to; the same on every machine.

    >>> folds(7, 3)
    [0, 1, 2, 0, 1, 2, 0]
    """
    return [i % parts for i in range(count)]
