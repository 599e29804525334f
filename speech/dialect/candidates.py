"""Legal terms that may have been meant where something else was written down.

Only ever added and asked back, never put in the place of what was heard: without the checks of
context below, two to four of a thousand characters of ordinary talk would be turned into law.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from speech.dialect.sounds import Sounds, regions, syllables

_RUN = re.compile(r"[㐀-鿿]+")
_LONGEST = 6
_MOST = 3  # candidates shown for one utterance
# Fitted by logistic regression over misheard questions of the FAQ against four kinds of text in
# which nothing was misheard (eval/speech/dialect.py); what stands beside a term says the most.
_START = 1.9
_SHORT = {2: -0.89, 3: -0.65}
_BROKEN, _BROKEN_SHORT = 0.25, -1.59
_SAME_TOPIC, _OTHER_TOPIC, _TROUBLED, _BESIDE, _CHANGED = -0.48, -1.41, 0.12, 1.59, -0.29
# Asking and disputing: a sentence with one of these is about a trouble, whatever else it says.
_TROUBLE = re.compile(
    r"怎么办|咋办|咋个办|么样办|点算|怎么弄|怎么算|怎么分|怎么赔|怎么判|怎么告|怎么要|能不能|可不可以"
    r"|要不要|可以.{0,6}吗|能.{0,8}吗|合法|违法|犯法|赔|告[他她它]|起诉|官司|不给|不还|拖着|找谁|哪里告|算不算|有没有权"
)


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
class _Match:
    start: int
    end: int
    term: str
    changed: int


class _Text:
    """What is known of a text before candidates are weighed."""

    def __init__(
        self, text: str, terms: list[tuple[int, int, str]], cut: Callable[[str], Sequence[str]]
    ) -> None:
        self.text, self.terms = text, terms
        self.troubled = bool(_TROUBLE.search(text))
        self._words: list[tuple[int, int]] = []
        at = 0
        for word in cut(text):
            self._words.append((at, at + len(word)))
            at += len(word)

    def broken(self, match: _Match) -> bool:
        """Whether the place falls apart into single characters or cuts words in two."""
        over = [(at, to) for at, to in self._words if at < match.end and match.start < to]
        cuts = any(at < match.start or match.end < to for at, to in over)
        return cuts or any(to - at == 1 for at, to in over)


class Finder:
    """Finds terms by sound."""

    def __init__(
        self,
        terms: Mapping[str, str],
        cut: Callable[[str], Sequence[str]] = lambda text: [text],
        examples: Iterable[str] = (),
    ) -> None:
        """Args:
        terms: term -> its topic.
        cut: a text as its words, in order and complete.
        examples: questions as residents ask them, to learn what stands beside terms.
        """
        self._beside = _neighbours(terms, examples)
        self._topics = {term: topic for term, topic in terms.items() if 2 <= len(term) <= _LONGEST}
        self._cut = cut
        self._root = _Node()
        for term in self._topics:
            node = self._root
            for syllable in syllables(term):
                node = node.next.setdefault(syllable, _Node())
            node.terms.append(term)

    def find(
        self, text: str, alternatives: Sequence[str] = (), region: str | None = None
    ) -> tuple[Candidate, ...]:
        """Terms to ask about, the surest first; of places that overlap only the surest.

        Args:
            text: what was heard.
            alternatives: other readings of the engine.
            region: whose sounds to allow for; without one only the same sounds count.
        """
        sounds = regions().get(region or "", Sounds())
        known = _Text(text, self._written(text), self._cut)
        scored = [(self._score(m, known), m) for m in self._matches(text, sounds)]
        scored += [(2.0, m) for m in self._other_readings(text, alternatives)]
        chosen: list[_Match] = []
        for score, match in sorted(scored, key=lambda pair: (-pair[0], -len(pair[1].term))):
            apart = all(m.end <= match.start or match.end <= m.start for m in chosen)
            if score > 0 and apart and match.term not in text:
                chosen.append(match)
        found = (Candidate(text[m.start : m.end], m.term, f"您是说“{m.term}”吗？") for m in chosen)
        return tuple({c.term: c for c in found}.values())[:_MOST]

    def _matches(self, text: str, sounds: Sounds) -> Iterator[_Match]:
        for run in _RUN.finditer(text):
            heard = syllables(run[0])
            if len(heard) != len(run[0]):
                continue
            for at in range(len(heard)):
                for length, changed, term in self._walk(self._root, heard[at:], sounds):
                    start = run.start() + at
                    if text[start : start + length] != term:
                        yield _Match(start, start + length, term, changed)

    def _walk(
        self, node: _Node, heard: list[str], sounds: Sounds, depth: int = 0, changed: int = 0
    ) -> Iterator[tuple[int, int, str]]:
        for term in node.terms:
            yield depth, changed, term
        if depth < len(heard):
            for syllable in sounds.meant(heard[depth]) & node.next.keys():
                more = changed + (syllable != heard[depth])
                yield from self._walk(node.next[syllable], heard, sounds, depth + 1, more)

    def _written(self, text: str) -> list[tuple[int, int, str]]:
        """Places and topics of terms that stand in the text as they are."""
        found = []
        for term, topic in self._topics.items():
            at = text.find(term)
            if at >= 0:
                found.append((at, at + len(term), topic))
        return found

    def _score(self, match: _Match, text: _Text) -> float:
        """Log-odds that the term was meant."""
        if any(at < match.end and match.start < to for at, to, _ in text.terms):
            return -1.0  # part of what was heard is a term already
        length, broken = len(match.term), text.broken(match)
        topics = {topic for *_, topic in text.terms}
        score = _START + _SHORT.get(length, 0.0) + _CHANGED * match.changed
        score += _BROKEN * broken + _BROKEN_SHORT * (broken and length == 2)
        if topics:
            score += _SAME_TOPIC if self._topics[match.term] in topics else _OTHER_TOPIC
        beside = sum(pair in self._beside for pair in _sides(text.text, match))
        return score + _TROUBLED * text.troubled + _BESIDE * beside

    def _other_readings(self, text: str, alternatives: Sequence[str]) -> Iterator[_Match]:
        """Terms the engine heard in another reading, where this one says something else."""
        for other in alternatives:
            matcher = SequenceMatcher(None, text, other, autojunk=False)
            for kind, start, end, begin, stop in matcher.get_opcodes():
                if kind != "replace":
                    continue
                for at, to, term in self._terms_over(other, begin, stop):
                    left, right = start - (begin - at), end + (to - stop)
                    if 0 <= left < right <= len(text):
                        yield _Match(left, right, term, 1)

    def _terms_over(self, other: str, begin: int, stop: int) -> Iterator[tuple[int, int, str]]:
        for term in self._topics:
            at = other.find(term)
            if 0 <= at < stop and begin < at + len(term):
                yield at, at + len(term), term


def _sides(text: str, match: _Match) -> tuple[tuple[str, str], tuple[str, str]]:
    """A term with what stands before it, and with what follows; "" at the ends of a phrase."""
    before, after = text[max(0, match.start - 1) : match.start], text[match.end : match.end + 1]
    return (_letter(before), match.term), (match.term, _letter(after))


def _letter(char: str) -> str:
    return char if _RUN.fullmatch(char) else ""


def _neighbours(terms: Mapping[str, str], examples: Iterable[str]) -> frozenset[tuple[str, str]]:
    """What stands beside terms in questions residents ask."""
    found: set[tuple[str, str]] = set()
    for example in examples:
        for term in terms:
            at = example.find(term)
            if at >= 0:
                found.update(_sides(example, _Match(at, at + len(term), term, 0)))
    return frozenset(found)
