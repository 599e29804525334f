"""Are the quoted words the law's own, and if not, where do they first differ?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from knowledge.citations.folding import fold
from knowledge.numbers import from_chinese

_OMITTED = re.compile(r"\.{3,}|。{3,}|\((?:以下|[前中后下省])?略\)|×{2,}")
_NUMERAL = "[零〇一二两三四五六七八九十百千]+"
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUMBER = (
    rf"百分之(?P<percent>{_NUMERAL}|{_FIGURE})|(?P<figure>{_FIGURE}%?)|(?P<numeral>{_NUMERAL})"
)
_NUMBERS = re.compile(_NUMBER)
_TOKEN = re.compile(rf"{_NUMBER}|[^\W_]")
_NO_LETTER = re.compile(r"[^\w\0]|_")
_AS_LETTERS = str.maketrans({".": "d", "%": "p"})
_ITEM_MARK = re.compile(r"^\([一二三四五六七八九十]+\)", re.MULTILINE)
_NOT = frozenset("不未非无")
# An unannounced quotation (规定的“冷静期”) is an attempt to quote the law, and not the name of a
# thing or somebody's words, when it is this long and this much of it stands in the article.
_ATTEMPT, _LIKENESS = 12, 0.6
# Tokens compared when a difference is to be shown; bounds the time spent on a hostile text.
_COMPARED = 500
_AROUND = 5
_WIDE = str.maketrans({",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "\n": ""})


@dataclass(frozen=True)
class Token:
    """One letter or one figure; `written` is how it stands there, with the marks behind it."""

    value: str
    written: str


def difference(quoted: str, sources: Sequence[str], *, announced: bool) -> str:
    """How quoted words differ from the text they come from; "" if they do not.

    Blanks, punctuation and the way figures are written do not count; …… may leave words out.

    Args:
        quoted: the words between the quotation marks.
        sources: texts of the law, any of which may be the one quoted.
        announced: the writer says that these are the law's words. If not, words that are no
            attempt to quote (规定的“冷静期”) do not differ from the law.

    >>> law = ["劳动者提前三十日以书面形式通知用人单位，可以解除劳动合同。"]
    >>> difference("提前30日以书面形式……可以解除劳动合同", law, announced=True)
    ''
    >>> difference("劳动者提前三日以书面形式通知用人单位", law, announced=True)
    '原文是“劳动者提前三十日以书面形”，引作“劳动者提前三日以书面形”'
    """
    fragments = [part for part in _OMITTED.split(fold(quoted)) if canonical(part)]
    texts = {text for whole in map(fold, sources) for text in (whole, _ITEM_MARK.sub("", whole))}
    if any(_first_misfit(fragments, text) is None for text in texts):
        return ""
    words = [token for part in fragments for token in tokens(part)]
    best = max(sorted(texts), key=lambda text: _likeness(tokens(text), words))
    if not announced and not _is_attempt(tokens(best), words):
        return ""
    misfit = _first_misfit(fragments, best)
    return _first_difference(tokens(best), tokens(misfit) if misfit else words)


def canonical(text: str) -> str:
    """The letters of folded text, with each figure written one way between two marks.

    The marks keep 十日 from standing in 三十日; 三十 and 30, 百分之五 and 5% are the same.

    >>> canonical("三十日,或5%") == canonical("30日或百分之五")
    True
    """
    marked = _NUMBERS.sub(lambda number: f"\0{_value(number).translate(_AS_LETTERS)}\0", text)
    return _NO_LETTER.sub("", marked)


def tokens(text: str) -> list[Token]:
    """The letters and figures of folded text, one by one.

    >>> tokens("三十日,")
    [Token(value='30', written='三十'), Token(value='日', written='日,')]
    """
    matches = list(_TOKEN.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [
        Token(_value(match), text[match.start() : end])
        for match, end in zip(matches, ends, strict=True)
    ]


def _value(match: re.Match[str]) -> str:
    if match["percent"]:
        return f"{_plain(match['percent'])}%"
    if match["figure"]:
        return match["figure"].replace(",", "")
    return _plain(match["numeral"]) if match["numeral"] else match[0]


def _plain(numeral: str) -> str:
    return numeral if numeral[0].isdigit() else str(from_chinese(numeral))


def _first_misfit(fragments: Sequence[str], official: str) -> str | None:
    """The first fragment that does not stand in the text behind the one before it."""
    law = canonical(official)
    done = 0
    for fragment in fragments:
        wanted = canonical(fragment)
        at = law.find(wanted, done)
        # “得解除合同” out of 不得解除合同 says the opposite of the law.
        while at > 0 and law[at - 1] in _NOT:
            at = law.find(wanted, at + 1)
        if at < 0:
            return fragment
        done = at + len(wanted)
    return None


def _matcher(official: Sequence[Token], words: Sequence[Token]) -> SequenceMatcher[str]:
    left = [token.value for token in official[: 2 * _COMPARED]]
    right = [token.value for token in words[:_COMPARED]]
    return SequenceMatcher(None, left, right, autojunk=False)


def _likeness(official: Sequence[Token], words: Sequence[Token]) -> float:
    """The share of the words that stand in the text in the same order."""
    blocks = _matcher(official, words).get_matching_blocks()
    return sum(block.size for block in blocks) / min(len(words), _COMPARED)


def _is_attempt(official: Sequence[Token], words: Sequence[Token]) -> bool:
    return len(words) >= _ATTEMPT and _likeness(official, words) >= _LIKENESS


def _first_difference(law: list[Token], words: list[Token]) -> str:
    for kind, law_from, law_to, from_, to in _matcher(law, words).get_opcodes():
        left_out_around = kind == "delete" and (from_ == 0 or to == len(words))
        if kind == "equal" or left_out_around:
            continue
        before = min(_AROUND, law_from, from_)
        original = _spoken(law[law_from - before : law_to + _AROUND])
        return f"原文是{original}，引作{_spoken(words[from_ - before : to + _AROUND])}"
    said = _spoken(words[:_AROUND])
    return f"{said}前面漏了否定词，意思与原文相反"


def _spoken(part: Sequence[Token]) -> str:
    written = "".join(token.written for token in part[: 8 * _AROUND])
    return f"“{written.translate(_WIDE).rstrip('，。；：、（“')}”"
