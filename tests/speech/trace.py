"""Where the time before the first words goes: python -m tests.speech.trace VOSK_MODEL.

One stream at a time through the voice gate and the recogniser, fed as fast as it takes sound: how
much of the speech must have been heard, and how much of a core was spent, before words are told.
Neither depends much on what else the machine does. Prints JSON lines, the
recogniser begun beforehand or not.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import speech.session
from speech.activity import load_model
from speech.audio import BYTES_A_SECOND
from speech.engines.vosk import VoskEngine
from speech.session import Session
from speech.wire import Kind
from tests.speech.speakers import PIECE, SENTENCES, Speech, read_aloud

_STEP = int(PIECE * BYTES_A_SECOND)
_SHIFTS = range(2)  # words begin at other places of the pieces: three hundredths of a second each
_HUNDREDTH = BYTES_A_SECOND // 100


class Fed:
    """A live stream that is read piece by piece; `at` is how much of it was taken."""

    def __init__(self, pcm: bytes) -> None:
        self._pcm, self._rest, self.at = pcm, b"", 0

    def seekable(self) -> bool:
        """Never."""
        return False

    def read(self, size: int = -1, /) -> bytes:
        """Some of the piece spoken last."""
        if not self._rest:
            self._rest = self._pcm[self.at : self.at + _STEP]
            self.at += len(self._rest)
        out, self._rest = self._rest[:size], self._rest[size:]
        return out


def first_words(engine: VoskEngine, activity: object, speech: Speech) -> tuple[float, float]:
    """Seconds of speech heard and of CPU spent before the first words."""
    fed, began = Fed(speech.pcm), time.thread_time()
    for kind, _ in Session(engine, activity, {"rate": 16_000}).run(fed):  # type: ignore[arg-type]
        if kind is Kind.PARTIAL:
            return fed.at / BYTES_A_SECOND - speech.begins, time.thread_time() - began
    raise ValueError("no words were heard")


def main(model: Path) -> None:
    """Print both ways."""
    speech.session._PARTIAL_EVERY = 0.0  # the clock stands still here
    engine, activity = VoskEngine(model), load_model()
    speeches = [read_aloud(sentence) for sentence in SENTENCES]
    later = [
        Speech(bytes(3 * n * _HUNDREDTH) + one.pcm, one.begins + 0.03 * n)
        for one in speeches
        for n in _SHIFTS
    ]
    _say("begun with the words", [first_words(engine, activity, one) for one in later])
    told = []
    for one in later:
        engine.begin()
        told.append(first_words(engine, activity, one))
    _say("begun beforehand", told)


def _say(name: str, told: Sequence[tuple[float, float]]) -> None:
    heard, spent = np.mean(told, axis=0)
    row = {"recogniser": name, "streams": len(told)}
    row |= {"speech heard s": round(heard, 2), "CPU s": round(spent, 2)}
    sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
