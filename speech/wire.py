"""What application and recogniser process say to each other: frames over two pipes.

A frame is its length, its kind, the stream it belongs to, and JSON or sound.
"""

from __future__ import annotations

import asyncio
import json
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, BinaryIO

_HEAD = struct.Struct(">IBI")
MAX_PAYLOAD = 1 << 20


class Kind(IntEnum):
    """Kinds of frames; to the recogniser below 20, from it above."""

    OPEN = 1
    AUDIO = 2
    END = 3
    CLOSE = 4
    READY = 20
    FAILED = 21
    TAKEN = 22
    PARTIAL = 23
    TURN = 24
    FINAL = 25
    ERROR = 26
    DONE = 27


@dataclass(frozen=True)
class Frame:
    """One message; stream 0 is the process itself."""

    kind: Kind
    stream: int
    payload: bytes = b""

    @property
    def data(self) -> dict[str, Any]:
        """The payload read as JSON."""
        data: dict[str, Any] = json.loads(self.payload) if self.payload else {}
        return data

    def packed(self) -> bytes:
        """The frame as bytes."""
        return _HEAD.pack(len(self.payload), self.kind, self.stream) + self.payload


def frame(kind: Kind, stream: int, **data: object) -> Frame:
    """A frame of JSON."""
    return Frame(kind, stream, json.dumps(data, ensure_ascii=False).encode())


def read(pipe: BinaryIO) -> Frame | None:
    """The next frame; None when the other side has gone."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    size, kind, stream = _HEAD.unpack(head)
    payload = pipe.read(size)
    return Frame(Kind(kind), stream, payload) if len(payload) == size else None


async def receive(pipe: asyncio.StreamReader) -> Frame | None:
    """The next frame, waited for; None when the other side has gone or talks nonsense."""
    try:
        size, kind, stream = _HEAD.unpack(await pipe.readexactly(_HEAD.size))
        if size > MAX_PAYLOAD:
            return None
        return Frame(Kind(kind), stream, await pipe.readexactly(size))
    except (asyncio.IncompleteReadError, ValueError):
        return None
