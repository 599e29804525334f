"""Whisper through faster-whisper (CTranslate2): nothing until the end, then the best three."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Sequence
from pathlib import Path

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from numpy.typing import NDArray
from opencc import OpenCC

from speech.audio import BYTES_A_SECOND
from speech.types import Heard

_LONGEST = 28.0  # seconds; the encoder's window is 30 and costs the same however much is in it
_BEAMS = 5
_BEST = 3
_NOTHING = 0.6  # a chance of no speech above which a doubtful text counts as none
_MARKS = re.compile(r"[\s，。？！、；：“”,.?!;:\"]+(?!\d)")
_LOOP = 2.4  # characters for each different pair of them: Whisper caught repeating itself


class WhisperEngine:
    """A Whisper model; one utterance is decoded at a time, the others wait."""

    name = "whisper"
    streams = 4
    patience = 90.0  # seconds for a whole minute of speech on two busy cores, others before it

    def __init__(self, folder: Path) -> None:
        self._whisper = WhisperModel(str(folder), "cpu", compute_type="int8", cpu_threads=2)
        self._lock = threading.Lock()
        self._simplified = OpenCC("t2s")
        self._tokenizer = Tokenizer(
            self._whisper.hf_tokenizer, self._whisper.model.is_multilingual, "transcribe", "zh"
        )
        self.model = folder.name

    def prepare(self) -> None:
        """Nothing to do."""

    def open(self, phrases: Sequence[str]) -> WhisperUtterance:  # noqa: ARG002
        """Begin an utterance; Whisper cannot be held to phrases."""
        return WhisperUtterance(self)

    def hear(self, pcm: bytes) -> Heard:
        """Recognise a whole utterance, in pieces that fit the encoder's window."""
        sound = np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)
        with self._lock:
            parts = [self._piece(piece) for piece in _pieces(sound)]
        parts = [part for part in parts if part.text]
        weight = sum(len(part.text) for part in parts)
        sure = sum(part.confidence * len(part.text) for part in parts) / weight if weight else 0.0
        others = {o: None for part in parts for o in part.alternatives} if len(parts) == 1 else {}
        return Heard("".join(p.text for p in parts), sure, (), tuple(others))

    def _piece(self, sound: NDArray[np.float32]) -> Heard:
        """The best readings of up to 28 seconds; confidence is the mean chance of a token."""
        frames = self._whisper.feature_extractor(sound)
        features = np.zeros((frames.shape[0], 3000), np.float32)
        features[:, : min(3000, frames.shape[1])] = frames[:, :3000]
        view = ctranslate2.StorageView.from_array(features[None])
        prompt = [*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]
        result = self._whisper.model.generate(
            view,
            [prompt],
            beam_size=_BEAMS,
            num_hypotheses=_BEST,
            max_length=224,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        texts = [self._text(tokens) for tokens in result.sequences_ids]
        length = len(result.sequences_ids[0])
        sure = math.exp(result.scores[0] * length / (length + 1))
        if not texts[0] or (result.no_speech_prob > _NOTHING and sure < 0.5):
            return Heard("")
        if _repeats(texts[0]):
            sure = 0.0
        rest = tuple(dict.fromkeys(text for text in texts[1:] if text and text != texts[0]))
        return Heard(texts[0], sure, (), rest)

    def _text(self, tokens: list[int]) -> str:
        text = str(self._simplified.convert(self._tokenizer.decode(tokens)))
        return _MARKS.sub("", text)


class WhisperUtterance:
    """Gathers the sound of one utterance."""

    def __init__(self, engine: WhisperEngine) -> None:
        self._engine = engine
        self._pcm = bytearray()

    def accept(self, pcm: bytes) -> None:
        """More sound."""
        self._pcm += pcm

    def partial(self) -> str:
        """Nothing: Whisper hears sentences, not words."""
        return ""

    def final(self) -> Heard:
        """What was heard in all."""
        return self._engine.hear(bytes(self._pcm)) if self._pcm else Heard("")


def _pieces(sound: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Cut at the quietest place of the last eight seconds before the window is full."""
    rate = BYTES_A_SECOND // 2
    most, pieces = int(_LONGEST * rate), []
    while len(sound) > most:
        loud = np.abs(sound[most - 8 * rate : most]).reshape(-1, rate // 10).mean(1)
        cut = most - 8 * rate + int(loud.argmin()) * rate // 10 + rate // 20
        pieces.append(sound[:cut])
        sound = sound[cut:]
    return [*pieces, sound]


def _repeats(text: str) -> bool:
    """Whether the text is one thing over and over, as Whisper makes of music and noise.

    >>> _repeats("谢谢大家" * 8), _repeats("老板拖欠工资三个月了我该怎么办")
    (True, False)
    """
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    return len(pairs) >= 12 and len(pairs) / len(set(pairs)) > _LOOP
