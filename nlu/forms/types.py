"""A form as data: its slots, and the case it builds up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any

from nlu.dates import Solar


class Kind(str, Enum):
    """How an answer is read."""

    MONEY = "money"
    MONTHS = "months"
    HOURS = "hours"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    YES_NO = "yes_no"
    EMPLOYER = "employer"
    TEXT = "text"


@dataclass(frozen=True)
class Option:
    """One answer of a choice: its code, its name, and words that mean it."""

    code: str
    label: str
    words: str


@dataclass(frozen=True)
class Slot:
    """One fact: the question, what to say when the answer was not understood, where else to look.

    `cue` finds the fact anywhere in a story by the words right before it, `after` by those right
    behind. An optional slot takes 不知道 for an answer; `none` are words that say there is nothing.
    """

    name: str
    label: str
    kind: Kind
    ask: str
    again: str = ""
    unit: str = ""
    optional: bool = False
    cue: str = ""
    after: str = ""
    options: tuple[Option, ...] = ()
    least: int = 0
    most: int = 100_000_000
    last_day: bool = False
    none: str = ""


@dataclass(frozen=True)
class Form:
    """Started by an intent, finished by one hand-off of `task` with `fixed` and the facts.

    `about` are the intents of questions on the same matter; empty where any matter can be meant.
    """

    name: str
    title: str
    intents: tuple[str, ...]
    task: str
    slots: tuple[Slot, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()

    def slot(self, name: str) -> Slot:
        """The slot of that name."""
        return next(slot for slot in self.slots if slot.name == name)


@dataclass(frozen=True)
class Case:
    """A form being filled: facts as plain text, what was asked last, what is not known.

    Nothing asked: it is finished, and kept for a while in case something is put right. `tries`
    counts answers not understood, then remarks since.
    """

    form: str
    facts: Mapping[str, str] = field(default_factory=dict)
    asked: str = ""
    unknown: tuple[str, ...] = ()
    tries: int = 0

    @property
    def finished(self) -> bool:
        """Whether all was told and handed off."""
        return not self.asked

    def with_facts(self, facts: Mapping[str, str]) -> Case:
        """The case with more facts, later ones winning."""
        known = tuple(name for name in self.unknown if name not in facts)
        return replace(self, facts={**self.facts, **facts}, unknown=known)


@dataclass(frozen=True)
class Calendar:
    """Today in the county, and how lunar days are found; without `solar` they are passed over."""

    today: date
    solar: Solar | None = None


def case_from(raw: object) -> Case | None:
    """A case out of a slot's JSON; None for anything else."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("form"), str):
        return None
    facts = raw.get("facts") or {}
    return Case(
        form=raw["form"],
        facts={str(name): str(value) for name, value in facts.items()},
        asked=str(raw.get("asked") or ""),
        unknown=tuple(map(str, raw.get("unknown") or ())),
        tries=int(raw.get("tries") or 0),
    )


def as_json(case: Case) -> dict[str, Any]:
    """A case as a slot keeps it."""
    return {
        "form": case.form,
        "facts": dict(case.facts),
        "asked": case.asked,
        "unknown": list(case.unknown),
        "tries": case.tries,
    }


@dataclass(frozen=True)
class Said:
    """What a person said: the words, the intent, and hours since the turn before."""

    words: str
    intent: str
    hours_since: float = 0.0


QUESTION = re.compile(
    r"[?？]|吗|怎么|咋|如何|能不能|可不可以|可以不|要不要|是不是|有没有|"
    r"哪里|哪儿|哪个|什么|啥|该找|多久|多长|么样"
)
UNSURE = re.compile(
    r"不知道|不晓得|不清楚|不记得|记不[得清住]|想不起|忘了|忘记|没数|说不[准好清上]|算不清|不好说|不懂|搞不清|"
    r"^跳过|^没有?$|^无$|不填|不想说"
)
