"""A lawyer's side for tests of delivery: claims, answers, and lets the seconds pass."""

from __future__ import annotations

from api.review.answers import Choice
from api.review.people import Person, Role
from api.review.types import Case
from api.storage.queue import Filter
from api.wiring import Application
from tests.conftest import Clock

WANG = Person("王律师", Role.LAWYER)
WORDS = "您可以先去劳动监察投诉，带上工资条和考勤记录。"


def lawyer_answers(parts: Application, clock: Clock, words: str = WORDS) -> Case:
    """The oldest waiting case answered and sent."""
    (case, *_) = parts.reviews.page(Filter())
    return answer(parts, clock, case.id, words)


def answer(parts: Application, clock: Clock, number: int, words: str) -> Case:
    """One case answered and sent."""
    desk = parts.office.desk
    claimed = desk.claim(number, WANG)
    desk.decide(number, WANG, claimed.version, Choice("answer", words))
    clock.forward(seconds=30)
    parts.office.clockwork.tick()
    return parts.reviews.get(number)
