"""Recordings of any usual kind -> 16 kHz mono s16le, piece by piece.

The container is told from its first bytes and only that one demuxer is opened: a playlist or a
text handed in as audio never reaches FFmpeg, which would follow the addresses in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from speech import silk
from speech.errors import AudioInvalid, RequestInvalid

RATE = 16_000  # samples a second after decoding, two bytes each
BYTES_A_SECOND = 2 * RATE
MAX_BYTES = 10 * 1024 * 1024
MAX_SECONDS = 60.0
RATES = range(8_000, 48_001)
_GRACE = 1.0  # recorders that stop at 60 s write a little more
_SNIFF = 16
_CHUNK = 8_192
# Without these FFmpeg waits for megabytes of a live stream before it says what is in it.
_QUICKLY = {"probesize": "32768", "analyzeduration": "0"}
_CODECS = ("pcm_", "mp3", "aac", "amr", "opus", "vorbis", "flac", "alac", "libopencore")


class Source(Protocol):
    """A recording, or sound still coming in."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, all of them without it; nothing at the end."""

    def seekable(self) -> bool:
        """Whether it also has `seek` and `tell`."""


def sniff(head: bytes) -> str:
    """The container that begins so, as FFmpeg calls it; "" if none that is accepted.

    >>> sniff(b"RIFF....WAVEfmt "), sniff(b"#!AMR-WB"), sniff(b"<html>")
    ('wav', 'amr', '')
    """
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head[4:8] == b"ftyp":
        return "mp4"
    if head[:10].lstrip(b"\x02").startswith(b"#!SILK"):
        return "silk"
    for mark, name in (
        (b"#!AMR", "amr"),
        (b"\x1aE\xdf\xa3", "matroska"),
        (b"OggS", "ogg"),
        (b"fLaC", "flac"),
        (b"ID3", "mp3"),
    ):
        if head.startswith(mark):
            return name
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "mp3" if head[1] & 0x06 else "aac"  # an ADTS header has no layer
    return ""


def decode(source: Source, rate: int | None = None, limit: float = MAX_SECONDS) -> Iterator[bytes]:
    """Decode a recording while it is being read.

    Frames before a cut or a damaged end are kept; a damaged frame between is left out.

    Args:
        source: a file, or anything with `read`; without `seek` it is taken as a live stream.
        rate: samples a second of raw mono s16le; None for a container.
        limit: seconds of sound that are too many.

    Yields:
        Pieces of 16 kHz mono s16le, whole samples.

    Raises:
        AudioInvalid: empty, unreadable, of an unknown kind, or too long.
        RequestInvalid: the rate is outside 8 to 48 kHz.
    """
    pieces = _raw(source, rate) if rate is not None else _container(source, limit)
    heard = 0
    for piece in pieces:
        heard += len(piece)
        if heard > (limit + _GRACE) * BYTES_A_SECOND:
            raise AudioInvalid(f"录音太长：一次最多{limit:.0f}秒，请分几段说。", "audio_too_long")
        yield piece
    if not heard:
        raise AudioInvalid("录音是空的，请再录一次。", "audio_empty")


def check_size(size: int) -> None:
    """Refuse what is larger than any minute of speech.

    Raises:
        AudioInvalid: over 10 MiB, or nothing at all.
    """
    if size > MAX_BYTES:
        raise AudioInvalid("录音文件太大：最多10MB，请分几段录。", "audio_too_large")
    if not size:
        raise AudioInvalid("录音是空的，请再录一次。", "audio_empty")


def check_rate(rate: int) -> int:
    """The rate, if a recogniser may get it.

    Raises:
        RequestInvalid: outside 8 to 48 kHz; Vosk hangs at 0 and crawls at 100.
    """
    if rate not in RATES:
        raise RequestInvalid(f"采样率{rate}不行：要在8000到48000之间。", "rate_invalid")
    return rate


def _container(source: Source, limit: float) -> Iterator[bytes]:
    head = _head(source)
    if not head:
        return
    kind = sniff(head)
    if not kind:
        raise AudioInvalid(
            "认不出这种录音。请用MP3、M4A、WAV、AMR或微信语音再试。", "audio_unknown"
        )
    whole = _Rejoined(head, source)
    if kind == "silk":
        yield silk.decode(whole.read(), RATE, limit + 2 * _GRACE)
    else:
        yield from _resampled(_frames(whole, kind))


def _head(source: Source) -> bytes:
    head = b""
    while len(head) < _SNIFF and (more := source.read(_SNIFF - len(head))):
        head += more
    return head


class _Rejoined:
    """A source with its sniffed beginning put back; seekable if the source is."""

    def __init__(self, head: bytes, source: Any) -> None:
        self._head, self._source = head, source
        if source.seekable():
            source.seek(0)
            self._head = b""
            self.seek, self.tell = source.seek, source.tell

    def read(self, size: int = -1) -> bytes:
        if not self._head:
            data: bytes = self._source.read(size)
            return data
        head, self._head = self._head, b""
        rest: bytes = b"" if size >= 0 else self._source.read()
        return head + rest


def _frames(source: _Rejoined, kind: str) -> Iterator[AudioFrame]:
    """Decoded frames up to the end or to the cut."""
    try:
        with av.open(source, "r", kind, _QUICKLY, metadata_errors="ignore") as container:
            streams = container.streams.audio
            if not streams or not streams[0].codec_context.name.startswith(_CODECS):
                raise AudioInvalid("这个文件里没有能听的声音。", "audio_unreadable")
            for packet in container.demux(streams[0]):
                try:
                    yield from packet.decode()
                except av.error.InvalidDataError:
                    continue
    except av.error.FFmpegError:
        return


def _resampled(frames: Iterable[AudioFrame]) -> Iterator[bytes]:
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    some = False
    for frame in frames:
        if frame.sample_rate not in range(4_000, 192_001):
            break
        try:
            resampled = resampler.resample(frame)
        except ValueError:  # the format changed under way: keep what was said before
            break
        for piece in resampled:
            some = True
            yield piece.to_ndarray().tobytes()
    if not some:
        raise AudioInvalid("录音打不开，可能没有录完整。请再录一次。", "audio_unreadable")
    for piece in resampler.resample(None):
        yield piece.to_ndarray().tobytes()


def _raw(source: Source, rate: int) -> Iterator[bytes]:
    check_rate(rate)
    if rate == RATE:
        yield from _whole_samples(source)
    else:
        yield from _resampled(_as_frames(_whole_samples(source), rate))


def _whole_samples(source: Source) -> Iterator[bytes]:
    rest = b""
    while data := source.read(_CHUNK):
        data = rest + data
        even = len(data) // 2 * 2
        rest = data[even:]
        if even:
            yield data[:even]


def _as_frames(pieces: Iterable[bytes], rate: int) -> Iterator[AudioFrame]:
    for piece in pieces:
        frame = AudioFrame(format="s16", layout="mono", samples=len(piece) // 2)
        frame.planes[0].update(piece)
        frame.sample_rate = rate
        yield frame
