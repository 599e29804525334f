"""Vosk: words while they are spoken. What its native code cannot bear is checked before it.

A grammar of no words, broken JSON or a rate of 0 kill or hang the process, and a recogniser
shared by two streams aborts it; so a recogniser lives for one utterance, at one rate, with a
grammar that is only set from words the model knows, before the first sound.

The first half second costs a recogniser about a second of a core, whatever is in it. So some
wait with that behind them: each has heard a hush, and its first words come a second sooner.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import vosk

from speech.audio import RATE
from speech.types import Heard, Word

# More than 0.5, or the costly beginning is still ahead. Vosk looks at what it heard every 0.2 to
# 0.3 s: from 0.7 on its second look falls where a first word can be told.
_HUSH_SECONDS = 0.7
_HUSH_LOUD = 20  # of 32,768: a quiet room; digital silence sounds like no room at all
_NICE = 10


class VoskEngine:
    """A Vosk model, shared by its streams."""

    name = "vosk"
    streams = 4
    # Seconds a piece of sound may take before the process counts as hung. With seven times more
    # work than cores 5 was too short, and a needless new start costs every speaker their words.
    patience = 15.0

    def __init__(self, folder: Path) -> None:
        vosk.SetLogLevel(-1)
        self._model = vosk.Model(str(folder))
        self.model = folder.name
        # One more waits in the hand of the thread that makes them.
        self._begun: queue.Queue[vosk.KaldiRecognizer] = queue.Queue(self.streams - 1)

    def prepare(self) -> None:
        """Keep a recogniser begun for every stream, as the speakers leave time for it."""
        threading.Thread(target=self._keep_begun, daemon=True).start()

    def open(self, phrases: Sequence[str]) -> VoskUtterance:
        """Begin an utterance."""
        known = [phrase for phrase in phrases if self._knows(phrase)]
        if known:
            grammar = json.dumps([*known, "[unk]"], ensure_ascii=False)
            return VoskUtterance(vosk.KaldiRecognizer(self._model, float(RATE), grammar))
        try:
            return VoskUtterance(self._begun.get_nowait(), _HUSH_SECONDS)
        except queue.Empty:
            return VoskUtterance(vosk.KaldiRecognizer(self._model, float(RATE)))

    def _keep_begun(self) -> None:
        if sys.platform == "linux":  # where a thread has a priority of its own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        while True:
            self.begin()

    def begin(self) -> None:
        """Begin one recogniser; waits while enough are."""
        hush = np.random.default_rng(0).normal(0, _HUSH_LOUD, int(_HUSH_SECONDS * RATE))
        recogniser = vosk.KaldiRecognizer(self._model, float(RATE))
        recogniser.AcceptWaveform(hush.astype("<i2").tobytes())
        recogniser.Result()  # whatever it took the hush for is nobody's words
        self._begun.put(recogniser)

    def _knows(self, phrase: str) -> bool:
        words = phrase.split()
        return bool(words) and all(self._model.vosk_model_find_word(w) >= 0 for w in words)


class VoskUtterance:
    """One utterance; Vosk ends sentences by itself, so finished ones are gathered here."""

    def __init__(self, recogniser: vosk.KaldiRecognizer, heard: float = 0.0) -> None:
        """`heard` are the seconds it has heard before the utterance."""
        self._recogniser, self._heard = recogniser, heard
        self._recogniser.SetWords(True)
        self._words: list[Word] = []

    def accept(self, pcm: bytes) -> None:
        """More sound."""
        if pcm and self._recogniser.AcceptWaveform(bytes(pcm)):
            self._gather(self._recogniser.Result())

    def partial(self) -> str:
        """What was heard so far."""
        running = json.loads(self._recogniser.PartialResult()).get("partial", "")
        return _joined([word.text for word in self._words] + running.split())

    def final(self) -> Heard:
        """What was heard in all; confidence is the mean of the words', weighted by length."""
        self._gather(self._recogniser.FinalResult())
        words = tuple(self._words)
        weight = sum(len(word.text) for word in words)
        sure = sum(word.confidence * len(word.text) for word in words) / weight if weight else 0.0
        return Heard(_joined([word.text for word in words]), sure, words)

    def _gather(self, result: str) -> None:
        rows: list[dict[str, Any]] = json.loads(result).get("result", [])
        before = self._heard
        for row in rows:
            start, end = max(0.0, row["start"] - before), max(0.0, row["end"] - before)
            self._words.append(Word(row["word"], round(start, 2), round(end, 2), row["conf"]))


def _joined(words: list[str]) -> str:
    """Chinese without spaces; other scripts keep them.

    >>> _joined(["拖欠", "工资"]), _joined(["이", "사안"]), _joined(["开", "OT"])
    ('拖欠工资', '이 사안', '开OT')
    """
    text = ""
    for word in words:
        spaced = text and not _chinese(text[-1]) and not _chinese(word[0])
        text += f" {word}" if spaced else word
    return text


def _chinese(char: str) -> bool:
    return "㐀" <= char <= "鿿"
