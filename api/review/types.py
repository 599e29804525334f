"""A case and what is done with it, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from api.core.types import Draft, Reply
from api.review.people import Person


class State(StrEnum):
    """Where a case stands (DESIGN section 6)."""

    DRAFTED = "drafted"
    QUEUED = "queued"
    CLAIMED = "claimed"
    MORE_INFO = "more_info"
    APPROVED = "approved"
    EDITED = "edited"
    REJECTED = "rejected"
    REFERRED = "referred"
    CALLED_BACK = "called_back"
    SECOND_REVIEW = "second_review"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    RATED = "rated"
    RECTIFY = "rectify"
    CLOSED = "closed"


DECIDED = frozenset(
    {State.APPROVED, State.EDITED, State.REJECTED, State.REFERRED, State.CALLED_BACK}
)
WAITING = frozenset({State.QUEUED, State.CLAIMED, State.SECOND_REVIEW, State.RECTIFY})
OPEN = WAITING | DECIDED | {State.MORE_INFO}


class Action(StrEnum):
    """What can be done with a case."""

    OPEN = "open"
    CLAIM = "claim"
    RENEW = "renew"
    SAVE = "save"
    RELEASE = "release"
    EXPIRE = "expire"
    TAKE_OVER = "take_over"
    ASK = "ask"
    TOLD = "told"
    DECIDE = "decide"
    UNDO = "undo"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    SEND = "send"
    DELIVER = "deliver"
    FAIL = "fail"
    RETRY = "retry"
    RATE = "rate"
    RECTIFY = "rectify"
    CLOSE = "close"
    TAKE_CHARGE = "take_charge"
    HAND_BACK = "hand_back"
    ESCALATE = "escalate"
    LOOK = "look"
    REVEAL = "reveal"


@dataclass(frozen=True)
class Case:
    """A held question.

    `owner` has it until `lease_until`; `in_charge` is the person who speaks with the resident
    in the machine's place, until the answer is out if `hand_back`, else until they hand back;
    `decided_by` stands behind `reply`, which goes out at `send_at`; `second` are the reasons
    why another lawyer must agree first, `confirmed_by` who did.
    `paused_at` is set while the resident is being waited for.
    """

    id: int
    reference: str
    conversation: str
    topic: str
    question: str
    why: tuple[str, ...]
    draft: Draft | None
    draft_text: str
    created_at: datetime
    due_at: datetime
    kind: str = "normal"
    urgency: int = 2
    town: str = ""
    language: str = ""
    state: State = State.DRAFTED
    version: int = 0
    assigned_to: str = ""
    owner: str = ""
    lease_until: datetime | None = None
    in_charge: str = ""
    hand_back: bool = True
    working: str = ""
    paused_at: datetime | None = None
    outcome: State | None = None
    decided_by: str = ""
    reason: str = ""
    answer: str = ""
    reply: Reply | None = None
    second: tuple[str, ...] = ()
    confirmed_by: str = ""
    send_at: datetime | None = None
    sent_at: datetime | None = None
    sent_message: int | None = None
    score: int | None = None
    escalated_at: datetime | None = None

    def held_by(self, now: datetime) -> str:
        """Who has the case now; empty when nobody has, or the lease ran out."""
        alive = self.lease_until is not None and self.lease_until > now
        return self.owner if alive else ""


@dataclass(frozen=True)
class Command:
    """Somebody wants something done with a case.

    `version` is the one the person saw; `until` the new end of a lease, of a pause's deadline
    or of the seconds for taking back, as the action has it.
    """

    action: Action
    by: Person
    at: datetime
    version: int | None = None
    text: str = ""
    reason: str = ""
    until: datetime | None = None
    due_at: datetime | None = None
    outcome: State | None = None
    reply: Reply | None = None
    second: tuple[str, ...] = ()
    hand_back: bool = True
    score: int | None = None


@dataclass(frozen=True)
class Event:
    """One row of the audit trail: who did what to which case, and what it was before and after.

    `details` may hold names of states and numbers only; words of people go into `texts`,
    which can be erased without breaking the chain.
    """

    action: str
    by: str
    at: datetime
    case: int | None = None
    before: str = ""
    after: str = ""
    details: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """What a command brings about, stored in one transaction.

    `say` goes to the resident; no event means nothing happened that anyone must account for.
    """

    case: Case
    event: Event | None
    say: Reply | None = None
