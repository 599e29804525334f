"""What each action makes of a case; `states.RULES` says from where and by whom."""

from __future__ import annotations

from dataclasses import replace

from api.review.errors import NotAllowed, TooLate, WordsMissing, WrongState
from api.review.types import DECIDED, Case, Command, State


def opened(case: Case, _command: Command) -> Case:
    """Into the queue."""
    return replace(case, state=State.QUEUED)


def claimed(case: Case, command: Command) -> Case:
    """Somebody has it; a second review stays one."""
    mine = replace(case, owner=command.by.name, lease_until=command.until)
    if case.state is State.SECOND_REVIEW:
        _another(case, command)
        return mine
    return replace(_resumed(mine, command), state=State.CLAIMED)


def renewed(case: Case, command: Command) -> Case:
    """The lease lasts longer."""
    return replace(case, lease_until=command.until)


def saved(case: Case, command: Command) -> Case:
    """Words kept while they are being written."""
    return replace(case, working=command.text)


def released(case: Case, _command: Command) -> Case:
    """Nobody has it."""
    free = replace(case, owner="", lease_until=None)
    return replace(free, state=State.QUEUED) if case.state is State.CLAIMED else free


def expired(case: Case, command: Command) -> Case:
    """The lease ran out."""
    if not case.owner or case.held_by(command.at):
        raise WrongState(f"{case.reference}的领办还没有过期。")
    return released(case, command)


def taken_over(case: Case, command: Command) -> Case:
    """A supervisor has it; a decision on its way out is stopped."""
    if case.state is State.SECOND_REVIEW:
        _another(case, command)
    state = State.CLAIMED if case.state in DECIDED else case.state
    return replace(
        case,
        state=state,
        owner=command.by.name,
        lease_until=command.until,
        in_charge=command.by.name if case.in_charge else "",
        send_at=None,
        confirmed_by="",
    )


def asked(case: Case, command: Command) -> Case:
    """The resident is asked; the deadline's clock stops and the machine is silent."""
    if not command.text.strip():
        raise WordsMissing("请写下要问居民的话。", "text")
    return replace(
        case,
        state=State.MORE_INFO,
        paused_at=command.at,
        in_charge=command.by.name,
        lease_until=command.until or case.lease_until,
    )


def told(case: Case, command: Command) -> Case:
    """The resident said something while a person is in charge."""
    if case.state is State.MORE_INFO:
        holder = case.held_by(command.at)
        state = State.CLAIMED if holder else State.QUEUED
        back = replace(case, state=state, assigned_to=case.owner or case.assigned_to)
        return _resumed(back if holder else replace(back, owner="", lease_until=None), command)
    if case.state in (State.SENT, State.DELIVERED, State.RATED):
        due = command.due_at or case.due_at
        return replace(case, state=State.QUEUED, assigned_to=case.in_charge, due_at=due)
    return case


def decided(case: Case, command: Command) -> Case:
    """A decision that goes out after the seconds for taking back, or to a second lawyer first."""
    if command.outcome not in DECIDED or command.reply is None:
        raise WordsMissing("请选择怎样答复。", "outcome")
    made = replace(
        case,
        outcome=command.outcome,
        decided_by=command.by.name,
        confirmed_by="",
        reason=command.reason,
        answer=command.text,
        working=command.text,
        reply=command.reply,
        second=command.second,
        hand_back=command.hand_back,
    )
    if command.second:
        return replace(made, state=State.SECOND_REVIEW, owner="", lease_until=None, send_at=None)
    return replace(made, state=command.outcome, send_at=command.until)


def undone(case: Case, command: Command) -> Case:
    """Back on the decider's desk."""
    if case.state in DECIDED and (case.send_at is None or command.at >= case.send_at):
        raise TooLate(f"{case.reference}的答复已经发出，不能撤回了。需要更正请再写一条。")
    if case.state is State.SECOND_REVIEW and case.held_by(command.at):
        raise TooLate(f"{case.reference}已由{case.owner}二审，不能撤回了。")
    state = State.SECOND_REVIEW if case.confirmed_by else State.CLAIMED
    mine = replace(case, state=state, owner=command.by.name, lease_until=command.until)
    return replace(mine, send_at=None, confirmed_by="")


def confirmed(case: Case, command: Command) -> Case:
    """Another lawyer agrees."""
    _another(case, command)
    if case.outcome is None:
        raise WrongState(f"{case.reference}还没有可以确认的答复。")
    return replace(case, state=case.outcome, confirmed_by=command.by.name, send_at=command.until)


def sent_back(case: Case, command: Command) -> Case:
    """Another lawyer does not agree: the first one looks again."""
    _another(case, command)
    return replace(
        case,
        state=State.QUEUED,
        owner="",
        lease_until=None,
        assigned_to=case.decided_by,
        outcome=None,
        reply=None,
        send_at=None,
        reason=command.reason,
    )


def sent(case: Case, command: Command) -> Case:
    """The answer goes out; who stands behind it is checked once more."""
    behind = case.confirmed_by or case.decided_by
    if case.send_at is None or command.at < case.send_at:
        raise WrongState(f"{case.reference}还在可以撤回的时间里。")
    if not behind or case.owner != behind or (case.second and not case.confirmed_by):
        raise NotAllowed(f"{case.reference}已经换了人办理，这个答复没有发出。")
    return replace(
        case,
        state=State.SENT,
        sent_at=command.at,
        owner="",
        lease_until=None,
        send_at=None,
        in_charge="" if case.hand_back else case.in_charge,
    )


def delivered(case: Case, _command: Command) -> Case:
    """The resident's page has it."""
    return replace(case, state=State.DELIVERED)


def failed(case: Case, _command: Command) -> Case:
    """The channel could not bring it."""
    return replace(case, state=State.FAILED)


def retried(case: Case, command: Command) -> Case:
    """Once more through the outbox."""
    return replace(case, state=State.SENT, sent_at=command.at)


def rated(case: Case, command: Command) -> Case:
    """The resident said how it was, 1 (bad) to 5."""
    if command.score is None or not 1 <= command.score <= 5:
        raise WordsMissing("请选一到五分。", "score")
    return replace(case, state=State.RATED, score=command.score)


def rectified(case: Case, command: Command) -> Case:
    """A bad rating: the case is to be looked at again."""
    return replace(case, state=State.RECTIFY, urgency=1, due_at=command.due_at or case.due_at)


def closed(case: Case, _command: Command) -> Case:
    """Nothing more is to be done."""
    return replace(case, state=State.CLOSED, in_charge="")


def charge_taken(case: Case, command: Command) -> Case:
    """The person speaks with the resident; the machine is silent."""
    return replace(case, in_charge=command.by.name)


def handed_back(case: Case, _command: Command) -> Case:
    """The machine answers again."""
    return replace(case, in_charge="")


def escalated(case: Case, command: Command) -> Case:
    """The supervisor is told, once: another process may just have done it."""
    if case.escalated_at:
        raise WrongState(f"{case.reference}已经报告给主管了。")
    return replace(case, escalated_at=command.at)


def unchanged(case: Case, _command: Command) -> Case:
    """Only accounted for."""
    return case


def _resumed(case: Case, command: Command) -> Case:
    """The deadline's clock runs again."""
    if case.paused_at is None:
        return case
    return replace(case, paused_at=None, due_at=command.due_at or case.due_at)


def _another(case: Case, command: Command) -> None:
    if command.by.name == case.decided_by:
        raise NotAllowed("二审要由另一位律师来做。")
