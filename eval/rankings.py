"""The ways of ranking compared on one set of candidates. The only file that imports ranx."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ranx import Qrels, Run, evaluate

from eval.measure import Measured
from eval.metrics import interval
from knowledge.article_table import Scores

_METRICS = {
    "recall_10": "recall@10", "mrr_10": "mrr@10", "hit_1": "hit_rate@1", "hit_5": "hit_rate@5",
}  # fmt: skip
_COLUMNS = {
    "BM25 词": "words",
    "BM25 双字": "pairs",
    "e5 原样": "cosine",
    "e5 调过": "tuned",
    "排名融合": "fused",
}
LEARNED = "学习排序"
_CUT = 20


@dataclass(frozen=True)
class Compared:
    """Means over questions with their 95 % bootstrap intervals."""

    recall_10: float
    mrr_10: float
    hit_1: float
    hit_5: float
    intervals: dict[str, tuple[float, float]]


def compare(measured: Measured) -> dict[str, Compared]:
    """Each way of ranking over all questions, the learned one out of fold."""
    ways = {
        name: [item.candidates.column(column) for item in measured.gathered]
        for name, column in _COLUMNS.items()
    }
    qrels = Qrels({
        item.question.id: {_name(key): 1 for key in item.question.gold}
        for item in measured.gathered
    })  # fmt: skip
    ways[LEARNED] = list(measured.scores)
    return {name: _figures(measured, scores, qrels) for name, scores in ways.items()}


def _figures(measured: Measured, scores: list[Scores], qrels: Qrels) -> Compared:
    runs = {}
    for item, values in zip(measured.gathered, scores, strict=True):
        best = np.argsort(-values, kind="stable")[:_CUT]
        runs[item.question.id] = {_name(item.keys[i]): float(_CUT - n) for n, i in enumerate(best)}
    found = evaluate(qrels, Run(runs), list(_METRICS.values()), return_mean=False)
    by_question = {short: np.asarray(found[long]) for short, long in _METRICS.items()}
    means = {short: float(one.mean()) for short, one in by_question.items()}
    return Compared(**means, intervals={short: interval(one) for short, one in by_question.items()})


def _name(key: tuple[str, str]) -> str:
    return "".join(key)
