"""Something the voice activity model takes for a voice: vowels made of pulses and formants."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from tests.speech.sounds import encode

RATE = 16_000
_VOWELS = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480))


@lru_cache
def voice(seconds: float) -> bytes:
    """A WAV file of sung-like vowels, a quarter of a second each."""
    count = int(seconds * RATE)
    at = np.arange(count) / RATE
    pitch = 130 + 25 * np.sin(2 * np.pi * 2.3 * at)
    pulses = np.diff(np.floor(np.cumsum(pitch / RATE)), prepend=0.0)
    sound = np.zeros(count)
    for piece in range(int(np.ceil(seconds * 4))):
        span = slice(piece * RATE // 4, min(count, (piece + 1) * RATE // 4))
        for formant in _VOWELS[piece % len(_VOWELS)]:
            sound[span] += _ringing(pulses[span], formant)
    sound *= 0.6 + 0.4 * np.sin(2 * np.pi * 4 * at)
    pcm = (sound / np.abs(sound).max() * 12_000).astype("<i2").tobytes()
    return encode(pcm, "wav", "pcm_s16le")


def _ringing(pulses: np.ndarray, hertz: float) -> np.ndarray:
    at = np.arange(400) / RATE
    ring = np.exp(-at * 2 * np.pi * 90) * np.sin(2 * np.pi * hertz * at)
    return np.convolve(pulses, ring)[: len(pulses)]
