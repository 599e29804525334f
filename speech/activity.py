"""Where somebody speaks: Silero's voice activity model (shipped with faster-whisper), and turns."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from speech.audio import BYTES_A_SECOND

_WINDOW = 512  # samples, 32 ms: the model knows no other size
_CONTEXT = 64
_BYTES = 2 * _WINDOW
_SPEECH = 0.5
_START = 3  # of the last four windows: 96 ms
_SILENCE = 0.35
_PRE_ROLL = 10  # windows kept before the start is sure, so that no first syllable is lost
END_AFTER = 0.6  # seconds of silence that end a turn


class Turn(StrEnum):
    """What happened."""

    STARTED = "started"
    SOUND = "sound"
    ENDED = "ended"


@dataclass(frozen=True)
class Heard:
    """A piece of a turn: its sound, 16 kHz mono s16le."""

    turn: Turn
    pcm: bytes = b""


def load_model() -> onnxruntime.InferenceSession:
    """The model's session; may be shared, it holds no state."""
    spec = find_spec("faster_whisper")  # found, not imported: that would load CTranslate2
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("faster-whisper is not installed")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    path = Path(spec.origin).parent / "assets/silero_vad_v6.onnx"
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class VoiceActivity:
    """Cuts a stream into turns: from just before speech to a pause."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        self._h = np.zeros((1, 1, 128), np.float32)
        self._c = np.zeros((1, 1, 128), np.float32)
        self._tail: NDArray[np.float32] = np.zeros((1, _CONTEXT), np.float32)
        self._rest = b""
        self._before: deque[bytes] = deque(maxlen=_PRE_ROLL)
        self._recent: deque[bool] = deque(maxlen=4)
        self._quiet = 0
        self.speaking = False
        self.speech_seconds = 0.0

    def feed(self, pcm: bytes) -> Iterator[Heard]:
        """What this sound adds."""
        data = self._rest + pcm
        end = len(data) // _BYTES * _BYTES
        self._rest = data[end:]
        for at in range(0, end, _BYTES):
            window = data[at : at + _BYTES]
            yield from self._step(window, self._probability(window))

    def _step(self, window: bytes, chance: float) -> Iterator[Heard]:
        self._recent.append(chance > _SPEECH)
        if chance > _SPEECH:
            self.speech_seconds += _BYTES / BYTES_A_SECOND
        if not self.speaking:
            self._before.append(window)
            if sum(self._recent) >= _START:
                self.speaking, self._quiet = True, 0
                yield Heard(Turn.STARTED, b"".join(self._before))
                self._before.clear()
            return
        self._quiet = 0 if chance > _SILENCE else self._quiet + 1
        yield Heard(Turn.SOUND, window)
        if self._quiet * _BYTES >= END_AFTER * BYTES_A_SECOND:
            self.speaking = False
            self._recent.clear()
            yield Heard(Turn.ENDED)

    def _probability(self, window: bytes) -> float:
        sound = np.frombuffer(window, "<i2").astype(np.float32)[None] / np.float32(32768)
        inputs = {"input": np.concatenate([self._tail, sound], 1), "h": self._h, "c": self._c}
        chance, self._h, self._c = self._session.run(None, inputs)
        self._tail = sound[:, -_CONTEXT:]
        return float(np.asarray(chance).reshape(-1)[0])
