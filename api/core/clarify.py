"""Ask before guessing: the one fact on which the candidates found disagree.

Which fact is asked follows from the candidates: one whose values stand in some of them and differ,
and which the person has not told. The open question ends the context's question with a colon, so
that the answer completes it: 彩礼能退吗；登记没有：没领.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from api.core.types import Context

#: Most questions asked back about one matter, one after the other.
MOST = 3
_OPEN, _APART = "：", "；"
_CANDIDATES = 4
_LONGEST_ANSWER = 24
_ASKS_ANEW = re.compile(r"[?？]|怎么办|怎么赔|能不能|可以吗|谢谢|再见|^算了")


@dataclass(frozen=True)
class Fact:
    """A fact that decides: its name, the question, and the words of each value."""

    name: str
    ask: str
    values: tuple[re.Pattern[str], ...]

    def told(self, words: str) -> frozenset[int]:
        """Which values the words name."""
        return frozenset(i for i, value in enumerate(self.values) if value.search(words))


def deciding_fact(question: str, candidates: Sequence[str]) -> Fact | None:
    """The fact to ask for; None when nothing divides the candidates or enough was asked.

    >>> found = ("领了结婚证后离婚，彩礼还退吗", "没领证就分手，彩礼能退吗")
    >>> deciding_fact("彩礼能要回来吗", found).name
    '登记没有'
    >>> deciding_fact("没领证，彩礼能要回来吗", found) is None
    True
    """
    if question.count(_APART) >= MOST:
        return None
    best = candidates[:_CANDIDATES]
    for fact in _facts():
        if fact.name in question or fact.told(question):
            continue
        named = [values for text in best if len(values := fact.told(text)) == 1]
        if len(set(named)) > 1:
            return fact
    return None


def asked(question: str, fact: Fact) -> str:
    """The question with the fact left open."""
    return f"{question}{_APART}{fact.name}{_OPEN}"


def is_open(context: Context) -> bool:
    """Whether a fact was asked for and not yet told."""
    return context.question.endswith(_OPEN)


def completes(words: str, context: Context) -> bool:
    """Whether the words answer the open fact, 跳过 included, and are no new question.

    >>> open_question = Context("彩礼能退吗；登记没有：")
    >>> completes("没领", open_question), completes("房东不退押金怎么办", open_question)
    (True, False)
    """
    short = len(words) <= _LONGEST_ANSWER
    return is_open(context) and short and not _ASKS_ANEW.search(words)


@lru_cache(maxsize=1)
def _facts() -> tuple[Fact, ...]:
    path = Path(__file__).with_suffix(".yml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Fact(one["name"], one["ask"], tuple(map(re.compile, one["values"].values()))) for one in raw
    )
