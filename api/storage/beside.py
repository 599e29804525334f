"""What lies beside a case: notes to colleagues, and second looks that nobody knows the first of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, insert, or_, select, update

from api.review.errors import NotAllowed
from api.review.kappa import by_topic
from api.review.people import Person
from api.review.types import Case, Event
from api.storage.audit import Trail
from api.storage.db import aware, transaction
from api.storage.tables import conversations, double_reviews, messages, notes, outbox

_JUDGEMENT = {"approved": "keep", "edited": "change"}
JUDGEMENTS = {"keep": "草稿可以直接用", "change": "要改", "unfit": "不能用"}


@dataclass(frozen=True)
class Note:
    """A word to colleagues; residents never see it."""

    author: str
    text: str
    created_at: datetime


class Beside:
    """Notes, blind double reviews and the supervisors' notices; every method is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], trail: Trail) -> None:
        self._engine, self._now, self._trail = engine, now, trail

    def notes(self, case: int) -> list[Note]:
        """The notes on a case, oldest first."""
        query = select(notes).where(notes.c.review == case).order_by(notes.c.id)
        with transaction(self._engine, reading=True) as connection:
            rows = connection.execute(query).all()
        return [Note(row.author, row.text, aware(row.created_at)) for row in rows]

    def add_note(self, case: int, by: Person, text: str) -> None:
        """Write a note; the audit trail says that there is one, not what it says."""
        with transaction(self._engine) as connection:
            connection.execute(
                insert(notes).values(review=case, author=by.name, text=text, created_at=self._now())
            )
            self._trail.append(connection, Event("note", by.name, self._now(), case))

    def sample(self, case: Case) -> None:
        """Ask for a second look at this case's draft, once."""
        known = select(double_reviews.c.id).where(double_reviews.c.review == case.id)
        with transaction(self._engine) as connection:
            if connection.execute(known).first() is None:
                connection.execute(
                    insert(double_reviews).values(
                        review=case.id,
                        topic=case.topic,
                        first_by=case.decided_by,
                        first=_JUDGEMENT.get(case.outcome or "", "unfit"),
                        created_at=self._now(),
                    )
                )

    def to_judge(self, person: str) -> list[int]:
        """Cases this person may look at blindly: somebody else answered, nobody else judged."""
        free = or_(double_reviews.c.second_by.is_(None), double_reviews.c.second_by == person)
        query = select(double_reviews.c.review).where(
            double_reviews.c.judged_at.is_(None), double_reviews.c.first_by != person, free
        )
        with transaction(self._engine, reading=True) as connection:
            return list(connection.execute(query.order_by(double_reviews.c.id)).scalars())

    def judge(self, case: int, by: Person, judgement: str) -> None:
        """What a second lawyer thinks of the draft.

        Raises:
            NotAllowed: the case is not this person's to judge, or no longer.
        """
        if judgement not in JUDGEMENTS:
            raise NotAllowed("请选择对草稿的判断。")
        with transaction(self._engine) as connection:
            changed = connection.execute(
                update(double_reviews)
                .where(
                    double_reviews.c.review == case,
                    double_reviews.c.judged_at.is_(None),
                    double_reviews.c.first_by != by.name,
                )
                .values(second_by=by.name, second=judgement, judged_at=self._now())
            )
            if changed.rowcount != 1:
                raise NotAllowed("这个案件不需要您再看，或者已经有人看过了。")
            event = Event("judge", by.name, self._now(), case, details={"judgement": judgement})
            self._trail.append(connection, event)

    def agreement(self) -> dict[str, tuple[int, float]]:
        """Pairs and Cohen's kappa per topic."""
        columns = (double_reviews.c.topic, double_reviews.c.first, double_reviews.c.second)
        query = select(*columns).where(double_reviews.c.judged_at.is_not(None))
        with transaction(self._engine, reading=True) as connection:
            return by_topic([(row[0], row[1], row[2]) for row in connection.execute(query)])

    def notices(self) -> list[tuple[int, str, datetime]]:
        """What supervisors were told and nobody has ticked off."""
        query = (
            select(messages.c.id, messages.c.text, messages.c.created_at)
            .join(outbox, outbox.c.message == messages.c.id)
            .where(outbox.c.channel == "desk", outbox.c.delivered_at.is_(None))
            .order_by(messages.c.id)
        )
        with transaction(self._engine, reading=True) as connection:
            rows = connection.execute(query).all()
        return [(row.id, row.text, aware(row.created_at)) for row in rows]

    def channel(self, conversation: str) -> str:
        """By which channel the resident came."""
        query = select(conversations.c.channel).where(conversations.c.id == conversation)
        with transaction(self._engine, reading=True) as connection:
            return str(connection.execute(query).scalar_one())
