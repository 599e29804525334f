"""SILK, as WeChat records it, through silk-python."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pysilk

from speech.errors import AudioInvalid

_HEADERS = (b"\x02#!SILK_V3", b"#!SILK_V3")
_PACKETS_A_SECOND = 50  # at most; a packet may hold five frames of 20 ms


def decode(data: bytes, rate: int, seconds: float) -> bytes:
    """Decode a SILK recording to mono s16le; not much more than `seconds` of it.

    Ten megabytes of empty packets would else become gigabytes of silence, so packets are counted
    first, and a cut one at the end is left out.

    Raises:
        AudioInvalid: nothing of it can be decoded.
    """
    header = next((mark for mark in _HEADERS if data.startswith(mark)), b"")
    packets = list(_packets(data[len(header) :], int(seconds * _PACKETS_A_SECOND)))
    out = io.BytesIO()
    try:
        if header and packets:
            pysilk.decode(io.BytesIO(_HEADERS[0] + b"".join(packets)), out, rate)
    except pysilk.SilkError:
        pass  # what was decoded before is kept
    if not out.tell():
        raise AudioInvalid("这段微信语音打不开，请再录一次。", "audio_unreadable")
    return out.getvalue()


def _packets(body: bytes, most: int) -> Iterator[bytes]:
    at = 0
    for _ in range(most):
        size = int.from_bytes(body[at : at + 2], "little", signed=True)
        if at + 2 > len(body) or size < 0 or at + 2 + size > len(body):
            return
        yield body[at : at + 2 + size]
        at += 2 + size
