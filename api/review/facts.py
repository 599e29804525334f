"""What a lawyer's eye looks for in a resident's words: sums, lengths of time, days, people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.durations import find_durations
from nlu.money import find_money
from nlu.redact import redact

_NUMBER = "[0-9〇零一二两三四五六七八九十百]"
_DAY = re.compile(
    rf"{_NUMBER}{{2,4}}年(?:{_NUMBER}{{1,3}}月)?(?:份|{_NUMBER}{{1,3}}[日号])?"
    rf"|(?:去年|今年|前年|上个月|这个月|腊月|正月)(?:{_NUMBER}{{1,3}}(?:月|号|日|初))?"
    rf"|{_NUMBER}{{1,3}}月(?:份|{_NUMBER}{{1,3}}[日号])"
)
_PEOPLE = re.compile(rf"{_NUMBER}{{1,4}}(?:多|来|几)?(?:个人|户|名|位|口人)")
_MASKED = re.compile(r"〔[^〕]+〕")


@dataclass(frozen=True)
class Piece:
    """Some of the words; `fact` marks what deserves the eye."""

    text: str
    fact: bool = False


def pieces(words: str, *, revealed: bool) -> list[Piece]:
    """The words cut into plain text and facts; personal numbers masked unless revealed.

    >>> [p.text for p in pieces("干了半年，欠我两万元，电话13812345678", revealed=False) if p.fact]
    ['半年', '两万元', '〔手机号〕']
    """
    text = words if revealed else redact(words)
    spans = [(found.start, found.end) for found in find_money(text)]
    spans += [(found.start, found.end) for found in find_durations(text)]
    spans += [
        match.span() for pattern in (_DAY, _PEOPLE, _MASKED) for match in pattern.finditer(text)
    ]
    cut, at = [], 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < at:
            continue
        cut += [Piece(text[at:start])] if start > at else []
        cut.append(Piece(text[start:end], fact=True))
        at = end
    return cut + ([Piece(text[at:])] if at < len(text) else [])
