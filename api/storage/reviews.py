"""Cases on a database: opened with the held reply, changed only by steps of the state machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from api.core.compose import as_text
from api.core.deadlines import COUNTY
from api.core.errors import ReviewUnknown
from api.core.types import Hold, Message
from api.review.errors import Stale, WrongState
from api.review.people import MACHINE, RESIDENT
from api.review.policy import DeskPolicy
from api.review.routing import dialect_of, place_in, route
from api.review.states import apply
from api.review.types import OPEN, Action, Case, Command, State, Step
from api.storage.audit import Trail
from api.storage.db import aware, transaction
from api.storage.outbox import channel_of, withdraw
from api.storage.replies import draft_from_json, draft_to_json, reply_from_json, reply_to_json
from api.storage.sending import new_id, send
from api.storage.staff import people
from api.storage.tables import conversations, reviews

_TRIES = 5
_FIXED = frozenset({"id", "reference", "conversation", "question", "why", "draft", "created_at"})
Decide = Callable[[Case], Step]


class Reviews:
    """The review table; every public method is one transaction."""

    def __init__(
        self,
        engine: Engine,
        now: Callable[[], datetime],
        trail: Trail,
        policy: DeskPolicy,
    ) -> None:
        self._engine, self._now = engine, now
        self._trail, self._policy = trail, policy

    def get(self, number: int) -> Case:
        """One case.

        Raises:
            ReviewUnknown: there is none of that number.
        """
        with transaction(self._engine, reading=True) as connection:
            return _read(connection, number)

    def act(self, number: int, decide: Decide) -> Case:
        """Store what `decide` makes of the case, with its audit row and what is said, or nothing.

        The row is compared and set: when another was faster, `decide` looks at the new row.

        Raises:
            ReviewUnknown: there is no case of that number.
            CoreError: whatever `decide` refuses with.
        """
        for _ in range(_TRIES):
            with transaction(self._engine) as connection:
                case = _read(connection, number)
                step = decide(case)
                if self.store(connection, case, step):
                    return self._after(connection, step)
        raise Stale(f"{case.reference}正被别人改动，请稍后再试。")

    def store(self, connection: Connection, before: Case, step: Step) -> bool:
        """Write a step in the caller's transaction; False when the row has changed meanwhile."""
        after = step.case
        if after != before and not _compared_and_set(connection, before, after):
            return False
        if after.in_charge != before.in_charge:
            connection.execute(
                update(conversations)
                .where(conversations.c.id == after.conversation)
                .values(in_charge=after.in_charge)
            )
        if step.say:
            self._say(connection, step)
        if step.event:
            self._trail.append(connection, step.event)
        return True

    def open(self, connection: Connection, message: Message, accepted: int, hold: Hold) -> str:
        """Open a case in the caller's transaction; returns its reference."""
        day = self._now().astimezone(COUNTY)
        reference = f"W{day:%Y%m%d}-{accepted:04d}"
        staff = people(connection)
        town, language = place_in(message.text, staff), dialect_of(message.text)
        result = connection.execute(
            insert(reviews).values(
                reference=reference,
                conversation=message.conversation,
                message=accepted,
                state=State.DRAFTED,
                topic=hold.topic,
                question=hold.question,
                why=list(hold.why),
                draft=draft_to_json(hold.draft),
                draft_text=as_text(hold.draft) if hold.draft else "",
                kind=hold.promise.kind,
                urgency=hold.promise.urgency,
                due_at=hold.promise.due_at,
                town=town,
                language=language,
                assigned_to=route(hold.topic, town, language, staff, _load(connection)),
                created_at=self._now(),
            )
        )
        case = _read(connection, new_id(result))
        self.store(connection, case, apply(case, Command(Action.OPEN, MACHINE, self._now())))
        return reference

    def told(self, connection: Connection, conversation: str) -> None:
        """The resident spoke while a person is in charge, in the caller's transaction."""
        mine = (reviews.c.conversation == conversation, reviews.c.in_charge != "")
        for case in cases_of(connection, *mine)[-1:]:
            again = self._policy.resumed if case.paused_at else self._policy.renewed
            due = again(case, self._now())
            command = Command(Action.TOLD, RESIDENT, self._now(), due_at=due)
            self.store(connection, case, apply(case, command))

    def delivered(self, messages: Sequence[int]) -> None:
        """The resident has these messages: their cases are delivered."""
        within = (State.SENT, State.FAILED)
        which = (reviews.c.sent_message.in_(messages), reviews.c.state.in_(within))
        with transaction(self._engine, reading=True) as connection:
            numbers = [case.id for case in cases_of(connection, *which)]
        for number in numbers:
            with suppress(WrongState):  # SMS and mail go at once: the other was quicker
                self.act(
                    number, lambda case: apply(case, Command(Action.DELIVER, MACHINE, self._now()))
                )

    def undelivered(self, message: int, reason: str) -> None:
        """A sent answer cannot reach the resident: its case says so."""
        which = (reviews.c.sent_message == message, reviews.c.state == State.SENT)
        with transaction(self._engine, reading=True) as connection:
            numbers = [case.id for case in cases_of(connection, *which)]
        for number in numbers:
            command = Command(Action.FAIL, MACHINE, self._now(), reason=reason)
            with suppress(WrongState):
                self.act(number, lambda case, do=command: apply(case, do))  # type: ignore[misc]

    def _say(self, connection: Connection, step: Step) -> None:
        if step.say is None:
            return
        case = step.case
        channel = channel_of(connection, case.conversation)
        said = send(connection, case.conversation, channel, step.say, self._now())
        if case.state is State.SENT:
            before = select(reviews.c.sent_message).where(reviews.c.id == case.id)
            if (old := connection.execute(before).scalar_one()) is not None:
                withdraw(connection, old)
            connection.execute(
                update(reviews).where(reviews.c.id == case.id).values(sent_message=said.id)
            )

    def _after(self, connection: Connection, step: Step) -> Case:
        return _read(connection, step.case.id) if step.say else step.case


def _compared_and_set(connection: Connection, before: Case, after: Case) -> bool:
    same = (
        reviews.c.id == before.id,
        reviews.c.version == before.version,
        reviews.c.owner == before.owner,
        reviews.c.state == before.state,
    )
    changed = connection.execute(update(reviews).where(*same).values(_changes(before, after)))
    return changed.rowcount == 1


def cases_of(connection: Connection, *where: Any) -> list[Case]:
    """Cases that fit, oldest first."""
    rows = connection.execute(select(reviews).where(*where).order_by(reviews.c.id))
    return [case_from(row) for row in rows]


def case_from(row: Row[Any]) -> Case:
    """A row as a case."""
    values = dict(row._mapping)
    for name, value in values.items():
        if isinstance(value, datetime):
            values[name] = aware(value)
    del values["message"]
    return Case(
        **values
        | {
            "state": State(row.state),
            "outcome": State(row.outcome) if row.outcome else None,
            "why": tuple(row.why),
            "second": tuple(row.second),
            "draft": draft_from_json(row.draft),
            "reply": reply_from_json(row.reply) if row.reply else None,
        }
    )


def _read(connection: Connection, number: int) -> Case:
    row = connection.execute(select(reviews).where(reviews.c.id == number)).first()
    if row is None:
        raise ReviewUnknown(f"没有编号为{number}的案件")
    return case_from(row)


def _changes(before: Case, after: Case) -> dict[str, Any]:
    """Only the columns that differ."""
    changed: dict[str, Any] = {}
    for name in after.__dataclass_fields__:
        value = getattr(after, name)
        if name in _FIXED or value == getattr(before, name):
            continue
        changed[name] = value
    if "reply" in changed:
        changed["reply"] = reply_to_json(after.reply) if after.reply else None
    if "second" in changed:
        changed["second"] = list(after.second)
    return changed


def _load(connection: Connection) -> dict[str, int]:
    """How many open cases each lawyer was offered."""
    query = (
        select(reviews.c.assigned_to, func.count())
        .where(reviews.c.state.in_(OPEN), reviews.c.assigned_to != "")
        .group_by(reviews.c.assigned_to)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
