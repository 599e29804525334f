"""Values of one question on its way: message, hand-off, draft, reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

LABEL_MACHINE = "本回复由人工智能生成，未经律师审核，仅供参考。"
LABEL_REVIEWED = "本回复由人工智能起草，已经律师审核，仅供参考。"
LABEL_LAWYER = "本回复由律师作出，供您参考。"
HUMAN = "想找真人：拨打12348法律服务热线，或发送“转人工”。"


class Decision(StrEnum):
    """What becomes of a question."""

    RELEASE = "release"
    HOLD = "hold"
    CLARIFY = "clarify"
    OUT_OF_SCOPE = "out_of_scope"
    URGENT = "urgent"
    SMALLTALK = "smalltalk"
    SILENT = "silent"  # a lawyer speaks with the resident; the machine says nothing


class Stage(StrEnum):
    """What is being done about a question, in the words a waiting resident reads."""

    READING = "正在看您说的事"
    SEARCHING = "正在查现行法律"
    CHECKING = "正在逐条核对出处"


class Author(StrEnum):
    """Who wrote a message."""

    RESIDENT = "resident"
    MACHINE = "machine"
    LAWYER = "lawyer"


@dataclass(frozen=True)
class Message:
    """One message of a resident; `external_id` is the channel's own and unique there.

    `spoken` is the region whose sounds to allow for in words heard aloud, "" where none was told;
    None for words that were written. `standard` are words the speaker confirmed, in standard ones
    for their dialect's: searched as well.
    """

    conversation: str
    channel: str
    text: str
    external_id: str
    spoken: str | None = None
    standard: str = ""


@dataclass(frozen=True)
class Reading:
    """Another way spoken words may have been meant, which nobody has confirmed.

    `text` is for the search; `meant` has each place as it was heard, and what may have been said;
    `region` is the speaker's.
    """

    text: str
    meant: tuple[tuple[str, str], ...]
    region: str = ""


OpenCases = Mapping[str, Any]


@dataclass(frozen=True)
class Ask:
    """The dialogue wants to know something before it can hand off."""

    question: str


@dataclass(frozen=True)
class Handoff:
    """What the dialogue found to be done, with the facts it gathered.

    `lead` belongs before what comes of it (好，欠了几个月改成5个月。), `said` after.
    """

    task: str
    facts: dict[str, str] = field(default_factory=dict)
    said: str = ""
    lead: str = ""


Step = Ask | Handoff


@dataclass(frozen=True)
class Citation:
    """A cited article as the resident sees it; `text` is verbatim."""

    ref: str
    law: str
    article: str
    text: str
    status: str
    valid_from: str | None
    version: str | None
    chapter: str
    valid_until: str | None = None  # known when a newer text is already adopted


@dataclass(frozen=True)
class Draft:
    """An answer before anyone decided whether it may go out; `rules` are calculators for it."""

    answer: str
    citations: tuple[Citation, ...] = ()
    steps: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    confidence: float | None = None
    topic: str = ""
    source: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Number:
    """A telephone number to call now."""

    label: str
    number: str


@dataclass(frozen=True)
class Suggestion:
    """Something the resident may send next with one tap."""

    title: str
    text: str


@dataclass(frozen=True)
class Link:
    """A page of ours where the resident goes on."""

    title: str
    url: str


@dataclass(frozen=True)
class Reply:
    """What goes out to the resident; the parts a channel lays out as it can.

    `ways` stand in a reply that asks what was meant: its suggestions are the answers, the first
    yes, the last no, and these are words that name each but the last (`nlu.confirming`).
    `region` is the speaker's.
    """

    decision: Decision
    answer: str
    citations: tuple[Citation, ...] = ()
    steps: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    notices: tuple[str, ...] = ()
    why_held: tuple[str, ...] = ()
    promise: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    ways: tuple[str, ...] = ()
    region: str = ""
    links: tuple[Link, ...] = ()
    confidence: float | None = None
    reference: str | None = None
    author: Author = Author.MACHINE
    reviewed: bool = False
    label: str = LABEL_MACHINE
    human: str = HUMAN


@dataclass(frozen=True)
class Context:
    """What was last talked about in a conversation, the lawyer who now speaks there, and the
    forms half filled in (the dialogue's own JSON, see nlu/forms/webhook.py).

    `asked` is the last reply, while it asks what was meant.
    """

    question: str = ""
    topic: str = ""
    in_charge: str = ""
    cases: OpenCases | None = None
    asked: Reply | None = None


@dataclass(frozen=True)
class Promise:
    """By when a lawyer answers; `kind` and `urgency` (0 first) order the lawyers' queue."""

    due_at: datetime
    kind: str = "normal"
    urgency: int = 2


@dataclass(frozen=True)
class Hold:
    """A question kept for a lawyer, with the draft and the reasons in words."""

    question: str
    topic: str
    why: tuple[str, ...]
    promise: Promise
    draft: Draft | None = None


@dataclass(frozen=True)
class Outcome:
    """All that one question brings about; stored in one transaction."""

    reply: Reply
    hold: Hold | None = None
    context: Context | None = None
    source: str = ""
