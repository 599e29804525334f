"""The application's side of the recogniser: starts its process, watches it, starts it anew."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from speech import wire
from speech.engines import kind_of
from speech.errors import EngineBusy, EngineCrashed, EngineMissing, SpeechError
from speech.stream import Stream, check_phrases
from speech.types import Heard
from speech.wire import Frame, Kind

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).parent.parent
_LOADING = 120.0  # seconds a model may take to load
_LOOK = 0.25
_SERVED = 1.0  # seconds after which a process that dies is started anew at once
_MB = 1024 * 1024
_CHUNK = 32 * 1024
_BUSY = "现在说话的人多，请过几秒再试，或者打字。"
_CRASHED = "刚才没听成，语音服务已重新启动。请再说一遍，或者打字。"
_OFF = "这里还没有装语音识别，请打字，或拨打12348。"


class Supervisor:
    """One recogniser process for the model in use, started at the first need."""

    def __init__(self, folder: Path | None, streams: int = 0, memory_mb: int = 2_000) -> None:
        """Args:
        folder: the model; None when there is none.
        streams: at most so many at once; 0 for what the engine can carry.
        memory_mb: above this the process is replaced as soon as nobody speaks.
        """
        self._folder, self._limit, self._memory = folder, streams, memory_mb * _MB
        self._process: asyncio.subprocess.Process | None = None
        self._ready: asyncio.Future[None] | None = None
        self._streams: dict[int, Stream] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._count, self._starts, self._capacity, self._patience = 0, 0, 0, 1.0
        self._starting, self._started = asyncio.Lock(), 0.0
        self._reviving: asyncio.Task[None] | None = None
        self.engine = kind_of(folder) if folder else "off"
        self.model = folder.name if folder else ""

    @property
    def state(self) -> dict[str, object]:
        """For /readyz: engine, model, whether loaded, streams, how often it was started."""
        loaded = bool(self._ready and self._ready.done() and not self._ready.exception())
        return {
            "engine": self.engine,
            "model": self.model,
            "loaded": loaded and self._process is not None,
            "streams": len(self._streams),
            "capacity": self._capacity,
            "starts": self._starts,
        }

    @property
    def pid(self) -> int | None:
        """The recogniser's process."""
        return self._process.pid if self._process else None

    async def warm(self) -> None:
        """Load the model now.

        Raises:
            EngineMissing: there is none, or it does not load.
        """
        async with self._starting:
            if self._folder is None:
                raise EngineMissing(_OFF)
            if self._process is None:
                await self._start(self._folder)
        ready = self._ready
        try:
            if ready:
                await asyncio.wait_for(asyncio.shield(ready), _LOADING)
        except TimeoutError as error:
            await self._gone()
            raise EngineCrashed(_CRASHED) from error

    @asynccontextmanager
    async def stream(
        self, rate: int | None = None, phrases: Sequence[str] = (), *, hands_free: bool = False
    ) -> AsyncIterator[Stream]:
        """A stream of one speaker.

        Raises:
            RequestInvalid: rate or phrases no engine may get.
            EngineMissing: there is no model.
            EngineBusy: all streams are taken.
            EngineCrashed: the process died while loading.
        """
        opened = {"rate": rate, "phrases": check_phrases(phrases, rate), "hands_free": hands_free}
        if self._streams and len(self._streams) >= self._capacity:
            raise EngineBusy(_BUSY)
        await self.warm()
        if len(self._streams) >= self._capacity:
            raise EngineBusy(_BUSY)
        self._count += 1
        stream = Stream(self._count, self._write, self._patience)
        self._streams[stream.id] = stream
        try:
            await self._write(wire.frame(Kind.OPEN, stream.id, **opened))
            yield stream
        finally:
            self._streams.pop(stream.id, None)
            with contextlib.suppress(SpeechError):
                await self._write(Frame(Kind.CLOSE, stream.id))

    async def hear(self, data: bytes) -> Heard:
        """Recognise one whole recording.

        Raises:
            AudioInvalid: it cannot be decoded.
            EngineMissing, EngineBusy, EngineCrashed: as for a stream.
        """
        async with self.stream() as stream:
            for at in range(0, len(data), _CHUNK):
                await stream.send(data[at : at + _CHUNK])
            await stream.end()
            return await stream.last()

    async def close(self) -> None:
        """Stop the process."""
        self._folder = None
        async with self._starting:  # a process being started must not outlive this
            self._fail(EngineMissing(_OFF))
            await self._stop()
            await asyncio.gather(*self._tasks)
        if self._reviving:
            await self._reviving

    async def _start(self, folder: Path) -> None:
        self._starts += 1
        self._started = time.monotonic()
        self._ready = asyncio.get_running_loop().create_future()
        self._ready.add_done_callback(lambda done: done.cancelled() or done.exception())
        environment = os.environ | {"OMP_WAIT_POLICY": "passive", "PYTHONPATH": str(_ROOT)}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "speech.child",
            str(folder),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
        )
        process = self._process
        self._tasks = [task for task in self._tasks if not task.done()]
        self._tasks += [
            asyncio.create_task(self._listen(process)),
            asyncio.create_task(self._watch(process)),
        ]

    async def _write(self, frame: Frame) -> None:
        process = self._process
        if process is None or process.stdin is None:
            raise EngineCrashed(_CRASHED)
        try:
            process.stdin.write(frame.packed())
            await process.stdin.drain()
        except (ConnectionError, RuntimeError) as error:
            raise EngineCrashed(_CRASHED) from error

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        """Hand on what the process says, until it has gone."""
        if process.stdout is None:
            return
        while (frame := await wire.receive(process.stdout)) is not None:
            match frame.kind:
                case Kind.READY:
                    self._loaded(frame)
                case Kind.FAILED:
                    self._fail(EngineMissing(str(frame.data["message"])))
                case Kind.DONE if frame.data["memory"] > self._memory and not self._others(frame):
                    _log.info("recogniser replaced at %d MB", frame.data["memory"] // _MB)
                    self._hand_on(frame)
                    break
                case _:
                    self._hand_on(frame)
        if self._process is process:
            await self._gone()
        await process.stdout.read()  # to the end: only then is the pipe closed

    def _loaded(self, frame: Frame) -> None:
        data = frame.data
        self._capacity = self._limit or int(data["streams"])
        self._patience = float(data["patience"])
        if self._ready and not self._ready.done():
            self._ready.set_result(None)

    def _others(self, frame: Frame) -> bool:
        return bool(self._streams.keys() - {frame.stream})

    def _hand_on(self, frame: Frame) -> None:
        if stream := self._streams.get(frame.stream):
            stream.take(frame)

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        """End a process in which a stream hangs."""
        while self._process is process:
            await asyncio.sleep(_LOOK)
            now = time.monotonic()
            if any(stream.hangs(now) for stream in list(self._streams.values())):
                _log.warning("recogniser hung, ended")
                await self._gone()

    async def _gone(self) -> None:
        """The process is no more: everyone on it is told; the next one starts it anew."""
        served = time.monotonic() - self._started > _SERVED
        self._fail(EngineCrashed(_CRASHED))
        await self._stop()
        if served and self._folder:  # one that dies at once is only tried when somebody speaks
            self._reviving = asyncio.create_task(self._revive())

    async def _revive(self) -> None:
        with contextlib.suppress(SpeechError):
            await self.warm()

    def _fail(self, error: SpeechError) -> None:
        if self._ready and not self._ready.done():
            self._ready.set_exception(error)
        for stream in list(self._streams.values()):
            stream.fail(error)

    async def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if process.stdin:
            process.stdin.close()
