"""Every row of the decoding table, and what must be refused."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.audio import MAX_BYTES, check_size, decode
from speech.errors import AudioInvalid, RequestInvalid
from tests.speech.sounds import (
    SECOND,
    amr_wideband,
    encode,
    recording,
    silence,
    silk,
    tone,
)

KINDS = {
    "wav": recording("wav", "pcm_s16le"),
    "wav, stereo 48 kHz": recording("wav", "pcm_s16le", rate=48_000, layout="stereo"),
    "wav, 8 kHz": recording("wav", "pcm_s16le", rate=8_000),
    "wav, A-law": recording("wav", "pcm_alaw", rate=8_000),
    "mp3, 44.1 kHz": recording("mp3", "libmp3lame", rate=44_100),
    "mp3, stereo": recording("mp3", "libmp3lame", layout="stereo"),
    "m4a": recording("ipod", "aac"),
    "aac": recording("adts", "aac"),
    "amr-nb": recording("amr", "libopencore_amrnb", rate=8_000),
    "amr-wb": amr_wideband(),
    "webm/opus": recording("webm", "libopus", rate=48_000),
    "ogg/opus": recording("ogg", "libopus", rate=48_000),
    "flac": recording("flac", "flac"),
    "silk": silk(),
    "silk, not Tencent's": silk(tencent=False),
}
LONGER = {  # pages and frames of these hold a second and more
    "ogg/opus": recording("ogg", "libopus", seconds=4, rate=48_000),
    "flac": recording("flac", "flac", seconds=4),
}


def heard(data: bytes, rate: int | None = None) -> bytes:
    return b"".join(decode(io.BytesIO(data), rate))


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_comes_out_as_a_second(kind: str) -> None:
    pcm = heard(KINDS[kind])
    assert len(pcm) / SECOND == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("kind", set(KINDS) - {"amr-wb"})
def test_the_note_survives(kind: str) -> None:
    sound = np.frombuffer(heard(KINDS[kind]), "<i2")[3_200:12_800]
    loudest = np.argmax(np.abs(np.fft.rfft(sound))) * 16_000 / len(sound)
    assert loudest == pytest.approx(440, abs=5)


@pytest.mark.parametrize("kind", set(KINDS) - {"m4a"})
def test_frames_before_a_cut_are_kept(kind: str) -> None:
    data = LONGER.get(kind, KINDS[kind])
    pcm = heard(data[: len(data) * 7 // 10])
    assert 0.4 * len(heard(data)) < len(pcm) < len(heard(data))


def test_a_cut_m4a_is_refused_with_a_word() -> None:
    with pytest.raises(AudioInvalid, match="再录一次"):
        heard(KINDS["m4a"][:-200])  # its index stands at the end


class _Live(io.RawIOBase):
    """Bytes as they come in: short reads, no way back."""

    def __init__(self, data: bytes, step: int) -> None:
        self._data, self._step, self.given = io.BytesIO(data), step, 0

    def read(self, size: int = -1) -> bytes:
        piece = self._data.read(min(size, self._step) if size >= 0 else -1)
        self.given += len(piece)
        return piece

    def seekable(self) -> bool:
        return False


@pytest.mark.parametrize("kind", ["wav", "webm/opus", "ogg/opus", "mp3, 44.1 kHz", "amr-nb"])
def test_a_live_stream_decodes_as_it_comes(kind: str) -> None:
    assert len(b"".join(decode(_Live(KINDS[kind], 700)))) / SECOND == pytest.approx(1.0, abs=0.1)


def test_a_live_webm_is_heard_before_it_ends() -> None:
    source = _Live(recording("webm", "libopus", seconds=20, rate=48_000), 1_000)
    pieces = decode(source)
    next(pieces)
    first = source.given
    rest = sum(map(len, pieces))
    assert first < source.given / 4
    assert rest / SECOND == pytest.approx(20, abs=0.2)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_raw_samples(rate: int) -> None:
    assert len(heard(tone(1, rate), rate)) / SECOND == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("rate", [0, -1, 100, 7_999, 48_001, 10**9])
def test_rates_no_recogniser_may_get(rate: int) -> None:
    with pytest.raises(RequestInvalid):
        heard(tone(1), rate)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "audio_empty"),
        (b"\x00", "audio_unknown"),
        ("老板欠我工资".encode(), "audio_unknown"),
        (b"#EXTM3U\nhttp://127.0.0.1/secret", "audio_unknown"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "audio_unknown"),
        (b"RIFF\x00\x00\x00\x00WAVE", "audio_unreadable"),
        (b"OggS" + b"\x00" * 500, "audio_unreadable"),
        (b"\x1aE\xdf\xa3" + b"\xff" * 500, "audio_unreadable"),
        (b"\x02#!SILK_V3", "audio_unreadable"),
        (b"\x02#!SILK_V3\x10\x00abc", "audio_unreadable"),
        (b"#!AMR\n", "audio_unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "audio_unknown"),
        (b"PK\x03\x04" + b"\x00" * 64, "audio_unknown"),
    ],
)
def test_what_is_no_recording(data: bytes, code: str) -> None:
    with pytest.raises(AudioInvalid) as caught:
        heard(data)
    assert caught.value.code == code


def test_a_wave_that_lies_about_its_rate() -> None:
    wave = bytearray(KINDS["wav"])
    struct.pack_into("<I", wave, 24, 0)
    with pytest.raises(AudioInvalid):
        heard(bytes(wave))


@pytest.mark.parametrize(
    "data",
    [
        encode(silence(600), "ogg", "libopus"),
        encode(silence(61.5), "mp3", "libmp3lame"),
        b"#!AMR-WB\n" + b"\x7c" * 2_000_000,  # eleven hours of nothing in two megabytes
        silk(1) + silk(1)[10:] * 600,
    ],
    ids=["ogg", "mp3", "amr", "silk"],
)
def test_long_silence_in_a_small_file_is_stopped_at_a_minute(data: bytes) -> None:
    got = 0
    with pytest.raises(AudioInvalid) as caught:
        for piece in decode(io.BytesIO(data)):
            got += len(piece)
    assert caught.value.code == "audio_too_long"
    assert got < 63 * SECOND


def test_exactly_a_minute_is_taken() -> None:
    assert len(heard(silence(60), 16_000)) == 60 * SECOND


def test_the_size_cap() -> None:
    check_size(MAX_BYTES)
    with pytest.raises(AudioInvalid):
        check_size(MAX_BYTES + 1)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_damage_is_an_error_or_sound_and_nothing_else(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(KINDS[kind])
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert len(heard(bytes(damaged))) < 62 * SECOND
    except AudioInvalid as error:
        assert str(error)
