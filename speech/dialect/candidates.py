"""Legal terms that may have been meant where something else was written down.

Only ever added and asked back, never put in the place of what was heard: without the checks of
context below, two to four of a thousand characters of ordinary talk would be turned into law.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from speech.dialect.sounds import Sounds, regions, syllables

_RUN = re.compile(r"[㐀-鿿]+")
_LONGEST = 6
_MOST = 3  # candidates shown for one utterance
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


class Finder:
    """Finds terms by sound."""

    def __init__(
        self, terms: Mapping[str, str], cut: Callable[[str], Sequence[str]] = lambda text: [text]
    ) -> None:
        """Args:
        terms: term -> its topic.
        cut: a text as its words, in order and complete.
        """
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
        there = self._written(text)
        scored = [(self._score(m, text, there), m) for m in self._matches(text, sounds)]
        scored += [(2.0, m) for m in self._other_readings(text, alternatives)]
        chosen: list[_Match] = []
        for score, match in sorted(scored, key=lambda pair: (-pair[0], -len(pair[1].term))):
            apart = all(m.end <= match.start or match.end <= m.start for m in chosen)
            if score >= 1 and apart and match.term not in text:
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

    def _score(self, match: _Match, text: str, there: list[tuple[int, int, str]]) -> float:
        """Long terms speak for themselves; short ones need a broken place and company."""
        inside = [t for t in there if t[0] < match.end and match.start < t[1]]
        if inside:  # part of what was heard is a legal term already
            return -1.0
        topic = self._topics[match.term]
        broken = self._broken(match, text)
        company = 1.0 if any(other == topic for *_, other in there) else 0.0
        company += 0.5 if there and not company else 0.0
        company += 0.5 if _TROUBLE.search(text) else 0.0
        score = {2: -0.6, 3: 0.2}.get(len(match.term), 0.8) + company
        return score + (0.7 if broken else -0.8) - 0.2 * max(0, match.changed - 1)

    def _broken(self, match: _Match, text: str) -> bool:
        """Whether the place falls apart into single characters or across words."""
        at, edges, lengths = 0, {0}, []
        for word in self._cut(text):
            if at < match.end and match.start < at + len(word):
                lengths.append(len(word))
            at += len(word)
            edges.add(at)
        across = match.start not in edges or match.end not in edges
        return across or lengths.count(1) >= 2 or lengths == [1]

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
