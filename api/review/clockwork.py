"""What happens at the desk by the clock alone: answers go out, leases end, supervisors are told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from api.core.errors import CoreError
from api.review.people import MACHINE
from api.review.policy import DeskPolicy
from api.review.service import CaseRows
from api.review.states import apply
from api.review.types import Action, Case, Command

_log = logging.getLogger(__name__)


class DueRows(CaseRows, Protocol):
    """Cases for which something is due."""

    def to_send(self, now: datetime) -> Sequence[int]:
        """Decided, and the seconds for taking back are over."""

    def expired(self, now: datetime) -> Sequence[int]:
        """Owned, but the lease ran out."""

    def overdue(self, now: datetime) -> Sequence[int]:
        """Past the deadline, and the supervisor has not been told."""

    def unrated(self, before: datetime) -> Sequence[int]:
        """Delivered before that moment and never rated."""

    def tell_supervisors(self, case: Case, text: str) -> None:
        """A notice through the outbox."""


@dataclass(frozen=True)
class Clockwork:
    """Run `tick` about once a second; several processes may."""

    cases: DueRows
    policy: DeskPolicy
    sample: Callable[[Case], None]
    now: Callable[[], datetime]

    def tick(self) -> int:
        """Do whatever is due; returns how many cases were moved."""
        now = self.now()
        moved = [
            *(self._send(number) for number in self.cases.to_send(now)),
            *(self._try(Action.EXPIRE, number) for number in self.cases.expired(now)),
            *(self._escalate(number) for number in self.cases.overdue(now)),
            *(
                self._try(Action.CLOSE, number, "多日没有评价，自动办结")
                for number in self.cases.unrated(now - self.policy.close_after)
            ),
        ]
        return sum(moved)

    def _send(self, number: int) -> bool:
        """Send, and put a share of what is sent to a second pair of eyes."""
        if not self._try(Action.SEND, number):
            return False
        case = self.cases.get(number)
        if self.policy.in_sample(case.reference):
            self.sample(case)
        return True

    def _escalate(self, number: int) -> bool:
        if not self._try(Action.ESCALATE, number):
            return False
        case = self.cases.get(number)
        who = f"在{case.owner}手里" if case.owner else "还没有人领办"
        self.cases.tell_supervisors(case, f"{case.reference}已经超过答复时限，{who}。")
        return True

    def _try(self, action: Action, number: int, reason: str = "") -> bool:
        """Whether it was done; another process, or a person, may have been faster."""
        command = Command(action, MACHINE, self.now(), reason=reason)
        try:
            self.cases.act(number, lambda case: apply(case, command))
        except CoreError as error:
            _log.info("case %d: %s not done: %s", number, action, error.code)
            return False
        return True
