"""Recordings made on the spot, in every container and codec the decoder promises to read."""

from __future__ import annotations

import io

import av
import numpy as np
import pysilk

SECOND = 32_000  # bytes of 16 kHz mono s16le


def tone(seconds: float, rate: int = 16_000, hertz: float = 440.0) -> bytes:
    """A steady note, mono s16le."""
    at = np.arange(int(seconds * rate)) / rate
    return (np.sin(2 * np.pi * hertz * at) * 8_000).astype("<i2").tobytes()


def silence(seconds: float, rate: int = 16_000) -> bytes:
    """Nothing, mono s16le."""
    return bytes(2 * int(seconds * rate))


def recording(
    container: str, codec: str, seconds: float = 1.0, rate: int = 16_000, layout: str = "mono"
) -> bytes:
    """A note encoded with FFmpeg."""
    return encode(tone(seconds, rate), container, codec, rate, layout)


def encode(
    pcm: bytes, container: str, codec: str, rate: int = 16_000, layout: str = "mono"
) -> bytes:
    """Mono s16le in a container."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, layout=layout)
        resampler = av.AudioResampler(stream.format, layout, rate)
        frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, "<i2")[None], "s16", "mono")
        frame.sample_rate = rate
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    return out.getvalue()


def silk(seconds: float = 1.0, *, tencent: bool = True) -> bytes:
    """A note as WeChat would send it."""
    out = io.BytesIO()
    pysilk.encode(io.BytesIO(tone(seconds, 24_000)), out, 24_000, 24_000, tencent=tencent)
    return out.getvalue()


def amr_wideband(seconds: float = 1.0) -> bytes:
    """Frames of AMR-WB's lowest mode (17 bytes for 20 ms); FFmpeg brings no encoder for it."""
    frame = bytes([0x04]) + bytes(range(17))
    return b"#!AMR-WB\n" + frame * round(seconds * 50)
