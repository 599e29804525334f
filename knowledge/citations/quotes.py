"""Words in quotation marks: to which citation do they belong?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.citations.wording import canonical

_LONGEST = 5000
_QUOTED = [
    re.compile(f"{a}([^{a}{b}]{{0,{_LONGEST}}}(?:{a}[^{a}{b}]*{b}[^{a}{b}]*)*){b}")
    for a, b in ("“”", "「」", "『』", "‘’")
] + [re.compile(f'"([^"]{{0,{_LONGEST}}})"')]
# Between a citation and its quotation: 规定：, 明确规定如下：, （解除权）：, 中的, ...
_INTRODUCTION = re.compile(
    r"(?:\([^()\n]{0,40}\))?(?P<said>[^\n。;!?“”「」『』‘’\"《》]{0,16}?)(?P<mark>[:,]*)\n?>?"
)
_SAYS = re.compile(r"(?:规定|明确|载明|写明|指出|原文|条文|内容|表述)(?:如下|的是|了|是|为)?$")
_NAMES = ("的", "中", "关于", "所称", "所谓")
_SOURCE = re.compile(r"\((?:参?见|引自|出自|依据|根据)?:?$")
_NEXT = re.compile(r"[、,;]?(?:和|及|以及|并规定|还规定)?[:,]?")
# Fewer words than this after 第十条规定 name a thing (规定“自愿原则”) and quote nothing.
_PHRASE = 6
_MOST = 8


@dataclass(frozen=True)
class Quotation:
    """Quoted words in folded text. `announced`: the writer says that they are the law's."""

    start: int
    end: int
    words: str
    announced: bool


def quoted_parts(text: str) -> list[re.Match[str]]:
    """Everything in quotation marks, in order; one kind of mark may stand inside another."""
    found = [match for pattern in _QUOTED for match in pattern.finditer(text)]
    return sorted(found, key=lambda match: (match.start(), -match.end()))


def quotations_of(
    text: str, start: int, end: int, quoted: Sequence[re.Match[str]]
) -> list[Quotation]:
    """The quotations that belong to the citation at start..end: behind it, or right before it.

    >>> text = '根据第十条规定:“应当依照法律”,所谓“习惯”是另一回事'
    >>> [quotation.words for quotation in quotations_of(text, 2, 5, quoted_parts(text))]
    ['应当依照法律']
    """
    return _behind(text, end, quoted) or _before(text, start, quoted)


def _behind(text: str, end: int, quoted: Sequence[re.Match[str]]) -> list[Quotation]:
    found: list[Quotation] = []
    for match in quoted[bisect_left(quoted, end, key=lambda part: part.start()) :]:
        between = (_NEXT if found else _INTRODUCTION).fullmatch(text, end, match.start())
        if not between or len(found) == _MOST:
            break
        announced = found[-1].announced if found else _announces(between, match[1])
        found.append(Quotation(match.start(), match.end(), match[1], announced))
        end = match.end()
    return found


def _before(text: str, start: int, quoted: Sequence[re.Match[str]]) -> list[Quotation]:
    """“…”（《民法典》第十条）: the citation in brackets names the source of the words."""
    opening = _SOURCE.search(text, max(0, start - 5), start)
    if not opening:
        return []
    return [
        Quotation(match.start(), match.end(), match[1], announced=False)
        for match in quoted
        if match.end() == opening.start()
    ]


def _announces(between: re.Match[str], words: str) -> bool:
    said, mark = between["said"], between["mark"]
    if said.endswith(_NAMES):
        return False
    if ":" in mark:
        return len(canonical(words)) > 3
    says = _SAYS.search(said) is not None or not (said or mark)
    return says and len(canonical(words)) >= _PHRASE
