"""Release or hold: a pure function of the words, the draft and the policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from api.core.past import before_the_law
from api.core.risks import risks
from api.core.types import Decision, Draft
from knowledge.citations.types import Finding, Verdict

#: Why a draft is held when only the confidence is too low.
UNSURE = "机器对找到的法条把握不够"
_NEVER_TOPICS = ("刑事", "刑事与反诈")


@dataclass(frozen=True)
class Policy:
    """From which confidence on an answer may go out unreviewed (knowledge/model/gate.json).

    `topics` are those whose FAQ entries need another confidence than `faq`.
    """

    faq: float
    articles: float
    measured_on: str = ""
    topics: Mapping[str, float] = field(default_factory=dict)

    def for_faq(self, topic: str) -> float:
        """What an FAQ entry of the topic must reach.

        >>> policy = Policy(faq=0.8, articles=1.01, topics={"人身损害": 0.95})
        >>> policy.for_faq("人身损害"), policy.for_faq("消费")
        (0.95, 0.8)
        >>> draft = Draft("……", confidence=0.9, topic="人身损害", source="faq:bite")
        >>> policy.trusts(draft)
        False
        """
        return self.topics.get(topic, self.faq)

    def trusts(self, draft: Draft) -> bool:
        """Whether the draft's confidence reaches the threshold of its kind."""
        by_faq = draft.source.startswith("faq:")
        wanted = self.for_faq(draft.topic) if by_faq else self.articles
        return draft.confidence is not None and draft.confidence >= wanted


class Trust(Protocol):
    """Says from which confidence on an answer may go out unreviewed."""

    def trusts(self, draft: Draft) -> bool:
        """Whether the draft's confidence reaches the threshold of its kind."""


@dataclass(frozen=True)
class Judgement:
    """The decision with its reasons in words; a released draft has none."""

    decision: Decision
    why: tuple[str, ...] = ()


def decide(words: str, draft: Draft, findings: list[Finding], policy: Trust, on: date) -> Judgement:
    """Whether the draft may go out at once.

    >>> draft, today = Draft("……", confidence=0.2), date(2026, 11, 22)
    >>> decide("欠钱不还", draft, [], Policy(0.9, 0.9), today).decision.value
    'hold'
    """
    why = list(risks(words))
    if draft.topic in _NEVER_TOPICS and not why:
        why.append("涉及刑事问题")
    bad = [finding for finding in findings if finding.verdict is not Verdict.OK]
    if bad:
        why.append(f"引用的法条没有通过核对：{bad[0].reason}")
    earlier = before_the_law(words, draft.citations, on)
    if earlier:
        why.append(earlier)
    if not draft.citations:
        why.append("没有找到可以引用的现行法条")
    elif not policy.trusts(draft):
        why.append(UNSURE)
    return Judgement(Decision.HOLD if why else Decision.RELEASE, tuple(why))
