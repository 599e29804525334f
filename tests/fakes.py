"""Readable stand-ins for what is slow: the dialogue process and the search index."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from api.core.compose import compose
from api.core.errors import DialogueUnavailable, SearchUnavailable, TextsUnavailable
from api.core.gate import Policy
from api.core.types import Draft, Handoff, OpenCases, Step
from knowledge.candidates import FEATURES
from knowledge.citations.types import Finding
from knowledge.citations.verify import verify
from knowledge.confidence import Belief
from knowledge.corpus import Corpus
from knowledge.danger import Danger
from knowledge.faq import FaqEntry
from knowledge.faq_match import FaqHit
from knowledge.refs import parse_ref
from knowledge.retriever import Found
from knowledge.types import Hit

POLICY = Policy(faq=0.8, articles=0.8)


class FakeDialogue:
    """Hands every message off as `task`; can be stopped, or made slow."""

    def __init__(self) -> None:
        self.step: Step = Handoff("answer")
        self.stopped = False
        self.delay = 0.0
        self.heard: list[str] = []
        self.forgotten: list[str] = []
        self.cases: OpenCases | None = None

    async def next(self, words: str, _conversation: str, cases: OpenCases | None = None) -> Step:
        """The prepared step."""
        self.heard.append(words)
        self.cases = cases
        await asyncio.sleep(self.delay)
        if self.stopped:
            raise DialogueUnavailable("stopped")
        return self.step

    def forget(self, conversations: Sequence[str]) -> None:
        """Take note."""
        self.forgotten += conversations

    async def ready(self) -> bool:
        """Whether it runs."""
        return not self.stopped

    async def close(self) -> None:
        """Nothing to let go."""


class FakeLibrary:
    """Finds the same two articles for everything, and the entry if given one."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.confidence = 0.95
        self.missing = False
        self.sensed = Danger(0.1, "violence")  # leaves it to the patterns
        self.asked: list[str] = []
        self.finds = tuple(f"《中华人民共和国劳动合同法》第{n}条" for n in ("三十", "八十五"))
        self.rules: tuple[str, ...] = ()
        self.entry: FaqEntry | None = None
        self.meant: FaqEntry | None = None

    @property
    def corpus(self) -> Corpus:
        """The laws held."""
        if self.missing:
            raise SearchUnavailable("法律索引尚未建立；请运行 make setup")
        return self._corpus

    def danger(self, _words: str) -> Danger:
        """The prepared judgement."""
        if self.missing:
            raise SearchUnavailable("法律索引尚未建立；请运行 make setup")
        return self.sensed

    def search(self, question: str, on: date, _limit: int, reading: str = "") -> Found:
        """What it always finds (劳动合同法 30 and 85), as it reads on the day.

        Another reading finds `meant` first, if there is such an entry.
        """
        self.asked += [text for text in (question, reading) if text]
        features = dict.fromkeys(FEATURES, 0.0)
        hits = (Hit(self.corpus.article(parse_ref(r), on), 1.0, features) for r in self.finds)
        entry = self.meant if reading and self.meant else self.entry
        return Found(tuple(hits), (FaqHit(entry, 1.0),) if entry else ())

    def compose(self, found: Found, on: date) -> Draft:
        """The entry or the articles, with the prepared confidence."""
        faq = self.confidence if self.entry else 0.0
        belief = Belief(faq=faq, articles=self.confidence)
        draft = compose(found, self.corpus, on, belief, POLICY, "劳动")
        return replace(draft, rules=self.rules or draft.rules)

    def verify(self, text: str, on: date) -> list[Finding]:
        """The real verifier."""
        return verify(text, self.corpus, on)


class FakeTexts:
    """A phone network that remembers the messages; can be out of order."""

    sends = True

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.keys: set[str] = set()
        self.broken = False

    def send(self, phone: str, text: str, key: str) -> None:
        """Keep the message, once a key."""
        if self.broken:
            raise TextsUnavailable("短信网关没有按时回应，请稍后再试")
        if key not in self.keys:
            self.keys.add(key)
            self.sent.append((phone, text))

    def code(self) -> str:
        """The digits of the last message."""
        return re.findall(r"[0-9]{6}", self.sent[-1][1])[0]
