"""Questions written by us for articles: which everyday words lead to which article.

One file a law under `written/`, named by its full name; a line is an article's number and the
questions it answers, parted by tabs. Nobody is shown them: they teach the search, beside the
questions of a benchmark (knowledge/answered.py), and hold for the texts in force on `AS_OF`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.errors import KnowledgeError

FOLDER = Path(__file__).with_name("written")
AS_OF = date(2026, 11, 22)


@dataclass(frozen=True)
class Written:
    """A question, and the (law, article number) that answers it."""

    text: str
    key: tuple[str, str]


def load_written(folder: Path = FOLDER) -> tuple[Written, ...]:
    """Every question, law by law in name order.

    Raises:
        KnowledgeError: a line is not an article's number and at least one question.

    >>> ("中华人民共和国民法典", "第一千零七十九条") in {one.key for one in load_written()}
    True
    """
    return tuple(one for path in sorted(folder.glob("*.tsv")) for one in _of_law(path))


def _of_law(path: Path) -> list[Written]:
    found = []
    for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        number, *questions = line.split("\t")
        if not (number.startswith("第") and questions and all(questions)):
            raise KnowledgeError(f"{path.name} 第{place}行：应为“条号、问题”，以制表符分开")
        found += [Written(text, (path.stem, number)) for text in questions]
    return found
