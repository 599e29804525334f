"""Fit the topic classifier: FAQ wordings by their topic, other questions by the law they need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from eval.datasets import Question
from knowledge.encode import Vectors
from knowledge.retriever import Retriever
from knowledge.topics import UNKNOWN, TopicClassifier

_RULES = Path(__file__).with_name("topics.yml")
_FOLDS = 5


@dataclass(frozen=True)
class TopicFigures:
    """Out-of-fold figures; no wording is judged by a fit that saw its own FAQ entry."""

    texts: int
    topics: int
    accuracy: float
    macro_f1: float
    accuracy_benchmark: float
    accuracy_faq: float


def fit_topics(retriever: Retriever, questions: Sequence[Question]) -> dict[str, float | int]:
    """Measure by folds, then fit on everything and keep the classifier."""
    entries = retriever.faq.entries if retriever.faq else ()
    texts = [wording for entry in entries for wording in entry.wordings]
    groups = [i for i, entry in enumerate(entries) for _ in entry.wordings]
    labels = [entry.topic for entry in entries for _ in entry.wordings]
    texts += [question.text for question in questions]
    labels += topics_by_law(retriever, questions)
    groups += list(range(len(entries), len(entries) + len(questions)))
    vectors = np.concatenate([retriever.encode(text) for text in texts])
    wanted, parts = np.array(labels), np.array(groups) % _FOLDS
    guessed = np.empty(len(wanted), wanted.dtype)
    for held in range(_FOLDS):
        model = _fit(vectors[parts != held], wanted[parts != held])
        guessed[parts == held] = model.predict(vectors[parts == held])
    right, benchmark = guessed == wanted, np.array(groups) >= len(entries)
    _keep(_fit(vectors, wanted))
    figures = TopicFigures(
        texts=len(texts),
        topics=len(set(labels)),
        accuracy=float(right.mean()),
        macro_f1=float(f1_score(wanted, guessed, average="macro")),
        accuracy_benchmark=float(right[benchmark].mean()),
        accuracy_faq=float(right[~benchmark].mean()),
    )
    return asdict(figures)


def _fit(vectors: Vectors, labels: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=30.0, max_iter=500, class_weight="balanced").fit(vectors, labels)


def _keep(model: LogisticRegression) -> None:
    names = tuple(model.classes_.tolist())
    TopicClassifier(names, model.coef_, model.intercept_).save()


def topics_by_law(retriever: Retriever, questions: Sequence[Question]) -> list[str]:
    """What each question is about: the law and heading of its first right article tell."""
    rules = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    return [_topic(retriever, question, rules) for question in questions]


def _topic(retriever: Retriever, question: Question, rules: Sequence[Sequence[str]]) -> str:
    for law, number in sorted(question.gold):
        article = retriever.article(law, number)
        heading = article.chapter if article else ""
        for name, chapter, topic in rules:
            if re.search(name, law) and re.search(chapter, heading):
                return topic
    return UNKNOWN
