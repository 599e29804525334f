"""Speakers at the WebSocket: Korean read by espeak-ng, sent as fast as one speaks."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from speech.audio import BYTES_A_SECOND, decode

PIECE = 0.1  # seconds sent at once
_BYTES = int(PIECE * BYTES_A_SECOND)
_LOUD = 500  # of 32,768: quieter is the silence around espeak-ng's words
_BEFORE = 0.5  # seconds of silence before the first word
_LONGEST = 600.0
_PATIENCE = 60.0
SENTENCES = (
    "사장이 석 달 동안 월급을 주지 않았습니다. 어디에 신고해야 합니까",
    "남편과 이혼하고 아이를 제가 키우고 싶습니다. 어떻게 해야 합니까",
    "작년에 친구에게 돈을 빌려주었는데 아직 갚지 않습니다",
    "길에서 차에 부딪혀 다쳤는데 치료비를 누가 내야 합니까",
)


@dataclass(frozen=True)
class Speech:
    """16 kHz mono s16le with silence before and nothing after; where the words begin, seconds."""

    pcm: bytes
    begins: float

    @property
    def ends(self) -> float:
        """Seconds from the start of the sound to the end of the last word."""
        return len(self.pcm) / BYTES_A_SECOND


@dataclass(frozen=True)
class Told:
    """What came back: seconds from the first word to the first partial, from the last to the end.

    `waited` is how long the slowest piece of sound waited to be taken.
    """

    first: float
    final: float
    waited: float
    text: str


def read_aloud(*sentences: str) -> Speech:
    """Sentences as espeak-ng's Korean voice says them."""
    command = ["espeak-ng", "-v", "ko", "-s", "150", "--stdout", " ".join(sentences)]
    wav = subprocess.run(command, capture_output=True, check=True).stdout
    pcm = b"".join(decode(io.BytesIO(wav), limit=_LONGEST))
    loud = np.flatnonzero(np.abs(np.frombuffer(pcm, "<i2").astype(int)) > _LOUD)
    words = pcm[2 * int(loud[0]) : 2 * int(loud[-1]) + 2]
    return Speech(bytes(int(_BEFORE * BYTES_A_SECOND)) + words, _BEFORE)


def shortened(speech: Speech, seconds: float) -> Speech:
    """The beginning of a speech."""
    return Speech(speech.pcm[: int(seconds * BYTES_A_SECOND) // 2 * 2], speech.begins)


async def speak(url: str, speech: Speech, *, hands_free: bool = False) -> Told:
    """One utterance at the speed of speech; hands-free, silence follows until it was noticed."""
    async with connect(url.replace("http", "ws") + "/api/v1/speech") as socket:
        await opened(socket, hands_free=hands_free)
        began, late = time.monotonic(), [0.0]
        talking = asyncio.create_task(_talk(socket, speech, began, late, hands_free))
        try:
            async with asyncio.timeout(speech.ends + _PATIENCE):
                first, final, text = await _told(socket, began, speech)
        finally:
            talking.cancel()
        return Told(first, final, max(late), text)


async def _told(socket: ClientConnection, began: float, speech: Speech) -> tuple[float, float, str]:
    first, text = 0.0, ""
    while True:
        message = json.loads(await socket.recv())
        at = time.monotonic() - began
        match message["type"]:
            case "error" | "busy":
                raise ConnectionError(message["message"])
            case "partial" if not first:
                first = at - speech.begins
            case "final":
                text += message["raw"]
                if at >= speech.ends:  # hands-free, a pause between sentences ends one as well
                    return first, at - speech.ends, text


async def opened(socket: ClientConnection, *, hands_free: bool = False) -> None:
    """Say how the sound will come, and wait until it may."""
    start = {"format": "pcm", "rate": 16_000, "hands_free": hands_free}
    await socket.send(json.dumps({"start": start}))
    answer = json.loads(await socket.recv())
    if answer["type"] != "ready":
        raise ConnectionError(answer.get("message", answer))


async def _talk(
    socket: ClientConnection, speech: Speech, began: float, late: list[float], hands_free: bool
) -> None:
    """Send each piece when it has been spoken; `late` gets how long each waited, seconds."""
    for number, piece in enumerate(_pieces(speech.pcm)):
        at = began + number * PIECE + len(piece) / BYTES_A_SECOND
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        await socket.send(piece)
        late.append(time.monotonic() - at)
    while hands_free:
        await asyncio.sleep(PIECE)
        await socket.send(bytes(_BYTES))
    await socket.send('{"eof": 1}')


def _pieces(pcm: bytes) -> Iterator[bytes]:
    for at in range(0, len(pcm), _BYTES):
        yield pcm[at : at + _BYTES]
