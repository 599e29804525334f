"""The questions we were surest of and yet wrong, each with what was wanted and what was shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eval.measure import Measured
from knowledge.confidence import SHOWN
from knowledge.types import short_name


@dataclass(frozen=True)
class Mistake:
    """A wrong answer with why it came about."""

    question: str
    confidence: float
    shown: tuple[str, ...]
    wanted: tuple[str, ...]
    why: str


def worst(measured: Measured, limit: int) -> list[Mistake]:
    """The wrong ones, surest first."""
    wrong = np.flatnonzero(~measured.right)
    order = wrong[np.argsort(-measured.confidence[wrong], kind="stable")][:limit]
    return [_mistake(measured, int(i)) for i in order]


def _mistake(measured: Measured, i: int) -> Mistake:
    item, found = measured.gathered[i], measured.found[i]
    order = np.argsort(-measured.scores[i], kind="stable")
    ranks = [n for n, j in enumerate(order, start=1) if item.right[j]]
    held = f"正确的法条排在第{ranks[0]}位" if ranks else "正确的法条不在候选之中"
    laws = {law for law, _ in item.question.gold}
    same = any(hit.article.version.name in laws for hit in found.hits[:SHOWN])
    return Mistake(
        question=item.question.text,
        confidence=float(measured.confidence[i]),
        shown=tuple(_short(h.article.version.name, h.article.number) for h in found.hits[:SHOWN]),
        wanted=tuple(sorted(_short(*key) for key in item.question.gold)),
        why=held + ("；法律找对了，条不对" if same else "；法律也没有找对"),
    )


def _short(law: str, number: str) -> str:
    return f"《{short_name(law)}》{number}"
