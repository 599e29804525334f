"""What every figure and fit of the ranking starts from: each question ranked out of fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from eval import fitting
from eval.datasets import Question
from eval.gathered import Gathered, as_found, gather_all, replaced
from eval.lessons import Lessons
from eval.metrics import Floats
from eval.ranking import out_of_fold
from eval.topics import topics_by_law
from eval.tuned_vectors import OutOfFold
from knowledge.article_table import Scores
from knowledge.confidence import SHOWN, article_features
from knowledge.retriever import Found, Retriever


@dataclass(frozen=True)
class Measured:
    """Questions with their candidates, scores, results and confidence, one place a question.

    `right` says whether an article that answers is among the first shown; every score and
    confidence comes from models fitted without the question's fold.
    """

    lessons: Lessons
    gathered: Sequence[Gathered]
    scores: Sequence[Scores]
    found: Sequence[Found]
    topics: Sequence[str]
    features: Floats
    confidence: Floats
    right: NDArray[np.bool_]


def measure(retriever: Retriever, questions: Sequence[Question], on: date) -> Measured:
    """Rank every question out of fold and judge how sure that ranking may be."""
    outside = OutOfFold(retriever, questions)
    lessons = Lessons(retriever, gather_all(retriever, questions, outside, on), outside)
    scores, tables = out_of_fold(lessons)
    gathered = [replaced(one, table) for one, table in zip(lessons.gathered, tables, strict=True)]
    found = [as_found(item, retriever, one) for item, one in zip(gathered, scores, strict=True)]
    features = np.array([article_features(one) for one in found])
    right = np.array([_right(item, one) for item, one in zip(gathered, found, strict=True)])
    confidence = fitting.out_of_fold(features, right, np.array(outside.parts))
    topics = topics_by_law(retriever, questions)
    return Measured(lessons, gathered, scores, found, topics, features, confidence, right)


def _right(item: Gathered, found: Found) -> bool:
    shown = ((h.article.version.name, h.article.number) for h in found.hits[:SHOWN])
    return any(key in item.question.gold for key in shown)
