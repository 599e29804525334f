"""The candidates of every benchmark question, gathered once for all folds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import numpy as np
from tqdm import tqdm

from eval.datasets import Key, Question
from eval.tuned_vectors import OutOfFold
from knowledge.article_table import Priors, Scores
from knowledge.candidates import FEATURES, Candidates
from knowledge.faq_match import FaqHit
from knowledge.retriever import Found, Retriever
from knowledge.types import Hit

_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class Gathered:
    """A question with its candidates; `right` marks those that answer it."""

    question: Question
    candidates: Candidates
    keys: tuple[Key, ...]
    right: tuple[bool, ...]
    faq: tuple[FaqHit, ...]


def gather_all(
    retriever: Retriever, questions: Sequence[Question], outside: OutOfFold, on: date
) -> list[Gathered]:
    """Candidates of each question from the loaded index, its tuned vector out of fold."""
    found = []
    for i, question in enumerate(tqdm(questions, desc="候选法条", unit="题")):
        asked = outside.asked(i)
        faq = retriever.match_faq(asked)
        candidates = retriever.gather(asked, on, faq)
        articles = [retriever.corpus.articles[row] for row in candidates.rows]
        keys = tuple((a.version.name, a.number) for a in articles)
        right = tuple(key in question.gold for key in keys)
        found.append(Gathered(question, candidates, keys, right, faq))
    return found


def count_priors(questions: Sequence[Question]) -> Priors:
    """How often each law and article answers one of these questions, in a thousand."""
    articles = Counter(key for question in questions for key in question.gold)
    laws: Counter[str] = Counter()
    for (law, _number), count in articles.items():
        laws[law] += count
    return Priors(_rates(laws, len(questions)), _rates(articles, len(questions)))


def _rates(counts: Mapping[_Thing, int], total: int) -> dict[_Thing, float]:
    return {thing: round(1000 * count / total, 3) for thing, count in counts.items()}


def as_found(item: Gathered, retriever: Retriever, scores: Scores, limit: int = 20) -> Found:
    """What the retriever would have returned with these scores."""
    best = np.argsort(-scores, kind="stable")[:limit]
    hits = tuple(
        Hit(
            retriever.corpus.articles[item.candidates.rows[i]],
            float(scores[i]),
            dict(zip(FEATURES, item.candidates.table[i].tolist(), strict=True)),
        )
        for i in best
    )
    return Found(hits, item.faq)


def replaced(item: Gathered, table: Scores) -> Gathered:
    """The same question with another feature table."""
    return replace(item, candidates=Candidates(item.candidates.rows, table))
