"""Lists of cases: the queue as people see it, and what is due by the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Select, func, or_, select

from api.core.types import Decision, Reply
from api.review.types import DECIDED, OPEN, WAITING, Case, State
from api.storage.db import transaction
from api.storage.reviews import Reviews, case_from
from api.storage.sending import meet, send
from api.storage.tables import reviews

NOTICES = "desk-supervisors"
_FOUND = 500  # what a search on the desk finds at most
_OWNED = (State.CLAIMED, State.MORE_INFO, State.SECOND_REVIEW)


@dataclass(frozen=True)
class Filter:
    """Which cases are listed; empty means all.

    `view` is waiting, mine, second, asked, late or done; `person` is who looks.
    """

    view: str = "waiting"
    person: str = ""
    topic: str = ""
    town: str = ""
    kind: str = ""
    words: str = ""


class Cases(Reviews):
    """The review table with its lists."""

    def all(self, limit: int = 200) -> list[Case]:
        """Cases still to be answered by urgency and deadline, then the latest answered."""
        query = select(reviews).order_by(
            reviews.c.state.not_in(OPEN), reviews.c.urgency, reviews.c.due_at, reviews.c.id.desc()
        )
        return self._cases(query.limit(limit))

    def page(self, chosen: Filter, limit: int = 50, offset: int = 0) -> list[Case]:
        """One page of the queue: by urgency, then deadline; what is done, the newest first."""
        order: tuple[Any, ...] = (reviews.c.urgency, reviews.c.due_at, reviews.c.id)
        if chosen.view == "done":
            order = (reviews.c.sent_at.desc(), reviews.c.id.desc())
        query = select(reviews).where(*self._where(chosen)).order_by(*order)
        if chosen.words:
            query = query.where(reviews.c.id.in_(self._saying(chosen)))
        return self._cases(query.limit(limit).offset(offset))

    def counts(self, person: str) -> dict[str, int]:
        """How many cases each view has for this person."""
        views = ("waiting", "mine", "second", "asked", "late", "done")
        columns = [
            select(func.count())
            .select_from(reviews)
            .where(*self._where(Filter(view, person)))
            .scalar_subquery()
            .label(view)
            for view in views
        ]
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(select(*columns)).one()
        return dict(row._mapping)

    def topics(self) -> list[str]:
        """Topics of open cases."""
        query = select(reviews.c.topic).where(reviews.c.state.in_(OPEN)).distinct()
        with transaction(self._engine, reading=True) as connection:
            return sorted(topic for topic in connection.execute(query).scalars() if topic)

    def of_conversation(self, conversation: str) -> list[Case]:
        """A resident's cases, oldest first."""
        mine = reviews.c.conversation == conversation
        return self._cases(select(reviews).where(mine).order_by(reviews.c.id))

    def open_of(self, conversation: str) -> Case | None:
        """The latest case of a conversation that a lawyer has still to answer."""
        mine = (reviews.c.conversation == conversation, reviews.c.state.in_(OPEN))
        found = self._cases(select(reviews).where(*mine).order_by(reviews.c.id.desc()).limit(1))
        return found[0] if found else None

    def owned(self, person: str) -> list[int]:
        """Cases a person has on the desk."""
        return self._numbers(reviews.c.owner == person, reviews.c.state.in_(_OWNED))

    def answered(self, topic: str, limit: int = 200) -> list[Case]:
        """The latest answers on a topic."""
        query = select(reviews).where(reviews.c.topic == topic, reviews.c.sent_at.is_not(None))
        return self._cases(query.order_by(reviews.c.sent_at.desc()).limit(limit))

    def corrected(self) -> Iterator[Case]:
        """Every case with a draft that was answered in writing, oldest first."""
        query = select(reviews).where(
            reviews.c.draft_text != "",
            reviews.c.sent_at.is_not(None),
            reviews.c.outcome.in_((State.APPROVED, State.EDITED)),
        )
        with transaction(self._engine, reading=True) as connection:
            for row in connection.execute(query.order_by(reviews.c.id)):
                yield case_from(row)

    def to_send(self, now: datetime) -> Sequence[int]:
        """Decided, and the seconds for taking back are over."""
        return self._numbers(reviews.c.send_at <= now, reviews.c.state.in_(DECIDED))

    def expired(self, now: datetime) -> Sequence[int]:
        """Owned, but the lease ran out."""
        return self._numbers(
            reviews.c.state.in_(_OWNED), reviews.c.owner != "", reviews.c.lease_until <= now
        )

    def overdue(self, now: datetime) -> Sequence[int]:
        """Past the deadline, and the supervisor has not been told."""
        return self._numbers(
            reviews.c.state.in_(WAITING), reviews.c.due_at < now, reviews.c.escalated_at.is_(None)
        )

    def unrated(self, before: datetime) -> Sequence[int]:
        """Delivered before that moment and never rated."""
        return self._numbers(
            reviews.c.state.in_((State.DELIVERED, State.RATED)), reviews.c.sent_at < before
        )

    def tell_supervisors(self, case: Case, text: str) -> None:
        """A notice through the outbox, to the desk itself."""
        now = self._now()
        with transaction(self._engine) as connection:
            meet(connection, NOTICES, "desk", now)
            notice = Reply(Decision.RELEASE, text, reference=case.reference, label="", human="")
            send(connection, NOTICES, "desk", notice, now)

    def _where(self, chosen: Filter) -> list[Any]:
        where = self._in_view(chosen)
        for name in ("topic", "town", "kind"):
            if value := getattr(chosen, name):
                where.append(reviews.c[name] == value)
        return where

    def _in_view(self, chosen: Filter) -> list[Any]:
        match chosen.view:
            case "mine":
                mine = or_(reviews.c.owner == chosen.person, reviews.c.assigned_to == chosen.person)
                return [mine, reviews.c.state.in_(OPEN)]
            case "second":
                return [reviews.c.state == State.SECOND_REVIEW]
            case "asked":
                return [reviews.c.state == State.MORE_INFO]
            case "late":
                return [reviews.c.state.in_(WAITING), reviews.c.due_at < self._now()]
            case "done":
                return [reviews.c.state.not_in(OPEN)]
            case _:
                return [reviews.c.state.in_(WAITING)]

    def _saying(self, chosen: Filter) -> list[int]:
        """The latest cases of that reference or with these words; the words are sealed, so each
        question is opened and read."""
        columns = (reviews.c.id, reviews.c.reference, reviews.c.question)
        query = select(*columns).where(*self._where(chosen)).order_by(reviews.c.id.desc())
        with transaction(self._engine, reading=True) as connection:
            rows = connection.execute(query)
            saying = (
                row.id
                for row in rows
                if chosen.words == row.reference or chosen.words in row.question
            )
            return list(islice(saying, _FOUND))

    def _numbers(self, *where: Any) -> list[int]:
        with transaction(self._engine, reading=True) as connection:
            return list(connection.execute(select(reviews.c.id).where(*where).limit(200)).scalars())

    def _cases(self, query: Select[Any]) -> list[Case]:
        with transaction(self._engine, reading=True) as connection:
            return [case_from(row) for row in connection.execute(query)]
