"""A follow-up is asked in the light of the question before it."""

from __future__ import annotations

import re

from api.core.types import Context

_LONGEST = 24
_OPENS = re.compile(
    r"^(那|那么|然后|还有|另外|如果|要是|万一|假如|可是|但是|他|她|它|对方|老板|这个|这种|多久|多长|多少|要多|需要|去哪|在哪|找谁|怎么算|为什么|凭什么|不给|不同意)"
)


def in_context(words: str, context: Context) -> str:
    """The words to search with; a short follow-up gets its question put in front.

    >>> in_context("那要多久？", Context(question="公司拖欠工资怎么办"))
    '公司拖欠工资怎么办 那要多久？'
    >>> in_context("彩礼能要回来吗", Context(question="公司拖欠工资怎么办"))
    '彩礼能要回来吗'
    """
    if context.question and is_followup(words):
        return f"{context.question} {words}"
    return words


def is_followup(words: str) -> bool:
    """Whether the words lean on what was said before."""
    return len(words) <= _LONGEST and bool(_OPENS.match(words))
