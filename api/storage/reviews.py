"""Held questions: list them, show one, send a lawyer's answer exactly once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, select, update

from api.core.errors import ReviewClosed, ReviewUnknown
from api.core.types import Draft, Reply
from api.storage.db import aware, transaction
from api.storage.messages import send
from api.storage.replies import draft_from_json
from api.storage.tables import conversations, reviews


@dataclass(frozen=True)
class Case:
    """A held question with all a lawyer needs to answer it."""

    id: int
    reference: str
    conversation: str
    state: str
    topic: str
    question: str
    why: tuple[str, ...]
    draft: Draft | None
    draft_text: str
    due_at: datetime
    created_at: datetime
    answer: str | None
    reviewer: str | None
    sent_at: datetime | None


class Reviews:
    """The review table; every method is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine, self._now = engine, now

    def all(self, limit: int = 200) -> list[Case]:
        """Cases still to be answered by deadline, then the latest answered."""
        query = select(reviews).order_by(
            reviews.c.sent_at.is_not(None), reviews.c.due_at, reviews.c.id.desc()
        )
        with transaction(self._engine, reading=True) as connection:
            return [_case(row) for row in connection.execute(query.limit(limit))]

    def get(self, number: int) -> Case:
        """One case.

        Raises:
            ReviewUnknown: there is none of that number.
        """
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(select(reviews).where(reviews.c.id == number)).first()
        if row is None:
            raise ReviewUnknown(f"没有编号为{number}的案件")
        return _case(row)

    def answer(self, number: int, answer: str, reviewer: str, reply: Reply) -> Case:
        """Record the lawyer's answer and queue it for the resident, in one transaction.

        Raises:
            ReviewUnknown: there is no case of that number.
            ReviewClosed: somebody answered it before.
        """
        case = self.get(number)
        with transaction(self._engine) as connection:
            claimed = connection.execute(
                update(reviews)
                .where(reviews.c.id == number, reviews.c.state == "queued")
                .values(state="sent", answer=answer, reviewer=reviewer, sent_at=self._now())
            )
            if claimed.rowcount != 1:
                raise ReviewClosed(f"{case.reference}已经由别的律师答复，没有重复发送")
            channel = connection.execute(
                select(conversations.c.channel).where(conversations.c.id == case.conversation)
            ).scalar_one()
            send(connection, case.conversation, channel, reply, self._now())
        return self.get(number)


def _case(row: Row[Any]) -> Case:
    return Case(
        id=row.id,
        reference=row.reference,
        conversation=row.conversation,
        state=row.state,
        topic=row.topic,
        question=row.question,
        why=tuple(row.why),
        draft=draft_from_json(row.draft),
        draft_text=row.draft_text,
        due_at=aware(row.due_at),
        created_at=aware(row.created_at),
        answer=row.answer,
        reviewer=row.reviewer,
        sent_at=aware(row.sent_at) if row.sent_at else None,
    )
