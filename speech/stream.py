"""One speaker's stream, as the application holds it: bounded, watched, read as events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

from speech.audio import check_rate
from speech.errors import EngineCrashed, RequestInvalid, SpeechError
from speech.types import Heard, Word
from speech.wire import Frame, Kind

_WINDOW = 256 * 1024  # bytes under way to the recogniser; beyond it the speaker's side waits
_PHRASES = 50
_LONGEST_PHRASE = 30


@dataclass(frozen=True)
class Partial:
    """What was heard so far."""

    text: str


@dataclass(frozen=True)
class Turned:
    """Somebody began to speak, or paused."""

    turn: str


@dataclass(frozen=True)
class Final:
    """An utterance; `last` when the stream is over."""

    heard: Heard
    last: bool


Event = Partial | Turned | Final


def check_phrases(phrases: Sequence[str], rate: int | None) -> list[str]:
    """The phrases, if an engine may get them with this rate.

    Raises:
        RequestInvalid: too many, too long, empty, no text, or a rate outside 8 to 48 kHz.
    """
    if rate is not None:
        check_rate(rate)
    if len(phrases) > _PHRASES:
        raise RequestInvalid(f"词语太多：最多{_PHRASES}个。", "phrases_invalid")
    for phrase in phrases:
        fits = isinstance(phrase, str) and 0 < len(phrase.strip()) <= len(phrase) <= _LONGEST_PHRASE
        if not fits or not phrase.isprintable():
            raise RequestInvalid(f"词语要有字，最多{_LONGEST_PHRASE}个字。", "phrases_invalid")
    return list(phrases)


class Stream:
    """Sound in, events out."""

    def __init__(
        self, number: int, write: Callable[[Frame], Awaitable[None]], patience: float
    ) -> None:
        self.id = number
        self._write, self._patience = write, patience
        self._events: asyncio.Queue[Event | SpeechError | None] = asyncio.Queue()
        self._room = asyncio.Event()
        self._room.set()
        self._under_way = 0
        self._since = time.monotonic()  # last sign of life while something was under way
        self._ended = self._over = False
        self._error: SpeechError | None = None

    async def send(self, sound: bytes) -> None:
        """Pass on sound; waits while the recogniser is behind.

        Raises:
            SpeechError: the stream has failed; the same error as from `events`.
        """
        await self._room.wait()
        if self._error:
            raise self._error
        if self._over or not sound:
            return
        self._since = self._since if self._under_way else time.monotonic()
        self._under_way += len(sound)
        if self._under_way >= _WINDOW:
            self._room.clear()
        await self._write(Frame(Kind.AUDIO, self.id, sound))

    async def end(self) -> None:
        """Nothing more will be said."""
        self._ended, self._since = True, time.monotonic()
        if not self._over:
            await self._write(Frame(Kind.END, self.id))

    async def events(self) -> AsyncIterator[Event]:
        """What is heard, until the stream is over.

        Raises:
            AudioInvalid: the sound cannot be decoded.
            EngineCrashed: the process died or hung.
        """
        while True:
            event = await self._events.get()
            if event is None:
                return
            if isinstance(event, SpeechError):
                raise event
            yield event

    async def last(self) -> Heard:
        """The last utterance, after `end`."""
        heard = Heard("")
        async for event in self.events():
            if isinstance(event, Final):
                heard = event.heard
        return heard

    def take(self, frame: Frame) -> None:
        """A frame of the recogniser for this stream."""
        self._since = time.monotonic()
        data = frame.data
        match frame.kind:
            case Kind.TAKEN:
                self._under_way -= int(data["bytes"])
                if self._under_way < _WINDOW:
                    self._room.set()
            case Kind.PARTIAL:
                self._events.put_nowait(Partial(data["text"]))
            case Kind.TURN:
                self._events.put_nowait(Turned(data["turn"]))
            case Kind.FINAL:
                self._events.put_nowait(Final(_heard(data), bool(data["last"])))
            case Kind.ERROR:
                self.fail(_error(data))
            case Kind.DONE:
                self._close()

    def fail(self, error: SpeechError) -> None:
        """Nothing more will be heard; whoever waits learns why."""
        if not self._over:
            self._error = error
            self._events.put_nowait(error)
        self._close()

    def hangs(self, now: float) -> bool:
        """Whether the recogniser owes an answer for too long."""
        owes = self._under_way > 0 or self._ended
        return owes and not self._over and now - self._since > self._patience

    def _close(self) -> None:
        if not self._over:
            self._over = True
            self._events.put_nowait(None)
        self._room.set()


def _heard(data: dict[str, object]) -> Heard:
    words = data["words"] if isinstance(data["words"], list) else []
    others = data["alternatives"] if isinstance(data["alternatives"], list) else []
    return Heard(
        text=str(data["text"]),
        confidence=float(str(data["confidence"])),
        words=tuple(Word(**word) for word in words),
        alternatives=tuple(others),
        seconds=float(str(data["seconds"])),
    )


def _error(data: dict[str, object]) -> SpeechError:
    """An error of the other process, as itself where its kind is known here."""
    code, message = str(data["code"]), str(data["message"])
    for kind in _below(SpeechError):
        if code == kind.code or code.split("_")[0] == kind.code.split("_")[0] == "audio":
            return kind(message, code)
    return RequestInvalid(message, code) if "invalid" in code else EngineCrashed(message, code)


def _below(kind: type[SpeechError]) -> list[type[SpeechError]]:
    return kind.__subclasses__()
