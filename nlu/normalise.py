"""One way of writing the same words: width, invisible characters, spacing, repeated marks.

Nothing here changes what a text says. Whole NFKC does (it turns 10² into 102 and ① into 1),
so only characters that differ in width or are copied from PDF radicals are folded, and the
Chinese marks ，。？！：；（） stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

_CHINESE_MARKS = frozenset("，。？！：；（）、～")
_KANGXI_RADICALS = range(0x2F00, 0x2FD6)
_KEPT_CONTROLS = frozenset("\n\t")
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))

_CJK = r"[\u3400-\u9fff，。？！：；（）、]"
_NEWLINES = re.compile(r"[^\S\n]*\n\s*")
_SPACES = re.compile(r"[^\S\n]+")
_SPACE_AFTER_CJK = re.compile(rf"(?<={_CJK}) (?=\S)")
_SPACE_BEFORE_CJK = re.compile(rf"(?<=\S) (?={_CJK})")
_DOTS = re.compile(r"…+|\.{3,}")
_REPEATED = re.compile(r"([，。？！：；、～,?!;~])\1+")


def normalise(text: str) -> str:
    """Write a text the one way all later steps expect; doing it twice changes nothing.

    >>> normalise("  老板 欠我  ３５００块！！！\\u200b怎么办？？ ")
    '老板欠我3500块！怎么办？'
    >>> normalise("10²平方米。。。。\\r\\n ﹙第①项﹚")
    '10²平方米。\\n﹙第①项﹚'
    """
    folded = "".join(map(_fold, text.replace("\r\n", "\n").replace("\r", "\n")))
    visible = "".join(char for char in unicodedata.normalize("NFC", folded) if _visible(char))
    lines = _NEWLINES.sub("\n", visible)
    spaced = _SPACES.sub(" ", lines)
    tight = _SPACE_BEFORE_CJK.sub("", _SPACE_AFTER_CJK.sub("", spaced))
    return _REPEATED.sub(r"\1", _DOTS.sub("……", tight)).strip()


def _fold(char: str) -> str:
    if char in _CHINESE_MARKS:
        return char
    wide = unicodedata.decomposition(char).startswith(("<wide>", "<narrow>"))
    if wide or ord(char) in _KANGXI_RADICALS:
        return unicodedata.normalize("NFKC", char)
    return char


def _visible(char: str) -> bool:
    return char in _KEPT_CONTROLS or unicodedata.category(char) not in _INVISIBLE
