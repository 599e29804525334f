"""What a lawyer changed, sentence by sentence and word by word; and which answers are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from api.review.types import Case


@dataclass(frozen=True)
class Change:
    """A stretch of text: kept, added or removed."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Change]:
    """The difference of two texts as stretches in reading order.

    >>> [(c.kind, c.text) for c in changes("可以投诉。", "可以申请仲裁。")]
    [('keep', '可以'), ('remove', '投诉'), ('add', '申请仲裁'), ('keep', '。')]
    """
    found: list[Change] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(Change("keep", before[a:b]))
            continue
        found += [Change("remove", before[a:b])] if b > a else []
        found += [Change("add", after[c:d])] if d > c else []
    return found


def alike(question: str, cases: Sequence[Case], limit: int = 3) -> list[Case]:
    """Cases whose questions share most character pairs with this one, best first."""
    mine = _pairs(question)

    def likeness(case: Case) -> float:
        theirs = _pairs(case.question)
        return len(mine & theirs) / (len(mine | theirs) or 1)

    ranked = sorted(cases, key=likeness, reverse=True)
    return [case for case in ranked[:limit] if likeness(case) > 0.1]


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
