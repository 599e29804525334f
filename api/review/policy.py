"""The desk's policy: deadlines by kind of case, leases, second reviews; read from YAML."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from api.core.types import Promise
from api.review.errors import PolicyInvalid
from api.review.types import OPEN, Case
from api.review.workdays import Workdays

SHIPPED = Path(__file__).with_name("policy.yml")


class Due(StrEnum):
    """How a deadline stands."""

    ON_TIME = "on_time"
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    DONE = "done"


@dataclass(frozen=True)
class Kind:
    """A kind of case: what fits it, and how much time there is."""

    name: str
    label: str
    urgency: int
    allowance: timedelta
    always: bool
    why: re.Pattern[str] | None
    words: re.Pattern[str] | None

    def fits(self, words: str, why: Sequence[str]) -> bool:
        """Whether a question held for these reasons is of this kind."""
        by_why = self.why and any(self.why.search(reason) for reason in why)
        by_words = self.words and self.words.search(words)
        return bool(by_why or by_words) or not (self.why or self.words)


@dataclass(frozen=True)
class SecondReview:
    """Which decisions need a second lawyer."""

    why: re.Pattern[str]
    topics: frozenset[str]
    amount_over: Decimal
    kappa_under: float
    kappa_pairs: int


@dataclass(frozen=True)
class DeskPolicy:
    """All of it; see policy.yml for what each part means."""

    workdays: Workdays
    kinds: tuple[Kind, ...]
    due_soon: timedelta
    lease: timedelta
    undo: timedelta
    second: SecondReview
    blind_share: float
    bad_score: int
    rectify: timedelta
    close_after: timedelta

    def promise(self, words: str, why: Sequence[str], now: datetime) -> Promise:
        """By when a question held for these reasons is answered."""
        kind = next(kind for kind in self.kinds if kind.fits(words, why))
        return Promise(self._add(kind, now, kind.allowance), kind.name, kind.urgency)

    def renewed(self, case: Case, now: datetime) -> datetime:
        """A whole new allowance for a case that comes back."""
        kind = self.kind(case.kind)
        return self._add(kind, now, kind.allowance)

    def put_right(self, case: Case, now: datetime) -> datetime:
        """By when a bad rating is put right: the case's own allowance, at most `rectify`."""
        return min(self.renewed(case, now), now + self.rectify)

    def resumed(self, case: Case, now: datetime) -> datetime:
        """The deadline after a pause: what time was left then is left now."""
        if case.paused_at is None or case.due_at <= case.paused_at:
            return case.due_at
        kind = self.kind(case.kind)
        if kind.always:
            return now + (case.due_at - case.paused_at)
        return self.workdays.add(now, self.workdays.between(case.paused_at, case.due_at))

    def due(self, case: Case, now: datetime) -> Due:
        """How the deadline stands at this moment."""
        if case.state not in OPEN:
            return Due.DONE
        if case.paused_at is not None:
            return Due.PAUSED
        if case.due_at < now:
            return Due.OVERDUE
        return Due.SOON if case.due_at - now <= self.due_soon else Due.ON_TIME

    def kind(self, name: str) -> Kind:
        """A kind by name; cases of a kind no longer in the file count as the last one."""
        return next((kind for kind in self.kinds if kind.name == name), self.kinds[-1])

    def second_reasons(
        self, case: Case, amount: Decimal | None, kappas: Mapping[str, tuple[int, float]]
    ) -> tuple[str, ...]:
        """Why another lawyer must agree before the answer goes out; none if none need."""
        rule, reasons = self.second, []
        reasons += [reason for reason in case.why if rule.why.search(reason)]
        if case.topic in rule.topics and not reasons:
            reasons.append(f"主题：{case.topic}")
        if amount is not None and amount > rule.amount_over:
            reasons.append(f"金额超过{rule.amount_over:,}元")
        pairs, agreement = kappas.get(case.topic, (0, 1.0))
        if pairs >= rule.kappa_pairs and agreement < rule.kappa_under:
            reasons.append(f"“{case.topic}”两位律师意见常不一致（κ={agreement:.2f}）")
        return tuple(reasons)

    def in_sample(self, reference: str) -> bool:
        """Whether the case is looked at twice, blindly; the same for every process."""
        number = int.from_bytes(hashlib.sha256(reference.encode()).digest()[:4])
        return number < self.blind_share * 2**32

    def _add(self, kind: Kind, now: datetime, allowance: timedelta) -> datetime:
        return now + allowance if kind.always else self.workdays.add(now, allowance)


def load_policy(path: Path = SHIPPED) -> DeskPolicy:
    """Read a policy file.

    Raises:
        PolicyInvalid: it is missing, or something in it is.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _policy(raw)
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, re.error) as error:
        raise PolicyInvalid(f"办案规则文件 {path} 不能用：{error!r}") from error


def _policy(raw: dict[str, Any]) -> DeskPolicy:
    hours = tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in raw["hours"])
    days = {date.fromisoformat(str(day)): bool(works) for day, works in raw["days"].items()}
    workdays = Workdays(hours, days)
    second = raw["second_review"]
    return DeskPolicy(
        workdays=workdays,
        kinds=tuple(_kind(name, kind, workdays) for name, kind in raw["kinds"].items()),
        due_soon=timedelta(minutes=raw["due_soon_minutes"]),
        lease=timedelta(seconds=raw["lease_seconds"]),
        undo=timedelta(seconds=raw["undo_seconds"]),
        second=SecondReview(
            re.compile(second["why"]),
            frozenset(second["topics"]),
            Decimal(second["amount_over"]),
            float(second["kappa_under"]),
            int(second["kappa_pairs"]),
        ),
        blind_share=float(raw["blind_share"]),
        bad_score=int(raw["bad_score"]),
        rectify=timedelta(hours=raw.get("rectify_hours", 48)),
        close_after=timedelta(days=raw["close_after_days"]),
    )


def _kind(name: str, raw: dict[str, Any], workdays: Workdays) -> Kind:
    allowance = timedelta(minutes=raw.get("minutes", 0), hours=raw.get("hours", 0))
    return Kind(
        name=name,
        label=raw["label"],
        urgency=int(raw["urgency"]),
        allowance=allowance + raw.get("days", 0) * workdays.one_day,
        always=raw.get("clock", "working") == "always",
        why=re.compile(raw["why"]) if "why" in raw else None,
        words=re.compile(raw["words"]) if "words" in raw else None,
    )
