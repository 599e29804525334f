"""款 and 项: the paragraphs of an article and the numbered items inside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.citations.folding import fold
from knowledge.numbers import from_chinese

# At the start of a line, or (in a few old texts) run on after a colon or semicolon.
_MARK = re.compile(r"(?:^|(?<=[:;。]))\(([一二三四五六七八九十]+)\)(?![项、和至])", re.MULTILINE)
# Lines that go on with the paragraph before them: items, their numbered parts, tables.
_GOES_ON = re.compile(r"\([一二三四五六七八九十\d]+\)|\d+[.、]|[|+]|-{3}")


@dataclass(frozen=True)
class Paragraph:
    """One 款, folded: all of it, what stands before the first 项, and the 项 by number."""

    text: str
    lead: str
    items: dict[int, str]

    def item_in_context(self, number: int) -> str:
        """The lead and one 项, as a careful writer quotes it."""
        return self.lead + self.items[number]


@lru_cache(maxsize=1024)
def paragraphs(article: str) -> tuple[Paragraph, ...]:
    """Split the text of an article.

    >>> first, second = paragraphs("有下列情形的：\\n（一）重婚；\\n（二）家暴。\\n失踪的，准予。")
    >>> first.items, second.text
    ({1: '(一)重婚;', 2: '(二)家暴。'}, '失踪的,准予。')
    """
    blocks: list[str] = []
    for line in filter(None, fold(article).split("\n")):
        if blocks and _GOES_ON.match(line):
            blocks[-1] += "\n" + line
        else:
            blocks.append(line)
    return tuple(_paragraph(block) for block in blocks)


def _paragraph(block: str) -> Paragraph:
    marks = list(_MARK.finditer(block))
    bounds = [*(mark.start() for mark in marks), len(block)]
    items: dict[int, str] = {}
    for mark, end in zip(marks, bounds[1:], strict=True):
        items.setdefault(from_chinese(mark[1]), block[mark.start() : end].strip())
    return Paragraph(block, block[: bounds[0]], items)
