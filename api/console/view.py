"""Cases as pages and the API show them: nothing personal unless somebody asked to see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from api.office import Office
from api.review.people import Person
from api.review.policy import Due
from api.review.states import STATE_NAMES
from api.review.types import DECIDED, Case, State
from nlu.redact import redact

_EXCERPT = 60


class CaseOut(BaseModel):
    """A case as its state stands at this moment."""

    model_config = ConfigDict(frozen=True)

    id: int
    reference: str
    state: State
    state_name: str
    version: int
    topic: str
    kind: str
    urgency: int
    due: Due
    due_at: datetime
    created_at: datetime
    town: str
    language: str
    owner: str
    mine: bool
    assigned_to: str
    in_charge: str
    question: str
    why: list[str]
    draft: str
    working: str
    answer: str
    decided_by: str
    confirmed_by: str
    second: list[str]
    send_at: datetime | None
    sent_at: datetime | None
    score: int | None


def case_out(case: Case, office: Office, person: Person, *, revealed: bool = False) -> CaseOut:
    """The case for this person; numbers of people, phones and cards masked unless revealed."""
    now = office.desk.now()
    owner = case.held_by(now) or (case.owner if case.state in DECIDED else "")
    return CaseOut(
        id=case.id,
        reference=case.reference,
        state=case.state,
        state_name=STATE_NAMES[case.state],
        version=case.version,
        topic=case.topic,
        kind=office.policy.kind(case.kind).label,
        urgency=case.urgency,
        due=office.policy.due(case, now),
        due_at=case.due_at,
        created_at=case.created_at,
        town=case.town,
        language=case.language,
        owner=owner,
        mine=owner == person.name,
        assigned_to=case.assigned_to,
        in_charge=case.in_charge,
        question=case.question if revealed else redact(case.question),
        why=list(case.why),
        draft=case.draft_text,
        working=case.working if owner == person.name else "",
        answer=case.answer,
        decided_by=case.decided_by,
        confirmed_by=case.confirmed_by,
        second=list(case.second),
        send_at=case.send_at,
        sent_at=case.sent_at,
        score=case.score,
    )


def row(case: Case, office: Office, person: Person) -> dict[str, Any]:
    """A line of the queue."""
    shown = case_out(case, office, person)
    question = shown.question
    excerpt = question[:_EXCERPT] + ("……" if len(question) > _EXCERPT else "")
    return {**shown.model_dump(), "excerpt": excerpt}
