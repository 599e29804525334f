"""Ratings on a database: one row a service, the words sealed, a bad one with what it opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from api.core.types import Reply
from api.home.errors import RatingRefused
from api.home.ratings import CHANGEABLE, Grade, Kind, Opinion, Rated, Tally, tallies
from api.storage.db import aware, transaction
from api.storage.home_tables import ratings
from api.storage.replies import reply_from_json
from api.storage.tables import conversations, messages, reviews
from api.storage.vault import Vault

#: Opens what puts a bad rating right, in the rating's own transaction; returns its reference.
Remedy = Callable[[Connection], str]


@dataclass(frozen=True)
class Answer:
    """An answer a resident may rate: of the machine, or of a lawyer in a case.

    `case` is the number of the case this answer closed; `waiting` the reference of one that is
    open over the same question. `question` is the number of the resident's message, `words`
    what it said.
    """

    id: int
    conversation: str
    channel: str
    question: int | None
    words: str
    topic: str
    reply: Reply
    case: int | None
    waiting: str


class Ratings:
    """The ratings' table."""

    def __init__(self, engine: Engine, vault: Vault, now: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._now = engine, vault, now

    def keep(
        self,
        kind: Kind,
        subject: str,
        conversation: str | None,
        opinion: Opinion,
        remedy: Remedy | None = None,
    ) -> Rated:
        """Keep a first rating, or change the one there is; `remedy` runs once for a service.

        Raises:
            RatingRefused: the week in which a rating may be changed is over.
        """
        try:
            with transaction(self._engine) as connection:
                self._write(connection, kind, subject, conversation, opinion, remedy)
        except IntegrityError:  # another press of the same button was faster
            with transaction(self._engine) as connection:
                self._write(connection, kind, subject, conversation, opinion, remedy)
        found = self.of(kind, subject)
        if found is None:
            raise RatingRefused("评价没有存上，请再试一次。")
        return found

    def of(self, kind: Kind, subject: str) -> Rated | None:
        """The rating of one service, if there is one."""
        found = self._some(ratings.c.token == _token(kind, subject))
        return found[0] if found else None

    def of_conversation(self, conversation: str) -> list[Rated]:
        """All ratings given in a conversation, oldest first."""
        return self._some(ratings.c.conversation == conversation)

    def of_file(
        self, conversations: Sequence[str], tokens: Mapping[Kind, Sequence[str]]
    ) -> list[Rated]:
        """All ratings given in these conversations or of these matters, oldest first."""
        matters = [_token(kind, subject) for kind, some in tokens.items() for subject in some]
        return self._some(
            or_(ratings.c.conversation.in_(conversations), ratings.c.token.in_(matters))
        )

    def of_case(self, number: int) -> list[Rated]:
        """Ratings of what a case's resident was answered: by the machine, then by the lawyer."""
        mine = select(reviews.c.message, reviews.c.sent_message).where(reviews.c.id == number)
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(mine).first()
            if row is None:
                return []
            replies = select(messages.c.id).where(
                or_(messages.c.reply_to == row.message, messages.c.id == row.sent_message)
            )
            numbers = [str(number) for number in connection.execute(replies).scalars()]
        return self._some(ratings.c.kind == Kind.REPLY, ratings.c.subject.in_(numbers))

    def tallies(self) -> list[Tally]:
        """How satisfied residents are with each kind of service; counts only."""
        query = select(ratings.c.kind, ratings.c.grade, func.count()).group_by(
            ratings.c.kind, ratings.c.grade
        )
        with transaction(self._engine, reading=True) as connection:
            return tallies([(row[0], row[1], row[2]) for row in connection.execute(query)])

    def answer(self, conversation: str, number: int) -> Answer:
        """An answer of a conversation.

        Raises:
            RatingRefused: there is no answer of that number.
        """
        mine = (messages.c.id == number, messages.c.conversation == conversation)
        with transaction(self._engine, reading=True) as connection:
            said = connection.execute(
                select(messages).where(*mine, messages.c.reply.is_not(None))
            ).first()
            if said is None:
                raise RatingRefused("没有找到这条答复，请刷新页面再评。")
            asked = connection.execute(
                select(messages).where(messages.c.id == said.reply_to)
            ).first()
            topic = connection.execute(
                select(conversations.c.topic).where(conversations.c.id == conversation)
            ).scalar()
            closed = connection.execute(
                select(reviews.c.id).where(reviews.c.sent_message == number)
            ).scalar()
            waiting = connection.execute(
                select(reviews.c.reference).where(reviews.c.message == said.reply_to)
            ).scalar()
        return Answer(
            id=number,
            conversation=conversation,
            channel=said.channel,
            question=asked.id if asked else None,
            words=asked.text if asked else "",
            topic=topic or "",
            reply=reply_from_json(said.reply),
            case=closed,
            waiting=waiting or "",
        )

    def _write(
        self,
        connection: Connection,
        kind: Kind,
        subject: str,
        conversation: str | None,
        opinion: Opinion,
        remedy: Remedy | None,
    ) -> None:
        token, now = _token(kind, subject), self._now()
        values: dict[str, Any] = {
            "grade": opinion.grade,
            "reasons": list(opinion.reasons),
            "sealed": self._vault.seal_json(opinion.note, f"rating:{token}"),
            "changed_at": now,
        }
        mine = ratings.c.token == token
        row = connection.execute(select(ratings).where(mine).with_for_update()).first()
        if row is None:
            named = {"token": token, "kind": kind, "subject": subject, "created_at": now}
            values |= named | {"conversation": conversation}
            connection.execute(insert(ratings).values(**values))
        elif now - aware(row.created_at) > CHANGEABLE and row.grade != opinion.grade:
            raise RatingRefused("评价已满七天，不能再改了。还有不满意的，请拨打12348。")
        else:
            connection.execute(update(ratings).where(mine).values(**values))
        if remedy and opinion.grade is Grade.BAD and not (row and row.follow_up):
            connection.execute(update(ratings).where(mine).values(follow_up=remedy(connection)))

    def _some(self, *where: Any) -> list[Rated]:
        query = select(ratings).where(*where).order_by(ratings.c.id)
        with transaction(self._engine, reading=True) as connection:
            return [self._rated(row) for row in connection.execute(query)]

    def _rated(self, row: Row[Any]) -> Rated:
        return Rated(
            kind=Kind(row.kind),
            subject=row.subject,
            grade=Grade(row.grade),
            reasons=tuple(row.reasons),
            note=self._vault.open_json(row.sealed, f"rating:{row.token}"),
            follow_up=row.follow_up,
            created_at=aware(row.created_at),
            changed_at=aware(row.changed_at),
        )


def _token(kind: Kind, subject: str) -> str:
    return f"{kind}-{subject}"
