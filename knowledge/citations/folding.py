"""One spelling for what people type in many: widths, blanks, nested title marks.

Everything that looks for citations works on folded text and keeps the way back to the words
as written, because a finding must quote those.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# Marks NFKC leaves apart although readers take them for one another. An asterisk is bold type
# in the Markdown that models write, and stands between a title and its article.
_SAME = {"〈": "《", "〉": "》", "⟨": "《", "⟩": "》", "〔": "[", "〕": "]", "○": "〇", "*": ""}


class _Fold(dict[int, str]):
    """A table for `str.translate` that works out each character when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char == "\n":
            folded = char
        elif char.isspace() or unicodedata.category(char) in ("Cf", "Cc"):
            folded = ""
        else:
            wide = "".join(_SAME.get(part, part) for part in unicodedata.normalize("NFKC", char))
            folded = "".join(wide.split())
        self[code] = folded
        return folded


_TABLE = _Fold()


@dataclass(frozen=True)
class Folded:
    """A text in one spelling; `origins[i]` is where folded character i stands in `source`."""

    text: str
    source: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded characters start..end stand in the source; end must exceed start."""
        return self.origins[start], self.origins[end - 1] + 1

    def words(self, start: int, end: int) -> str:
        """The words as written."""
        first, last = self.span(start, end)
        return self.source[first:last]


def fold(text: str) -> str:
    """Write a text in one spelling; line breaks stay, other blanks go.

    >>> fold("《 民法典 》第１０７９條（二）〈总则〉")
    '《民法典》第1079條(二)《总则》'
    """
    return text.translate(_TABLE)


def fold_with_origins(text: str) -> Folded:
    """Fold, and keep the way back.

    >>> folded = fold_with_origins("第 １０ 条")
    >>> folded.text, folded.words(1, 3)
    ('第10条', '１０')
    """
    origins = [place for place, char in enumerate(text) for _ in _TABLE[ord(char)]]
    return Folded(fold(text), text, tuple(origins))
