"""Legal terms that may have been meant where something else was written down.

Only ever added and asked back, never put in the place of what was heard: without the checks of
context below, two to four of a thousand characters of ordinary talk would be turned into law.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from math import log1p
from typing import NamedTuple

from speech.dialect.sounds import Sounds, regions, syllables

_RUN = re.compile(r"[㐀-鿿]+")
_LONGEST = 6
_MOST = 3  # candidates shown for one utterance
# Words of one character that hold a sentence together: a place made of nothing else is no term.
_SMALL = frozenset(
    "的了是我他她你您不要一就在有和到说给没也都还被把吗呢吧啊这那个们人上下里去来能会可以对从让跟"
    "想得很再又才只多少大小家"
)


class Signs(NamedTuple):
    """What speaks for a term, and what against it."""

    two: float  # a term of two characters, of three
    three: float
    broken: float  # the place falls apart into single characters, or cuts a word in two
    two_broken: float
    two_cut: float
    beside: float  # of left and right, how many stand beside the term in residents' questions
    ordinary: float  # log(1 + how often residents write what was heard, as it stands)


class Agreement(NamedTuple):
    """What the search says to a term put in its place."""

    score: float  # what the signs say
    gain: float  # how much nearer the text comes to what residents ask
    far: float  # how far it stays from all that is asked: who greets, or talks of the weather


# How near a text is to what residents ask, 0 to 1.
Nearness = Callable[[str], float]
# Log-odds that the term was meant, fitted by eval/speech/weigh.py.
_START = 2.33
_WEIGHTS = Signs(-1.06, 0.27, 0.64, -0.58, -1.73, 1.4, -1.73)
_OTHER_READING = 2.0
_ALONE = 0.8  # how sure the signs must be where no search is at hand to agree
_AGREED = -0.45
_AGREEMENT = Agreement(0.54, 51.85, -261.97)
_NEAR_ENOUGH = 0.91  # nearly every question that was misheard comes so near once put right


@dataclass(frozen=True)
class Candidate:
    """Something else that may have been meant; asked, never put in its place."""

    heard: str
    term: str
    asks: str


@dataclass
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Match:
    """A place in a text that sounds like a term."""

    start: int
    end: int
    term: str


class Finder:
    """Finds terms by sound."""

    def __init__(
        self,
        terms: Iterable[str],
        cut: Callable[[str], Sequence[str]] = lambda text: [text],
        examples: Iterable[str] = (),
        plain: Iterable[str] = (),
    ) -> None:
        """Args:
        terms: what may have been meant.
        cut: a text as its words, in order and complete.
        examples: questions as residents ask them, to learn what stands beside terms and which
            words are ordinary.
        plain: words of everyday that mean what they say wherever they stand.
        """
        self._terms = [term for term in terms if 2 <= len(term) <= _LONGEST]
        self._plain = [*self._terms, *(word for word in plain if len(word) > 1)]
        written = list(examples)
        self._beside = _neighbours(self._terms, written)
        self._ordinary = "\n".join(written)
        self._cut = cut
        self._root = _Node()
        for term in self._terms:
            node = self._root
            for syllable in syllables(term):
                node = node.next.setdefault(syllable, _Node())
            node.terms.append(term)

    def find(
        self,
        text: str,
        alternatives: Sequence[str] = (),
        region: str | None = None,
        near: Nearness | None = None,
    ) -> tuple[Candidate, ...]:
        """Terms to ask about, the surest first; of places that overlap only the surest.

        Args:
            text: what was heard.
            alternatives: other readings of the engine.
            region: whose sounds to allow for; without one only the same sounds count.
            near: asks the search whether it agrees; without it the signs must be surer.
        """
        scored = [(score(signs), match) for match, signs in self.places(text, region)]
        scored += [(_OTHER_READING, match) for match in self._other_readings(text, alternatives)]
        if near:
            hopeful = [(signs, match) for signs, match in scored if signs > 0]
            scored = [(_agreed(agreement(one, text, match, near)), match) for one, match in hopeful]
        else:
            scored = [(signs - _ALONE, match) for signs, match in scored]
        chosen: list[Match] = []
        for sure, match in sorted(scored, key=lambda pair: (-pair[0], -len(pair[1].term))):
            apart = all(m.end <= match.start or match.end <= m.start for m in chosen)
            if sure > 0 and apart and match.term not in text:
                chosen.append(match)
        found = (Candidate(text[m.start : m.end], m.term, f"您是说“{m.term}”吗？") for m in chosen)
        return tuple({c.term: c for c in found}.values())[:_MOST]

    def places(self, text: str, region: str | None) -> Iterator[tuple[Match, Signs]]:
        """Every place that may be a term, and what speaks for it.

        Terms and plain words that were heard, and places of small words only, are left alone.
        """
        taken = [(at, at + len(word)) for word in self._plain if (at := text.find(word)) >= 0]
        words = list(_spans(self._cut(text)))
        for match in self._matches(text, regions().get(region or "", Sounds())):
            small = _SMALL.issuperset(text[match.start : match.end])
            if not small and not any(at < match.end and match.start < to for at, to in taken):
                yield match, self._signs(match, text, words)

    def _signs(self, match: Match, text: str, words: Sequence[tuple[int, int]]) -> Signs:
        over = [(at, to) for at, to in words if at < match.end and match.start < to]
        cuts = any(at < match.start or match.end < to for at, to in over)
        broken = cuts or any(to - at == 1 for at, to in over)
        two = len(match.term) == 2
        return Signs(
            two,
            len(match.term) == 3,
            broken,
            two and broken,
            two and cuts,
            sum(pair in self._beside for pair in _sides(text, match)),
            log1p(self._ordinary.count(text[match.start : match.end])),
        )

    def _matches(self, text: str, sounds: Sounds) -> Iterator[Match]:
        for run in _RUN.finditer(text):
            heard = syllables(run[0])
            if len(heard) != len(run[0]):
                continue
            for at in range(len(heard)):
                for length, term in _walk(self._root, heard[at:], sounds):
                    start = run.start() + at
                    if text[start : start + length] != term:
                        yield Match(start, start + length, term)

    def _other_readings(self, text: str, alternatives: Sequence[str]) -> Iterator[Match]:
        """Terms the engine heard in another reading, where this one says something else."""
        for other in alternatives:
            matcher = SequenceMatcher(None, text, other, autojunk=False)
            for kind, start, end, begin, stop in matcher.get_opcodes():
                if kind != "replace":
                    continue
                for at, to, term in self._terms_over(other, begin, stop):
                    left, right = start - (begin - at), end + (to - stop)
                    if 0 <= left < right <= len(text):
                        yield Match(left, right, term)

    def _terms_over(self, other: str, begin: int, stop: int) -> Iterator[tuple[int, int, str]]:
        for term in self._terms:
            at = other.find(term)
            if 0 <= at < stop and begin < at + len(term):
                yield at, at + len(term), term


def agreement(signs: float, text: str, match: Match, near: Nearness) -> Agreement:
    """What the search says to the term in its place, beside what the signs say."""
    meant = near(text[: match.start] + match.term + text[match.end :])
    return Agreement(signs, meant - near(text), max(0.0, _NEAR_ENOUGH - meant))


def _agreed(told: Agreement) -> float:
    return _AGREED + sum(weight * one for weight, one in zip(_AGREEMENT, told, strict=True))


def score(signs: Signs) -> float:
    """What the signs alone say: log-odds that the term was meant."""
    return _START + sum(weight * sign for weight, sign in zip(_WEIGHTS, signs, strict=True))


def _walk(
    node: _Node, heard: list[str], sounds: Sounds, depth: int = 0
) -> Iterator[tuple[int, str]]:
    """Terms that begin here, and how many syllables each takes."""
    for term in node.terms:
        yield depth, term
    if depth < len(heard):
        for syllable in sounds.meant(heard[depth]) & node.next.keys():
            yield from _walk(node.next[syllable], heard, sounds, depth + 1)


def _spans(words: Iterable[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for word in words:
        yield at, at + len(word)
        at += len(word)


def _sides(text: str, match: Match) -> tuple[tuple[str, str], tuple[str, str]]:
    """A term with what stands before it, and with what follows; "" at the ends of a phrase."""
    before, after = text[max(0, match.start - 1) : match.start], text[match.end : match.end + 1]
    return (_letter(before), match.term), (match.term, _letter(after))


def _letter(char: str) -> str:
    return char if _RUN.fullmatch(char) else ""


def _neighbours(terms: Iterable[str], examples: Iterable[str]) -> frozenset[tuple[str, str]]:
    """What stands beside terms in questions residents ask."""
    found: set[tuple[str, str]] = set()
    for example in examples:
        for term in terms:
            at = example.find(term)
            if at >= 0:
                found.update(_sides(example, Match(at, at + len(term), term)))
    return frozenset(found)
