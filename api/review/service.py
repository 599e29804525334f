"""What people do at the desk: each action is one step of the state machine on one case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from api.core.deadlines import COUNTY
from api.core.ports import Library
from api.review.answers import Choice, compose, question_to_resident
from api.review.people import MACHINE, RESIDENT, Person
from api.review.policy import DeskPolicy
from api.review.states import apply
from api.review.types import Action, Case, Command, Step
from nlu.money import find_money

Agreement = Callable[[], Mapping[str, tuple[int, float]]]


class CaseRows(Protocol):
    """Where cases are kept."""

    def get(self, number: int) -> Case:
        """One case; raises ReviewUnknown."""

    def act(self, number: int, decide: Callable[[Case], Step]) -> Case:
        """Store what `decide` makes of the case in one transaction, or nothing."""


@dataclass(frozen=True)
class Desk:
    """The lawyers' side of a held question; everything raises CoreError when it may not be done."""

    cases: CaseRows
    library: Library
    policy: DeskPolicy
    agreement: Agreement
    now: Callable[[], datetime]

    def claim(self, number: int, by: Person) -> Case:
        """Take a case; a colleague who has it keeps it."""
        return self._leased(Action.CLAIM, number, by)

    def renew(self, number: int, by: Person) -> Case:
        """The page is still open."""
        return self._leased(Action.RENEW, number, by)

    def take_over(self, number: int, by: Person, reason: str) -> Case:
        """A supervisor takes a case from whoever has it."""
        return self._leased(Action.TAKE_OVER, number, by, reason=reason)

    def release(self, number: int, by: Person) -> Case:
        """Back into the queue."""
        return self._do(Action.RELEASE, number, by)

    def save(self, number: int, by: Person, text: str) -> Case:
        """Keep the words while they are being written."""
        return self._do(Action.SAVE, number, by, text=text)

    def ask(self, number: int, by: Person, version: int | None, text: str) -> Case:
        """Ask the resident for facts; their next message comes to this case."""
        case = self.cases.get(number)
        reply = question_to_resident(text, case.reference)
        return self._leased(Action.ASK, number, by, version=version, text=text, reply=reply)

    def decide(self, number: int, by: Person, version: int | None, choice: Choice) -> Case:
        """Answer, refuse, refer or report a call.

        The words go out when the seconds for taking back are over, or when a second lawyer agrees.

        Raises:
            CitationsWrong: what the text cites does not hold; nothing is sent.
        """
        case, now = self.cases.get(number), self.now()
        on = now.astimezone(COUNTY).date()
        outcome, text, reply = compose(case, choice, self.library, on)
        command = Command(
            Action.DECIDE,
            by,
            now,
            version=version,
            text=text,
            reason=choice.reason,
            until=now + self.policy.undo,
            outcome=outcome,
            reply=reply,
            second=self.policy.second_reasons(case, _amount(case), self.agreement()),
            hand_back=choice.hand_back,
        )
        return self.cases.act(number, lambda current: apply(current, command))

    def undo(self, number: int, by: Person) -> Case:
        """Take a decision back before it goes out."""
        return self._leased(Action.UNDO, number, by)

    def confirm(self, number: int, by: Person, version: int | None) -> Case:
        """A second lawyer agrees."""
        now = self.now()
        command = Command(Action.CONFIRM, by, now, version=version, until=now + self.policy.undo)
        return self.cases.act(number, lambda case: apply(case, command))

    def send_back(self, number: int, by: Person, version: int | None, reason: str) -> Case:
        """A second lawyer does not agree."""
        return self._do(Action.SEND_BACK, number, by, version=version, reason=reason)

    def take_charge(self, number: int, by: Person) -> Case:
        """Speak with the resident in the machine's place."""
        return self._do(Action.TAKE_CHARGE, number, by)

    def hand_back(self, number: int, by: Person) -> Case:
        """Let the machine answer again."""
        return self._do(Action.HAND_BACK, number, by)

    def look(self, number: int, by: Person) -> Case:
        """Open a case; every look is accounted for."""
        return self._do(Action.LOOK, number, by)

    def reveal(self, number: int, by: Person) -> Case:
        """Look at what is masked; the look is accounted for."""
        return self._do(Action.REVEAL, number, by)

    def retry(self, number: int, by: Person) -> Case:
        """Send once more what a channel could not bring."""
        return self._do(Action.RETRY, number, by)

    def close(self, number: int, by: Person, reason: str) -> Case:
        """Nothing more is to be done."""
        return self._do(Action.CLOSE, number, by, reason=reason)

    def rate(self, number: int, score: int) -> Case:
        """The resident says how it was; a bad rating brings the case back."""
        case = self._do(Action.RATE, number, RESIDENT, score=score)
        if score > self.policy.bad_score:
            return case
        command = Command(Action.RECTIFY, MACHINE, self.now())
        return self.cases.act(
            number,
            lambda now_rated: apply(
                now_rated, replace(command, due_at=self.policy.put_right(now_rated, command.at))
            ),
        )

    def _leased(self, action: Action, number: int, by: Person, **more: object) -> Case:
        return self._do(action, number, by, until=self.now() + self.policy.lease, **more)

    def _do(self, action: Action, number: int, by: Person, **more: object) -> Case:
        command = Command(action, by, self.now(), **more)  # type: ignore[arg-type]

        def step(case: Case) -> Step:
            due = self.policy.resumed(case, command.at) if case.paused_at else None
            return apply(case, replace(command, due_at=due))

        return self.cases.act(number, step)


def _amount(case: Case) -> Decimal | None:
    """The largest sum the resident named, in yuan."""
    return max((money.yuan for money in find_money(case.question)), default=None)
