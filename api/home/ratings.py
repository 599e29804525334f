"""One rating for every service (一事一评): four grades, reasons to press, a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from api.core.types import Author, Decision, Reply
from api.home.errors import RatingRefused

CHANGEABLE = timedelta(days=7)
LONGEST_NOTE = 1000


class Kind(StrEnum):
    """What is rated."""

    REPLY = "reply"
    ORDER = "order"
    AID = "aid"
    PAPER = "paper"


KIND_NAMES = {
    Kind.REPLY: "咨询答复",
    Kind.ORDER: "工单",
    Kind.AID: "法律援助",
    Kind.PAPER: "文书",
}


class Grade(StrEnum):
    """The four grades of the government's 好差评 without its fifth."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


GRADE_NAMES = {
    Grade.VERY_GOOD: "非常满意",
    Grade.GOOD: "满意",
    Grade.FAIR: "一般",
    Grade.BAD: "不满意",
}
#: What the desk and the orders count in: one to five, two and less is put right.
SCORES = {Grade.VERY_GOOD: 5, Grade.GOOD: 4, Grade.FAIR: 3, Grade.BAD: 2}
_BEST_FIRST = tuple(sorted(SCORES, key=lambda grade: -SCORES[grade]))
REASONS = {
    "unclear": "看不懂",
    "off_topic": "答非所问",
    "wrong": "说得不对",
    "slow": "太慢",
    "attitude": "态度不好",
    "unsolved": "问题没解决",
}


def grade_of(stars: int) -> Grade:
    """The grade of one to five stars; fewer than any grade's count as the last.

    >>> [grade_of(stars).value for stars in (5, 3, 1)]
    ['very_good', 'fair', 'bad']
    """
    return next((grade for grade in _BEST_FIRST if stars >= SCORES[grade]), Grade.BAD)


def is_answer(reply: Reply) -> bool:
    """Whether a reply is a service to rate: a released answer, or a lawyer's in a case.

    Notices of casework are rated on the page of the matter itself.
    """
    of_a_case = reply.reference is not None and reply.reference.startswith("W")
    return reply.decision is Decision.RELEASE and (reply.author is not Author.LAWYER or of_a_case)


@dataclass(frozen=True)
class Rated:
    """One rating as it stands."""

    kind: Kind
    subject: str
    grade: Grade
    reasons: tuple[str, ...]
    note: str
    follow_up: str
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Opinion:
    """What somebody says of a service.

    Raises:
        RatingRefused: a reason is not on the list, or the words are too many.
    """

    grade: Grade
    reasons: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if unknown := set(self.reasons) - set(REASONS):
            raise RatingRefused(f"没有这个原因：{'、'.join(sorted(unknown))}")
        if len(self.note) > LONGEST_NOTE:
            raise RatingRefused(f"写得太长：最多{LONGEST_NOTE}个字")

    @property
    def words(self) -> str:
        """The reasons and the words in one line, for whoever puts it right.

        >>> Opinion(Grade.BAD, ("slow",), "等了三天").words
        '太慢；等了三天'
        """
        return "；".join([*(REASONS[name] for name in self.reasons), *filter(None, [self.note])])


@dataclass(frozen=True)
class Tally:
    """Ratings of one kind of service, by grade."""

    kind: Kind
    counts: Mapping[Grade, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def satisfied(self) -> float:
        """The share of the two good grades, 0 to 1; 0 where nothing was rated."""
        good = self.counts.get(Grade.VERY_GOOD, 0) + self.counts.get(Grade.GOOD, 0)
        return good / self.total if self.total else 0.0


def tallies(rows: Sequence[tuple[str, str, int]]) -> list[Tally]:
    """Counts of (kind, grade) as one tally a kind, in the order of `Kind`.

    >>> [(t.kind.value, t.total, t.satisfied) for t in tallies([("paper", "good", 3),
    ...     ("paper", "bad", 1)])]
    [('paper', 4, 0.75)]
    """
    found: dict[Kind, dict[Grade, int]] = {}
    for kind, grade, count in rows:
        found.setdefault(Kind(kind), {})[Grade(grade)] = count
    return [Tally(kind, found[kind]) for kind in Kind if kind in found]
