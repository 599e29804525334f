"""Vosk: words while they are spoken. What its native code cannot bear is checked before it.

A grammar of no words, broken JSON or a rate of 0 kill or hang the process, and a recogniser
shared by two streams aborts it; so a recogniser lives for one utterance, at one rate, with a
grammar that is only set from words the model knows, before the first sound.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import vosk

from speech.audio import RATE
from speech.types import Heard, Word


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

    def open(self, phrases: Sequence[str]) -> VoskUtterance:
        """Begin an utterance."""
        known = [phrase for phrase in phrases if self._knows(phrase)]
        if not known:
            return VoskUtterance(vosk.KaldiRecognizer(self._model, float(RATE)))
        grammar = json.dumps([*known, "[unk]"], ensure_ascii=False)
        return VoskUtterance(vosk.KaldiRecognizer(self._model, float(RATE), grammar))

    def _knows(self, phrase: str) -> bool:
        words = phrase.split()
        return bool(words) and all(self._model.vosk_model_find_word(w) >= 0 for w in words)


class VoskUtterance:
    """One utterance; Vosk ends sentences by itself, so finished ones are gathered here."""

    def __init__(self, recogniser: vosk.KaldiRecognizer) -> None:
        self._recogniser = recogniser
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
        self._words += [Word(r["word"], r["start"], r["end"], r["conf"]) for r in rows]


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
