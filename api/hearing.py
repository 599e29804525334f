"""What a resident said aloud: heard, judged, read back; nothing is done with it unasked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from api.core.errors import SearchUnavailable
from api.core.types import Reading
from knowledge.sparse import cut
from nlu.confirming import chosen
from nlu.dialect import LEXICON, dialect_words, translated
from nlu.normalise import normalise
from nlu.spoken import ReadBack, read_back, tidy
from nlu.words import read_topic_words
from speech.confidence import SILENT, SILENT_HELD, UNCLEAR, Outcome, outcome
from speech.dialect.candidates import Candidate, Finder, Nearness
from speech.stream import Stream
from speech.supervisor import Supervisor
from speech.types import Heard, Word

_ANSWERS = {0: "yes", 1: "no", None: ""}


@dataclass(frozen=True)
class Said:
    """One utterance for the page.

    `text` is what the resident may confirm or change, `raw` what was heard. Both are empty of
    meaning unless `outcome` is `heard`: then nothing of it may be shown as understood.
    `answer` is `yes` or `no` where that is all that was said.
    """

    outcome: Outcome
    text: str
    raw: str
    message: str = ""
    confidence: float = 0.0
    seconds: float = 0.0
    words: tuple[Word, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    read_back: tuple[ReadBack, ...] = ()
    answer: str = ""


class Hearing:
    """The recogniser in use, and what is made of its words."""

    def __init__(
        self,
        folder: Path | None,
        streams: int = 0,
        memory_mb: int = 2_000,
        examples: Callable[[], Iterable[str]] = tuple,
        near: Nearness | None = None,
    ) -> None:
        """Args:
        folder, streams, memory_mb: as for `Supervisor`.
        examples: questions as residents ask them; read when first needed.
        near: the search, which has to agree with what may have been meant; may raise
            SearchUnavailable.
        """
        self._examples, self._near = examples, near
        self.supervisor = Supervisor(folder, streams, memory_mb)

    async def recording(self, data: bytes, region: str | None = None, *, held: bool = True) -> Said:
        """What was said in a whole recording; `held` as for `understand`.

        Raises:
            SpeechError: it cannot be decoded, or no recogniser can hear it now.
        """
        return await self.said(await self.supervisor.hear(data), region, held=held)

    async def said(self, heard: Heard, region: str | None = None, *, held: bool = True) -> Said:
        """`understand` beside the event loop: the first time it reads the FAQ."""
        return await asyncio.to_thread(self.understand, heard, region, held=held)

    @asynccontextmanager
    async def stream(
        self, rate: int | None, phrases: Sequence[str], *, hands_free: bool
    ) -> AsyncIterator[Stream]:
        """A live stream; raises SpeechError."""
        async with self.supervisor.stream(rate, phrases, hands_free=hands_free) as stream:
            yield stream

    def understand(self, heard: Heard, region: str | None = None, *, held: bool = True) -> Said:
        """Judge an utterance: words to confirm, or a request to say it again.

        Args:
            heard: what the recogniser made of it.
            region: whose dialect to look for.
            held: the speaker held a button down, and would have to again.
        """
        judged = outcome(heard, self.supervisor.engine)
        if judged is not Outcome.HEARD:
            silent = SILENT_HELD if held else SILENT
            message = silent if judged is Outcome.SILENT else UNCLEAR
            return Said(judged, "", heard.text, message, heard.confidence, heard.seconds)
        text = tidy(heard.text)
        return Said(
            judged,
            text,
            heard.text,
            "",
            heard.confidence,
            heard.seconds,
            heard.words,
            self._candidates(text, heard, region),
            read_back(text),
            _ANSWERS[chosen(normalise(text), ("",))],
        )

    def reading(self, words: str, region: str) -> Reading | None:
        """Another way words heard aloud may have been meant; None where nothing speaks for one.

        Args:
            words: as the speaker let them stand.
            region: whose sounds and words to allow for; "" for none.
        """
        found = self._candidates(words, Heard(words), region or None)
        text = words
        for one in found:
            text = text.replace(one.heard, one.term)
        meant = tuple((one.heard, one.term) for one in found)
        return Reading(translated(text, region or None), meant, region) if meant else None

    @cached_property
    def _finder(self) -> Finder:
        return Finder(legal_terms(), cut, self._examples(), plain_words())

    def _candidates(self, text: str, heard: Heard, region: str | None) -> tuple[Candidate, ...]:
        """Words of the region first, then terms that sound alike."""
        words = tuple(
            Candidate(entry.word, entry.standard[0], f"您是说“{entry.standard[0]}”吗？")
            for entry in dialect_words()
            if region in entry.regions and entry.word in text
        )
        try:
            return words + self._finder.find(text, heard.alternatives, region, self._near)
        except SearchUnavailable:
            return words + self._finder.find(text, heard.alternatives, region)


def legal_terms() -> tuple[str, ...]:
    """Terms worth asking about when they may have been misheard."""
    return _words("spoken.txt")


def plain_words() -> tuple[str, ...]:
    """Words of everyday, never taken for a term that was misheard."""
    return _words("daily.txt")


def _words(name: str) -> tuple[str, ...]:
    topics = read_topic_words((LEXICON / name).read_text(encoding="utf-8"))
    return tuple(word for words in topics.values() for word in words)
