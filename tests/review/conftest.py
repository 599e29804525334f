"""People of a fictional county's desk, and a library that knows one law."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from api.core.types import Decision, Draft, Hold, Message, Outcome, Reply
from api.office import Office, open_office
from api.review.people import Person, Role
from api.settings import Settings
from api.storage.messages import Messages
from knowledge.corpus import Corpus
from tests.conftest import Clock
from tests.databases import engine, postgres_url
from tests.fakes import FakeLibrary

__all__ = ["engine", "postgres_url"]

WANG = Person("王律师", Role.LAWYER)
LI = Person("李律师", Role.LAWYER)
CHEN = Person("陈主管", Role.SUPERVISOR)
SU = Person("苏统计", Role.ANALYST)
ADMIN = Person("何管理", Role.ADMIN)


@dataclass(frozen=True)
class Bench:
    """An office over a real database, with a clock and the resident's side."""

    office: Office
    messages: Messages
    clock: Clock

    def hold(
        self, question: str = "公司拖欠工资怎么办", why: tuple[str, ...] = ("把握不够",)
    ) -> int:
        """A held question; returns its number."""
        count = self.office.trail.last()
        message = Message(f"conversation-{count}", "web", question, f"message-{count}")
        promise = self.office.policy.promise(question, why, self.clock())
        draft = Draft("可以投诉。依据《中华人民共和国劳动合同法》第三十条。", topic="劳动")
        outcome = Outcome(
            Reply(Decision.HOLD, "已转律师。"), Hold(question, "劳动", why, promise, draft)
        )
        self.messages.finish(self.messages.accept(message), message, outcome)
        return max(case.id for case in self.office.cases.all())

    def says(self, number: int, text: str) -> None:
        """The resident writes again in the case's conversation."""
        conversation = self.office.cases.get(number).conversation
        message = Message(conversation, "web", text, f"again-{self.office.trail.last()}-{text}")
        silence = Outcome(Reply(Decision.SILENT, "", label="", human=""))
        self.messages.finish(self.messages.accept(message), message, silence)


def bench_on(engine: Engine, corpus: Corpus) -> Bench:
    """A bench over this database."""
    clock = Clock()
    settings = Settings(_env_file=None, rasa_token="r", action_secret="a", secret_key="secret-key")
    office = open_office(settings, engine, FakeLibrary(corpus), clock)
    return Bench(office, Messages(engine, clock, office.cases), clock)


@pytest.fixture
def bench(
    engine: Engine,
    corpus: Corpus,
) -> Bench:
    """The bench on both databases."""
    return bench_on(engine, corpus)
