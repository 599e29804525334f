"""Who may take an action; each of these refuses by raising."""

from __future__ import annotations

from api.review.errors import NotAllowed, Taken
from api.review.people import Right, Role
from api.review.types import Case, Command


def machine(_case: Case, command: Command) -> None:
    """Only the program itself."""
    if command.by.role is not Role.MACHINE:
        raise NotAllowed("这一步只由系统自动完成。")


def resident(_case: Case, command: Command) -> None:
    """Only the resident."""
    if command.by.role is not Role.RESIDENT:
        raise NotAllowed("这一步只能由居民本人完成。")


def worker(_case: Case, command: Command) -> None:
    """Anyone who works on cases."""
    if not command.by.may(Right.WORK):
        raise NotAllowed("您的角色不能办理案件。")


def owner(case: Case, command: Command) -> None:
    """The person whose lease is alive."""
    worker(case, command)
    holder = case.held_by(command.at)
    if holder and holder != command.by.name:
        raise Taken(case.reference, holder)
    if not holder:
        raise NotAllowed("您还没有领办这个案件，或者领办已经过期。请先点“领办”，写好的文字还在。")


def newcomer(case: Case, command: Command) -> None:
    """Anyone who works on cases, while nobody else has this one."""
    worker(case, command)
    holder = case.held_by(command.at)
    if holder and holder != command.by.name:
        raise Taken(case.reference, holder)


def supervisor(_case: Case, command: Command) -> None:
    """Only a supervisor."""
    if not command.by.may(Right.TAKE_OVER):
        raise NotAllowed("只有主管可以转办。")


def decider(case: Case, command: Command) -> None:
    """The person whose decision is about to go out."""
    worker(case, command)
    if command.by.name != (case.confirmed_by or case.decided_by):
        raise NotAllowed("只有作出这个决定的人可以撤回。")


def speaker(case: Case, command: Command) -> None:
    """The person who speaks with the resident, or a supervisor."""
    worker(case, command)
    if command.by.name != case.in_charge and not command.by.may(Right.TAKE_OVER):
        raise NotAllowed(f"现在由{case.in_charge or '机器'}与居民对话。")


def worker_or_machine(case: Case, command: Command) -> None:
    """The program, or anyone who works on cases."""
    if command.by.role is not Role.MACHINE:
        worker(case, command)
