"""One stream inside the recogniser's process: sound -> turns -> utterances."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import onnxruntime

from speech.activity import Turn, VoiceActivity
from speech.audio import BYTES_A_SECOND, MAX_SECONDS, Source, decode
from speech.types import Engine, Heard, Utterance
from speech.wire import Kind

Said = tuple[Kind, dict[str, Any]]
SESSION_SECONDS = 300.0  # hands-free, with any number of utterances in it
_PARTIAL_EVERY = 0.1  # seconds between looks at what was heard so far


class Session:
    """Hears one stream; hands-free it ends an utterance at every pause, else only at the end."""

    def __init__(
        self, engine: Engine, activity: onnxruntime.InferenceSession, opened: dict[str, Any]
    ) -> None:
        self._engine = engine
        self._activity = VoiceActivity(activity)
        self._rate: int | None = opened.get("rate")
        self._phrases: list[str] = opened.get("phrases", [])
        self._hands_free: bool = opened.get("hands_free", False)
        self._utterance: Utterance | None = None
        self._partial, self._looked, self._counted, self._bytes = "", 0.0, 0.0, 0

    def run(self, feed: Source) -> Iterator[Said]:
        """What is heard, as it is heard; a last `FINAL` always comes."""
        limit = SESSION_SECONDS if self._hands_free else MAX_SECONDS
        for pcm in decode(feed, self._rate, limit):
            for piece in self._activity.feed(pcm):
                if piece.turn is not Turn.SOUND:
                    yield Kind.TURN, {"turn": piece.turn.value}
                self._accept(piece.pcm)
                paused = piece.turn is Turn.ENDED or self._bytes > MAX_SECONDS * BYTES_A_SECOND
                if paused and self._hands_free and self._utterance:
                    yield self._final(last=False)
            yield from self._look()
        yield self._final(last=True)

    def _accept(self, pcm: bytes) -> None:
        if not pcm:
            return
        if self._utterance is None:
            self._utterance = self._engine.open(self._phrases)
            self._partial, self._bytes = "", 0
        self._utterance.accept(pcm)
        self._bytes += len(pcm)

    def _look(self) -> Iterator[Said]:
        now = time.monotonic()
        if now - self._looked < _PARTIAL_EVERY:
            return
        self._looked = now
        yield Kind.TAKEN, {"bytes": 0}  # a sign of life: one piece may hold many seconds
        if self._utterance is None:
            return
        text = self._utterance.partial()
        if text and text != self._partial:
            self._partial = text
            yield Kind.PARTIAL, {"text": text}

    def _final(self, *, last: bool) -> Said:
        heard = self._utterance.final() if self._utterance else Heard("")
        self._utterance = None
        seconds = self._activity.speech_seconds - self._counted
        self._counted = self._activity.speech_seconds
        return Kind.FINAL, asdict(replace(heard, seconds=round(seconds, 2))) | {"last": last}
