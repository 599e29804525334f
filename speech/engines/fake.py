"""An engine for tests: hears what a text file says, and fails as told."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from itertools import chain, repeat
from pathlib import Path

from speech.audio import BYTES_A_SECOND
from speech.types import Heard, Word


class FakeEngine:
    """Hears the words of `says.txt` in its folder, one for each half second of sound.

    Its first line is the first utterance; the last line is all that follow.

    A word `@crash` aborts the process, `@hang` makes it stop answering, `@leak` makes it grow by
    100 MB; `sure.txt` holds the confidence.
    """

    name = "fake"
    streams = 2
    patience = 1.0

    def __init__(self, folder: Path) -> None:
        self.model = folder.name
        lines = (folder / "says.txt").read_text(encoding="utf-8").splitlines() or [""]
        self._lines = chain(lines, repeat(lines[-1]))
        sure = folder / "sure.txt"
        self._sure = float(sure.read_text(encoding="utf-8")) if sure.exists() else 0.9
        self.kept = bytearray()

    def prepare(self) -> None:
        """Nothing to do."""

    def open(self, phrases: Sequence[str]) -> FakeUtterance:  # noqa: ARG002
        """Begin an utterance."""
        return FakeUtterance(self, next(self._lines).split(), self._sure)


class FakeUtterance:
    """One utterance."""

    def __init__(self, engine: FakeEngine, words: list[str], sure: float) -> None:
        self._engine, self._words, self._sure, self._bytes = engine, words, sure, 0

    def accept(self, pcm: bytes) -> None:
        """More sound."""
        self._bytes += len(pcm)
        match self._said()[-1:]:
            case ["@crash"]:
                os.abort()
            case ["@hang"]:
                time.sleep(600)
            case ["@leak"]:
                self._engine.kept = self._engine.kept or bytearray(b"x") * 100_000_000

    def partial(self) -> str:
        """What was heard so far."""
        return "".join(self._said())

    def final(self) -> Heard:
        """What was heard in all."""
        said = self._said()
        words = tuple(Word(w, at / 2, at / 2 + 0.5, self._sure) for at, w in enumerate(said))
        return Heard("".join(said), self._sure, words)

    def _said(self) -> list[str]:
        return self._words[: self._bytes * 2 // BYTES_A_SECOND]
