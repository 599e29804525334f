"""The recogniser's own process: python -m speech.child MODEL_FOLDER.

Untrusted sound is decoded here too, so that whatever native code makes of it, the application
only ever sees a closed pipe. Each stream has a thread; the main thread reads frames.
"""

from __future__ import annotations

import os
import queue
import resource
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from speech import wire
from speech.activity import load_model
from speech.audio import MAX_BYTES
from speech.engines import load
from speech.errors import AudioInvalid, SpeechError
from speech.session import Session
from speech.wire import Frame, Kind


class _Abandoned(Exception):
    """The speaker has gone; nobody waits for words."""


class Feed:
    """A file that grows while it is read; tells the application what was taken."""

    def __init__(self, taken: Callable[[int], None]) -> None:
        self._pieces: queue.Queue[bytes | None] = queue.Queue()
        self._rest, self._total, self._taken = b"", 0, taken
        self._ended = self.abandoned = False

    def put(self, piece: bytes | None) -> None:
        """More sound; None for the end."""
        self._pieces.put(piece)

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, waiting for the first; all of it without `size`."""
        if size < 0:
            return b"".join(iter(lambda: self.read(1 << 16), b""))
        if not self._rest and not self._ended:
            piece = self._pieces.get()
            if self.abandoned:
                raise _Abandoned
            self._ended = piece is None
            self._rest = piece or b""
            self._count(len(self._rest))
        out, self._rest = self._rest[:size], self._rest[size:]
        return out

    def seekable(self) -> bool:
        """Never: it is heard while it is spoken."""
        return False

    def _count(self, size: int) -> None:
        self._total += size
        if size:
            self._taken(size)
        if self._total > MAX_BYTES:
            raise AudioInvalid("录音太大：最多10MB，请分几段录。", "audio_too_large")


class Child:
    """Runs one engine and its streams."""

    def __init__(self, folder: Path, inward: BinaryIO, outward: BinaryIO) -> None:
        self._in, self._out = inward, outward
        self._writing = threading.Lock()
        self._feeds: dict[int, Feed] = {}
        self._activity = load_model()
        self._engine = load(folder)

    def run(self) -> None:
        """Serve frames until the application has gone."""
        engine = self._engine
        self.say(
            Kind.READY,
            0,
            engine=engine.name,
            model=engine.model,
            streams=engine.streams,
            patience=engine.patience,
        )
        engine.prepare()
        while (frame := wire.read(self._in)) is not None:
            self._take(frame)

    def say(self, kind: Kind, stream: int, **data: object) -> None:
        """Send a frame."""
        with self._writing:
            self._out.write(wire.frame(kind, stream, **data).packed())
            self._out.flush()

    def _take(self, frame: Frame) -> None:
        stream = frame.stream
        match frame.kind:
            case Kind.OPEN:
                feed = Feed(lambda size: self.say(Kind.TAKEN, stream, bytes=size))
                self._feeds[stream] = feed
                threading.Thread(target=self._listen, args=(frame, feed), daemon=True).start()
            case Kind.AUDIO if stream in self._feeds:
                self._feeds[stream].put(frame.payload)
            case Kind.END | Kind.CLOSE if stream in self._feeds:
                feed = self._feeds[stream]
                feed.abandoned = frame.kind is Kind.CLOSE
                feed.put(None)

    def _listen(self, frame: Frame, feed: Feed) -> None:
        """One stream from its first sound to its end."""
        stream = frame.stream
        try:
            session = Session(self._engine, self._activity, frame.data)
            for kind, data in session.run(feed):
                self.say(kind, stream, **data)
        except _Abandoned:
            pass
        except SpeechError as error:
            self.say(Kind.ERROR, stream, code=error.code, message=str(error))
        except Exception as error:  # noqa: BLE001 - the edge of the process: say it and live on
            name = type(error).__name__
            self.say(Kind.ERROR, stream, code="speech_failed", message=f"没听成（{name}）。")
        finally:
            self._feeds.pop(stream, None)
            self.say(Kind.DONE, stream, memory=memory())


def memory() -> int:
    """Bytes this process holds; the peak where the system does not tell the present."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


def main() -> None:
    """Serve the model named on the command line over standard input and output."""
    outward = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # native code that prints must not be taken for frames
    try:
        child = Child(Path(sys.argv[1]), sys.stdin.buffer, outward)
    except SpeechError as error:
        outward.write(wire.frame(Kind.FAILED, 0, message=str(error)).packed())
        outward.flush()
        return
    child.run()
    os._exit(0)  # threads may be inside native code that must not be torn down


if __name__ == "__main__":
    main()
