"""A state machine as a table: which step leads where, who may take it, and what it needs said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from api.casework.errors import FormInvalid, StepRefused

_LONGEST_NOTE = 1000


class Role(StrEnum):
    """Who takes a step."""

    RESIDENT = "resident"
    STAFF = "staff"


@dataclass(frozen=True)
class Step:
    """One step: the states it starts from, the state it leads to, what must be said."""

    label: str
    begins: frozenset[str]
    to: str
    by: Role
    note: str = ""


@dataclass(frozen=True)
class Machine:
    """All steps of one kind of case."""

    first: str
    states: Mapping[str, str]
    steps: Mapping[str, Step]

    def open_to(self, state: str, role: Role) -> dict[str, Step]:
        """The steps this role may take now."""
        return {n: s for n, s in self.steps.items() if state in s.begins and s.by is role}

    def after(self, state: str, name: str, role: Role, note: str = "") -> str:
        """The state after a step.

        Raises:
            StepRefused: there is no such step from here for this role.
            FormInvalid: the step needs something said, or too much was said.
        """
        step = self.open_to(state, role).get(name)
        if step is None:
            now = self.states.get(state, state)
            raise StepRefused(f"现在是“{now}”，不能这样办；页面可能旧了，请刷新再看")
        if step.note and not note.strip():
            raise FormInvalid(f"请写明{step.note}", "note")
        if len(note) > _LONGEST_NOTE:
            raise FormInvalid(f"写得太长：最多{_LONGEST_NOTE}个字", "note")
        return step.to


def step(label: str, begins: str, to: str, by: Role = Role.STAFF, note: str = "") -> Step:
    """A step written short: `begins` names states between blanks."""
    return Step(label, frozenset(begins.split()), to, by, note)
