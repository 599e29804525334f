"""The one state machine of a case: which action from where, by whom, and what is recorded.

drafted ─ open ─> queued ─ claim ─> claimed ─ decide ─> approved | edited | rejected |
                    ^                 |  ^              referred | called_back ─ send ─> sent
                    └─ release, expire┘  └─ told          |  ^                            |
                                      ask ─> more_info    v  └ confirm                    v
                                                   second_review            delivered | failed
delivered ─ rate ─> rated ─ rectify ─> rectify ─ claim ─> …           any end ─ close ─> closed
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from api.core.types import Reply
from api.review import changes, who
from api.review.errors import Stale, WordsMissing, WrongState
from api.review.types import DECIDED, OPEN, Action, Case, Command, Event, State, Step

STATE_NAMES = {
    State.DRAFTED: "起草中",
    State.QUEUED: "待领办",
    State.CLAIMED: "办理中",
    State.MORE_INFO: "等居民补充",
    State.APPROVED: "通过，待发送",
    State.EDITED: "改后通过，待发送",
    State.REJECTED: "不予答复，待发送",
    State.REFERRED: "转介，待发送",
    State.CALLED_BACK: "已回电，待发送",
    State.SECOND_REVIEW: "待二审",
    State.SENT: "已发送",
    State.DELIVERED: "已送达",
    State.FAILED: "没送到",
    State.RATED: "已评价",
    State.RECTIFY: "差评待整改",
    State.CLOSED: "已办结",
}
_HELD = frozenset({State.CLAIMED, State.MORE_INFO, State.SECOND_REVIEW})
_OUT = frozenset({State.SENT, State.DELIVERED, State.FAILED, State.RATED})
_ANY = frozenset(State) - {State.DRAFTED}


@dataclass(frozen=True)
class Rule:
    """One row of the machine.

    A `quiet` action moves nothing anyone must account for. A `free` one leaves the version
    alone: a colleague's open page need not be told.
    """

    sources: frozenset[State]
    who: Callable[[Case, Command], None]
    change: Callable[[Case, Command], Case]
    reason: bool = False
    quiet: bool = False
    free: bool = False


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


RULES: dict[Action, Rule] = {
    Action.OPEN: Rule(_from(State.DRAFTED), who.machine, changes.opened),
    Action.CLAIM: Rule(_HELD | {State.QUEUED, State.RECTIFY}, who.newcomer, changes.claimed),
    Action.RENEW: Rule(_HELD | DECIDED, who.owner, changes.renewed, quiet=True, free=True),
    Action.SAVE: Rule(_HELD, who.owner, changes.saved, quiet=True, free=True),
    Action.RELEASE: Rule(_HELD, who.owner, changes.released),
    Action.EXPIRE: Rule(_HELD, who.machine, changes.expired),
    Action.TAKE_OVER: Rule(_HELD | DECIDED, who.supervisor, changes.taken_over, reason=True),
    Action.ASK: Rule(_from(State.CLAIMED), who.owner, changes.asked),
    Action.TOLD: Rule(_ANY - {State.CLOSED}, who.resident, changes.told),
    Action.DECIDE: Rule(_from(State.CLAIMED), who.owner, changes.decided),
    Action.UNDO: Rule(DECIDED | {State.SECOND_REVIEW}, who.decider, changes.undone),
    Action.CONFIRM: Rule(_from(State.SECOND_REVIEW), who.owner, changes.confirmed),
    Action.SEND_BACK: Rule(_from(State.SECOND_REVIEW), who.owner, changes.sent_back, reason=True),
    Action.SEND: Rule(DECIDED, who.machine, changes.sent),
    Action.DELIVER: Rule(_from(State.SENT, State.FAILED), who.machine, changes.delivered),
    Action.FAIL: Rule(_from(State.SENT), who.machine, changes.failed, reason=True),
    Action.RETRY: Rule(_from(State.FAILED), who.worker, changes.retried),
    Action.RATE: Rule(_from(State.SENT, State.DELIVERED, State.RATED), who.resident, changes.rated),
    Action.RECTIFY: Rule(_from(State.RATED), who.worker_or_machine, changes.rectified),
    Action.CLOSE: Rule(_OUT | {State.RECTIFY}, who.worker_or_machine, changes.closed, reason=True),
    Action.TAKE_CHARGE: Rule(_from(State.CLAIMED), who.owner, changes.charge_taken),
    Action.HAND_BACK: Rule(_ANY, who.speaker, changes.handed_back),
    Action.ESCALATE: Rule(OPEN, who.machine, changes.escalated, free=True),
    Action.LOOK: Rule(_ANY, who.worker, changes.unchanged, free=True),
    Action.REVEAL: Rule(_ANY, who.worker, changes.unchanged, free=True),
}


def apply(case: Case, command: Command) -> Step:
    """The case after the command, with the row for the audit trail.

    Raises:
        CoreError: it may not be done, and why; nothing has changed.
    """
    rule = RULES[command.action]
    if case.state not in rule.sources:
        raise WrongState(f"{case.reference}现在是“{STATE_NAMES[case.state]}”，不能这样办理。")
    rule.who(case, command)
    if command.version is not None and command.version != case.version:
        raise Stale(f"{case.reference}刚刚有了变化，您的文字还在。请看过最新情况再提交。")
    if rule.reason and not command.reason.strip():
        raise WordsMissing("请写明原因。", "reason")
    changed = rule.change(case, command)
    if not rule.free:
        changed = replace(changed, version=case.version + 1)
    event = None if rule.quiet else _event(case, changed, command)
    return Step(changed, event, _said(changed, command))


def _event(before: Case, after: Case, command: Command) -> Event:
    details = {
        "outcome": command.outcome or "",
        "owner": after.owner if after.owner != before.owner else "",
        "in_charge": after.in_charge if after.in_charge != before.in_charge else "",
        "score": str(command.score or ""),
    }
    texts = {"reason": command.reason, "text": command.text}
    return Event(
        action=command.action,
        by=command.by.name,
        at=command.at,
        case=before.id,
        before=before.state,
        after=after.state,
        details={name: value for name, value in details.items() if value},
        texts={name: text for name, text in texts.items() if text.strip()},
    )


def _said(case: Case, command: Command) -> Reply | None:
    """What goes to the resident with this step."""
    if command.action is Action.ASK:
        return command.reply
    return case.reply if command.action in (Action.SEND, Action.RETRY) else None
