"""Ten questions for a small firm, and a graded report of what to put right first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from api.casework.county import read_strictly
from api.casework.errors import FormInvalid
from knowledge.refs import parse_ref
from knowledge.types import ArticleRef

_FULL = 100
_GRADES = ((90, "甲", "基础不错，继续保持"), (70, "乙", "有几处要补，尽快补上"),
           (0, "丙", "风险较大，先办下面排在前头的几件"))  # fmt: skip


class Answer(StrEnum):
    """How a firm answers; unsure counts half."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Question:
    """One question, what follows when it is answered with no, and how to mend it."""

    id: str
    ask: str
    weight: int
    risk: str
    fix: str
    laws: tuple[str, ...]

    @property
    def refs(self) -> tuple[ArticleRef, ...]:
        """The articles it stands on."""
        return tuple(parse_ref(text) for text in self.laws)


@dataclass(frozen=True)
class Questions:
    """The ten."""

    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Report:
    """Points of a hundred, a grade, and what to mend, the heaviest first."""

    points: int
    grade: str
    says: str
    todo: tuple[tuple[Question, Answer], ...]
    done: tuple[Question, ...]


@cache
def questions() -> tuple[Question, ...]:
    """The questions, in order."""
    path = Path(__file__).with_name("checkup.yml")
    return read_strictly(path, Questions).questions


def report(answers: Mapping[str, str]) -> Report:
    """Grade a firm's answers.

    Raises:
        FormInvalid: a question is not answered.

    >>> report({question.id: "yes" for question in questions()}).grade
    '甲'
    """
    given = {}
    for number, question in enumerate(questions(), start=1):
        try:
            given[question] = Answer(answers.get(question.id, ""))
        except ValueError as error:
            raise FormInvalid(f"第{number}题还没有选", question.id) from error
    lost = sum(_lost(question, answer) for question, answer in given.items())
    points = _FULL - round(lost)
    grade, says = next((grade, says) for least, grade, says in _GRADES if points >= least)
    todo = sorted(
        ((q, a) for q, a in given.items() if a is not Answer.YES),
        key=lambda pair: -_lost(*pair),
    )
    done = tuple(q for q, a in given.items() if a is Answer.YES)
    return Report(points, grade, says, tuple(todo), done)


def _lost(question: Question, answer: Answer) -> float:
    return {Answer.YES: 0.0, Answer.UNSURE: question.weight / 2}.get(answer, question.weight)
