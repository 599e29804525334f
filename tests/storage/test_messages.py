"""Messages, replies and cases on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from api.core.errors import CoreError, ReplyGone, ReviewUnknown
from api.core.types import (
    Author,
    Context,
    Decision,
    Draft,
    Hold,
    Message,
    Outcome,
    Promise,
    Reply,
)
from api.review.people import MACHINE, Person, Role
from api.review.policy import load_policy
from api.review.states import apply
from api.review.types import Action, Command, State
from api.storage.audit import Trail
from api.storage.messages import Messages
from api.storage.migrate import migrate
from api.storage.queue import Cases
from api.storage.tables import messages as table
from api.storage.tables import metadata, outbox, reviews

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MESSAGE = Message("conversation-1", "web", "公司拖欠工资怎么办", "message-1")
RELEASED = Outcome(
    Reply(Decision.RELEASE, "可以投诉。"), context=Context("公司拖欠工资怎么办", "劳动")
)
HELD = Outcome(
    Reply(Decision.HOLD, "已转律师。"),
    Hold("公司拖欠工资怎么办", "劳动", ("把握不够",), Promise(NOW), Draft("草稿")),
)


def cases(engine: Engine) -> Cases:
    return Cases(engine, lambda: NOW, Trail(engine, b"key"), load_policy())


@pytest.fixture
def store(engine: Engine) -> Messages:
    return Messages(engine, lambda: NOW, cases(engine))


@pytest.fixture
def desk(engine: Engine) -> Cases:
    return cases(engine)


def rows(engine: Engine, of: object) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(of)).scalar_one()


def test_the_migrations_make_the_tables_the_code_knows(engine: Engine) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    migrate(engine)  # a second run finds nothing to do
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_accepted_once(store: Messages) -> None:
    first, second = store.accept(MESSAGE), store.accept(MESSAGE)
    assert first.id == second.id and second.reply is None


def test_finished_once(store: Messages, engine: Engine) -> None:
    accepted = store.accept(MESSAGE)
    first = store.finish(accepted, MESSAGE, RELEASED)
    assert store.finish(accepted, MESSAGE, HELD) == first
    assert store.accept(MESSAGE).reply == first
    assert rows(engine, outbox) == 1 and rows(engine, reviews) == 0


def test_context_is_kept(store: Messages) -> None:
    assert store.context("conversation-1") == Context()
    store.finish(store.accept(MESSAGE), MESSAGE, RELEASED)
    assert store.context("conversation-1") == RELEASED.context


def test_an_erased_reply_is_gone(store: Messages) -> None:
    with pytest.raises(ReplyGone, match="已经删除"):
        store.reply(999)


def test_open_forms_are_kept(store: Messages) -> None:
    cases = {"open": {"form": "overtime", "facts": {"hours": "20"}}, "parked": []}
    store.keep_cases("conversation-1", cases)  # nobody has written there yet
    store.accept(MESSAGE)
    assert store.context("conversation-1").cases is None
    store.keep_cases("conversation-1", cases)
    assert store.context("conversation-1").cases == cases
    store.keep_cases("conversation-1", None)
    assert store.context("conversation-1").cases is None


def test_the_same_message_from_ten_places_at_once(store: Messages, engine: Engine) -> None:
    with ThreadPoolExecutor(10) as pool:
        accepted = list(pool.map(lambda _: store.accept(MESSAGE), range(10)))
        replies = list(pool.map(lambda a: store.finish(a, MESSAGE, HELD), accepted))
    assert len({a.id for a in accepted}) == 1
    assert len({reply.id for reply in replies}) == 1
    assert rows(engine, table) == 2 and rows(engine, reviews) == 1


def test_a_case_is_answered_once(store: Messages, desk: Cases, engine: Engine) -> None:
    reply = store.finish(store.accept(MESSAGE), MESSAGE, HELD)
    (case,) = desk.all()
    assert case.reference == reply.reply.reference and case.state is State.QUEUED
    sent = Reply(Decision.RELEASE, "律师的话", author=Author.LAWYER, reviewed=True)
    until = NOW + timedelta(minutes=2)

    def answer(name: str) -> bool:
        lawyer = Person(name, Role.LAWYER)
        claim = Command(Action.CLAIM, lawyer, NOW, until=until)
        decide = Command(
            Action.DECIDE, lawyer, NOW, until=NOW, outcome=State.EDITED, text="律师的话", reply=sent
        )
        try:
            for command in (claim, decide, Command(Action.SEND, MACHINE, NOW)):
                desk.act(case.id, lambda current, do=command: apply(current, do))
        except CoreError:
            return False
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(answer, "甲乙丙丁戊")) == 1
    history = store.history("conversation-1")
    assert [entry.author for entry in history] == ["resident", "machine", "lawyer"]
    assert history[-1].reply == sent
    assert rows(engine, outbox) == 2


def test_delivery_is_recorded_once(store: Messages, engine: Engine) -> None:
    reply = store.finish(store.accept(MESSAGE), MESSAGE, RELEASED)
    store.delivered([reply.id])
    store.delivered([reply.id])
    store.delivered([])
    with engine.connect() as connection:
        (row,) = connection.execute(select(outbox)).all()
    assert row.delivered_at is not None


def test_unknown_case(desk: Cases) -> None:
    with pytest.raises(ReviewUnknown, match="999"):
        desk.get(999)
