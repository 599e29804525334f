"""Who works at the desk, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is; one each. The last two never log in."""

    LAWYER = "lawyer"
    SUPERVISOR = "supervisor"
    ANALYST = "analyst"
    ADMIN = "admin"
    MACHINE = "machine"
    RESIDENT = "resident"


class Right(StrEnum):
    """One thing a role may or may not do."""

    WORK = "work"  # read cases and answer them
    TAKE_OVER = "take_over"  # take a case from a colleague
    PUBLISH = "publish"  # put a reviewed answer into the FAQ
    FIGURES = "figures"  # agreement and workload, no personal data
    AUDIT = "audit"  # verify and export the audit trail
    PEOPLE = "people"  # accounts


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.LAWYER: frozenset({Right.WORK}),
    Role.SUPERVISOR: frozenset(
        {Right.WORK, Right.TAKE_OVER, Right.PUBLISH, Right.FIGURES, Right.AUDIT}
    ),
    Role.ANALYST: frozenset({Right.FIGURES}),
    Role.ADMIN: frozenset({Right.PEOPLE, Right.AUDIT}),
    Role.MACHINE: frozenset(),
    Role.RESIDENT: frozenset(),
}
STAFF = (Role.LAWYER, Role.SUPERVISOR, Role.ANALYST, Role.ADMIN)
ROLE_NAMES = {
    Role.LAWYER: "律师",
    Role.SUPERVISOR: "主管",
    Role.ANALYST: "统计员",
    Role.ADMIN: "管理员",
}


@dataclass(frozen=True)
class Person:
    """Somebody who acts; `name` is what colleagues see and the audit trail keeps."""

    name: str
    role: Role
    topics: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def may(self, right: Right) -> bool:
        """Whether the role has the right.

        >>> Person("王律师", Role.LAWYER).may(Right.TAKE_OVER)
        False
        """
        return right in RIGHTS[self.role]


MACHINE = Person("系统", Role.MACHINE)
RESIDENT = Person("居民", Role.RESIDENT)
