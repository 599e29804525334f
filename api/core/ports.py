"""What the way of a question needs from outside, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from api.core.gate import Trust
from api.core.types import (
    Context,
    Draft,
    Handoff,
    Message,
    OpenCases,
    Outcome,
    Promise,
    Reading,
    Reply,
    Stage,
    Step,
)
from knowledge.citations.types import Finding
from knowledge.corpus import Corpus
from knowledge.danger import Danger
from knowledge.retriever import Found
from knowledge.rules.parameters import Parameters, load_parameters


class Dialogue(Protocol):
    """Finds out what the person wants."""

    async def next(self, words: str, conversation: str, cases: OpenCases | None = None) -> Step:
        """The next step; raises DialogueUnavailable.

        `cases` are the forms half filled in as they were last stored: a dialogue that was
        started anew since takes them up again.
        """


class Library(Protocol):
    """The law, searchable; raises SearchUnavailable when there is no index."""

    @property
    def corpus(self) -> Corpus:
        """The laws held."""

    def search(self, question: str, on: date, limit: int, reading: str = "") -> Found:
        """Articles and FAQ entries, best first; what another reading finds is added."""

    def danger(self, words: str) -> Danger:
        """How near the words are to danger, by their meaning."""

    def compose(self, found: Found, on: date) -> Draft:
        """A draft of what was found, with its calibrated confidence."""

    def verify(self, text: str, on: date) -> list[Finding]:
        """What every citation in the text amounts to."""


class Deadlines(Protocol):
    """By when lawyers answer."""

    def promise(self, words: str, why: Sequence[str], now: datetime) -> Promise:
        """The deadline of a question held for these reasons."""


@dataclass(frozen=True)
class Accepted:
    """A stored message; `reply` is there when it was answered before."""

    id: int
    reply: StoredReply | None


@dataclass(frozen=True)
class StoredReply:
    """A reply as it went out, with its number in the conversation."""

    id: int
    reply: Reply
    created_at: datetime


class Store(Protocol):
    """Rows that must not be lost; raises StorageUnavailable."""

    def accept(self, message: Message) -> Accepted:
        """Store an incoming message, or find the one stored under the same id."""

    def context(self, conversation: str) -> Context:
        """What was last talked about."""

    def finish(self, accepted: Accepted, message: Message, outcome: Outcome) -> StoredReply:
        """Reply, case, context and outbox in one transaction; a second call finds the first's."""


class Counter(Protocol):
    """The county's counter: places, legal aid, papers, referrals."""

    def serve(self, step: Handoff, message: Message, words: str) -> Reply | None:
        """The reply to what belongs to the counter; None to everything else."""

    def after(self, step: Handoff, message: Message, reply: Reply) -> Reply:
        """A worked-out sum with the ways to go on from it: the paper to file, the place."""


class NoCounter:
    """Stands where no county profile is wanted, as in the terminal."""

    def serve(self, _step: Handoff, _message: Message, _words: str) -> Reply | None:
        """Nothing is served."""
        return None

    def after(self, _step: Handoff, _message: Message, reply: Reply) -> Reply:
        """The reply as it is."""
        return reply


def taken_as_heard(_words: str, _region: str) -> Reading | None:
    """Nobody looks for other ways spoken words may have been meant."""
    return None


def unwatched(_stage: Stage) -> None:
    """Nobody waits to be told."""


@dataclass(frozen=True)
class Services:
    """Everything one question needs."""

    normalise: Callable[[str], str]
    dialogue: Dialogue
    library: Library
    store: Store
    policy: Trust
    deadlines: Deadlines
    now: Callable[[], datetime]
    counter: Counter = field(default_factory=NoCounter)
    parameters: Parameters = field(default_factory=load_parameters)
    progress: Callable[[Stage], None] = unwatched
    reading: Callable[[str, str], Reading | None] = taken_as_heard
