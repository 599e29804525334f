"""The candidates of every benchmark question, gathered once for all folds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from tqdm import tqdm

from eval.datasets import Key, Question
from knowledge.candidates import FEATURES, Candidates, Priors, Scores
from knowledge.faq_match import FaqHit
from knowledge.retriever import Found, Retriever
from knowledge.types import Hit


@dataclass(frozen=True)
class Gathered:
    """A question with its candidates; `right` marks those that answer it."""

    question: Question
    candidates: Candidates
    keys: tuple[Key, ...]
    right: tuple[bool, ...]
    faq: tuple[FaqHit, ...]


def gather_all(retriever: Retriever, questions: Sequence[Question], on: date) -> list[Gathered]:
    """Candidates of each question from the loaded index."""
    found = []
    for question in tqdm(questions, desc="候选法条", unit="题"):
        vector = retriever.encode(question.text)
        faq = retriever.match_faq(question.text, vector)
        candidates = retriever.gather(question.text, vector, on, faq)
        articles = [retriever.corpus.articles[row] for row in candidates.rows]
        keys = tuple((a.version.name, a.number) for a in articles)
        right = tuple(key in question.gold for key in keys)
        found.append(Gathered(question, candidates, keys, right, faq))
    return found


def count_priors(questions: Iterable[Question]) -> Priors:
    """How often each law and article answers one of these questions."""
    articles = Counter(key for question in questions for key in question.gold)
    laws: Counter[str] = Counter()
    for (law, _number), count in articles.items():
        laws[law] += count
    return Priors(dict(laws), dict(articles))


def with_priors(item: Gathered, priors: Priors) -> Scores:
    """The feature table with these priors in place; float32 (n, len(FEATURES))."""
    table = item.candidates.table.copy()
    table[:, FEATURES.index("law_prior")] = [priors.laws.get(law, 0) for law, _ in item.keys]
    table[:, FEATURES.index("article_prior")] = [priors.articles.get(key, 0) for key in item.keys]
    return table


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
