"""What a recogniser hears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Word:
    """One word with its place in seconds and how sure the engine is of it, 0 to 1."""

    text: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True)
class Heard:
    """One utterance.

    `text` is as heard, without marks; `confidence` is the engine's own, 0 to 1, and means
    something else for each engine: see `speech.confidence`. `seconds` counts speech, not silence.
    """

    text: str
    confidence: float = 0.0
    words: tuple[Word, ...] = ()
    alternatives: tuple[str, ...] = ()
    seconds: float = 0.0


class Utterance(Protocol):
    """A recogniser for one utterance; never shared and never used again."""

    def accept(self, pcm: bytes) -> None:
        """More sound: 16 kHz mono s16le."""

    def partial(self) -> str:
        """What was heard so far; "" where the engine cannot say before the end."""

    def final(self) -> Heard:
        """What was heard in all."""


class Engine(Protocol):
    """A loaded model; lives in a child process."""

    name: str
    model: str
    streams: int
    patience: float

    def prepare(self) -> None:
        """Get ready for speakers, beside everything else; called once, by who will serve them."""

    def open(self, phrases: Sequence[str]) -> Utterance:
        """Begin an utterance; `phrases`, checked before, narrow what may be heard."""
