"""No sequence of commands breaks a promise: one owner, nothing sent unapproved, all on record."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from api.core.errors import CoreError
from api.core.types import Author
from api.review.answers import Choice
from api.review.audit import Entry
from api.review.types import Action, State
from api.storage.db import open_engine
from api.storage.migrate import migrate
from knowledge.corpus import Corpus
from tests.review.conftest import CHEN, LI, WANG, Bench, bench_on

PEOPLE = st.sampled_from((WANG, LI, CHEN))
CASES = st.integers(0, 2)
GETS = {Action.CLAIM, Action.TAKE_OVER, Action.UNDO}
LETS_GO = {Action.RELEASE, Action.EXPIRE, Action.SEND, Action.SEND_BACK}
AS_OWNER = {Action.ASK, Action.DECIDE, Action.CONFIRM, Action.SEND_BACK, Action.RELEASE}
QUESTIONS = ("公司拖欠工资怎么办", "借了别人二十万元不还", "老板不给加班费")  # the second is large


class DeskMachine(RuleBasedStateMachine):
    """Two lawyers, a supervisor, three residents and the clock, in any order."""

    corpus: Corpus

    @initialize()
    def open(self) -> None:
        self.engine = open_engine("sqlite://")
        migrate(self.engine)
        self.bench: Bench = bench_on(self.engine, self.corpus)
        self.numbers = [self.bench.hold(question) for question in QUESTIONS]

    def teardown(self) -> None:
        if hasattr(self, "engine"):
            self.engine.dispose()

    def attempt(self, action: str, case: int, *args: object) -> None:
        """Do it if it may be done; a refusal is a CoreError and changes nothing."""
        number = self.numbers[case]
        before, rows = self.bench.office.cases.get(number), self.bench.office.trail.last()
        try:
            getattr(self.bench.office.desk, action)(number, *args)
        except CoreError as refusal:
            assert str(refusal)
            assert self.bench.office.cases.get(number) == before
            assert self.bench.office.trail.last() == rows

    @rule(case=CASES, by=PEOPLE, action=st.sampled_from(("claim", "release", "renew", "undo")))
    def simple(self, case: int, by: object, action: str) -> None:
        self.attempt(action, case, by)

    @rule(case=CASES, by=PEOPLE, action=st.sampled_from(("take_charge", "hand_back", "reveal")))
    def talk(self, case: int, by: object, action: str) -> None:
        self.attempt(action, case, by)

    @rule(case=CASES, by=PEOPLE, kind=st.sampled_from(("answer", "reject", "refer", "call_back")))
    def decide(self, case: int, by: object, kind: str) -> None:
        choice = Choice(kind, "可以申请支付令。", "材料不全", "调解")
        self.attempt("decide", case, by, None, choice)

    @rule(case=CASES, by=PEOPLE, behind=st.integers(0, 1))
    def confirm(self, case: int, by: object, behind: int) -> None:
        version = self.bench.office.cases.get(self.numbers[case]).version - behind
        self.attempt("confirm", case, by, version)

    @rule(case=CASES, by=PEOPLE)
    def send_back(self, case: int, by: object) -> None:
        self.attempt("send_back", case, by, None, "再看看第三款")

    @rule(case=CASES, by=PEOPLE, reason=st.sampled_from(("", "当事人催办")))
    def take_over(self, case: int, by: object, reason: str) -> None:
        self.attempt("take_over", case, by, reason)

    @rule(case=CASES, by=PEOPLE)
    def ask(self, case: int, by: object) -> None:
        self.attempt("ask", case, by, None, "有没有签合同？")

    @rule(case=CASES, score=st.integers(0, 6))
    def rate(self, case: int, score: int) -> None:
        self.attempt("rate", case, score)

    @rule(case=CASES)
    def resident_speaks(self, case: int) -> None:
        self.bench.says(self.numbers[case], "没有签合同")

    @rule(case=CASES)
    def page_fetches(self, case: int) -> None:
        conversation = self.bench.office.cases.get(self.numbers[case]).conversation
        entries = self.bench.messages.history(conversation)
        self.bench.messages.delivered([entry.id for entry in entries])

    @rule(seconds=st.sampled_from((1, 5, 11, 60, 130)))
    def time_passes(self, seconds: int) -> None:
        self.bench.clock.forward(seconds=seconds)
        self.bench.office.clockwork.tick()

    @precondition(lambda self: hasattr(self, "bench"))
    @invariant()
    def the_trail_holds(self) -> None:
        assert self.bench.office.trail.verify() == []
        for number, question in zip(self.numbers, QUESTIONS, strict=True):
            case = self.bench.office.cases.get(number)
            rows = self.bench.office.trail.of_case(number)
            assert case.question == question
            assert rows[0].before == State.DRAFTED and rows[-1].after == case.state
            assert all(a.after == b.before for a, b in pairwise(rows))
            check_story(rows, case.reference, second=number == self.numbers[1])
            self.check_messages(number, rows)

    def check_messages(self, number: int, rows: list[Entry]) -> None:
        """The resident got exactly what the trail says was asked and sent."""
        case = self.bench.office.cases.get(number)
        heard = self.bench.messages.history(case.conversation)
        lawyers = [entry for entry in heard if entry.author is Author.LAWYER]
        assert len(lawyers) == sum(row.action in (Action.ASK, Action.SEND) for row in rows)


def check_story(rows: list[Entry], reference: str, *, second: bool) -> None:
    """Replay who had the case, and that each answer sent was decided, and agreed to if need be."""
    owner, decided, agreed = "", "", ""
    for row in rows:
        if row.action in AS_OWNER:
            assert row.by == owner, f"{reference}: {row.by} acted while {owner} had it"
        if row.action == Action.CLAIM:
            assert owner in ("", row.by), f"{reference}: two owners"
        if row.action == Action.DECIDE:
            decided, agreed = row.by, ""
            owner = "" if row.after == State.SECOND_REVIEW else owner
        elif row.action == Action.CONFIRM:
            assert row.by != decided
            agreed = row.by
        elif row.action in (Action.UNDO, Action.TAKE_OVER):
            agreed = ""
            decided = decided if row.after == State.SECOND_REVIEW else ""
        elif row.action == Action.SEND:
            assert decided, f"{reference}: sent without a decision"
            assert agreed or not second, f"{reference}: sent without a second lawyer"
        if row.action in GETS:
            owner = row.by
        elif row.action in LETS_GO or (row.action == Action.TOLD and row.after == State.QUEUED):
            owner = ""


@pytest.mark.slow
def test_no_sequence_breaks_the_promises(corpus: Corpus) -> None:
    DeskMachine.corpus = corpus
    run_state_machine_as_test(
        DeskMachine,
        settings=settings(
            max_examples=15,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
