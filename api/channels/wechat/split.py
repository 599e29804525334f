"""Long replies in pieces, cut where a sentence or a line ends."""

from __future__ import annotations

import re

LONGEST = 600  # characters; WeChat takes 2048 bytes, three for each Chinese character
_BYTES = 1900
_CUTS = (re.compile(r"\n"), re.compile(r"[。！？；]"), re.compile(r"[，、：]"))
_LINK = re.compile(r"<a [^>]*>.*?</a>")


def split(text: str, longest: int = LONGEST) -> list[str]:
    """Pieces of at most `longest` characters and 1900 bytes, together the whole text.

    >>> split("一二三。四五六。七八。", 8)
    ['一二三。四五六。', '七八。']
    >>> split("没有句号的一长串文字", 4)
    ['没有句号', '的一长串', '文字']
    """
    pieces, rest = [], text.strip()
    while rest:
        end = _end(rest, longest)
        pieces.append(rest[:end].strip())
        rest = rest[end:].lstrip()
    return [piece for piece in pieces if piece]


def _end(text: str, longest: int) -> int:
    """Where the first piece ends: behind a line, a sentence or a comma, never within a link."""
    limit = min(longest, _within(text))
    if len(text) <= limit:
        return len(text)
    links = [found.span() for found in _LINK.finditer(text)]
    for cut in _CUTS:
        ends = [found.end() for found in cut.finditer(text, 0, limit) if found.end() > limit // 3]
        ends = [end for end in ends if not any(a < end < b for a, b in links)]
        if ends:
            return ends[-1]
    within = [a for a, b in links if a < limit < b and a > 0]
    return within[0] if within else limit


def _within(text: str) -> int:
    """How many characters fit into the bytes WeChat takes."""
    size = 0
    for place, character in enumerate(text):
        size += len(character.encode())
        if size > _BYTES:
            return place
    return len(text)
