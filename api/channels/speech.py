"""Speech over HTTP and over a WebSocket, as documented in docs/speech.md."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, Field, ValidationError

from api.hearing import Hearing, Said
from api.language import Language, choose, gettext
from nlu.dialect import Region
from speech.audio import MAX_BYTES, check_size
from speech.errors import EngineBusy, RequestInvalid, SpeechError
from speech.stream import Final, Partial, Stream, Turned

router = APIRouter()
PATH = "/api/v1/speech"
MAX_FRAME = 64 * 1024
SESSION = 300.0  # seconds a connection may last
IDLE = 30.0  # seconds without a word or a sound


class SaidOut(BaseModel):
    """What was heard; `text` is to be confirmed by who said it before anything is done."""

    outcome: Literal["heard", "unclear", "silent"]
    text: str = Field(examples=["公司拖欠工资怎么办"])
    raw: str
    message: str
    confidence: float
    seconds: float
    words: list[dict[str, Any]]
    candidates: list[dict[str, Any]]
    read_back: list[dict[str, Any]]
    answer: Literal["", "yes", "no"]
    engine: str
    model: str


class Start(BaseModel):
    """The first message of an utterance on the WebSocket."""

    format: Literal["pcm", "webm", "ogg", "wav", "mp3", "mp4", "amr", "auto"] = "pcm"
    rate: int = 16_000
    dialect: Region | None = None
    hands_free: bool = False
    phrases: list[str] = []
    language: Language = Language.CHINESE


@router.post(
    PATH,
    response_model=SaidOut,
    openapi_extra={
        "requestBody": {"content": {"audio/*": {"schema": {"type": "string", "format": "binary"}}}}
    },
)
async def post_speech(
    request: Request,
    dialect: Annotated[Region | None, Query()] = None,
    hands_free: bool = False,
) -> Any:
    """Hear a recording of up to a minute and 10 MiB; the sound is not kept."""
    hearing: Hearing = request.app.state.hearing
    return _out(
        await hearing.recording(await _body(request), dialect, held=not hands_free), hearing
    )


@router.websocket(PATH)
async def speech_socket(socket: WebSocket) -> None:
    """Hear while somebody speaks; several utterances one after another."""
    await socket.accept()
    if not _own(socket):
        await socket.close(1008)
        return
    try:
        async with asyncio.timeout(SESSION):
            while await _utterance(socket):
                pass
    except TimeoutError:
        await _error(socket, RequestInvalid("说得太久了，请重新开始。", "session_too_long"))
    except WebSocketDisconnect:
        return
    with contextlib.suppress(RuntimeError):
        await socket.close()


async def _body(request: Request) -> bytes:
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > MAX_BYTES:
            break
    check_size(len(data))
    return bytes(data)


def _own(socket: WebSocket) -> bool:
    """Whether the page that asks is one of ours; programs send no origin."""
    origin = socket.headers.get("origin")
    return origin is None or origin.split("://")[-1] == socket.headers.get("host")


async def _utterance(socket: WebSocket) -> bool:
    """One start and all that follows; False when the client is done."""
    hearing: Hearing = socket.app.state.hearing
    try:
        start = await _start(socket)
        if start is None:
            return False
        choose(start.language)
        rate = start.rate if start.format == "pcm" else None
        async with hearing.stream(rate, start.phrases, hands_free=start.hands_free) as stream:
            engine, model = hearing.supervisor.engine, hearing.supervisor.model
            await socket.send_json({"type": "ready", "engine": engine, "model": model})
            await _converse(socket, stream, hearing, start)
    except EngineBusy as error:
        await socket.send_json({"type": "busy", "code": error.code, "message": gettext(str(error))})
    except SpeechError as error:
        await _error(socket, error)
        return error.code not in ("frame_too_large", "idle")
    return True


async def _start(socket: WebSocket) -> Start | None:
    """The opening message; also Vosk's own `{"config": {"sample_rate": …}}`.

    Raises:
        RequestInvalid: something else came.
    """
    text = await _next(socket)
    if text is None:
        return None
    try:
        data = json.loads(text)
        if "eof" in data:
            return None
        if "config" in data:
            return Start(rate=data["config"].get("sample_rate", 16_000))
        return Start.model_validate(data.get("start", data))
    except (ValueError, ValidationError, AttributeError, TypeError) as error:
        raise RequestInvalid("第一条消息要是 start。", "start_invalid") from error


async def _next(socket: WebSocket) -> str | bytes | None:
    """The next message: text, or sound; None when the client has gone.

    Raises:
        RequestInvalid: nothing came for too long, or too much at once.
    """
    try:
        message = await asyncio.wait_for(socket.receive(), IDLE)
    except TimeoutError as error:
        raise RequestInvalid("很久没有声音，已停止听。", "idle") from error
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1000))
    data: str | bytes = message.get("bytes") or message.get("text") or ""
    if len(data) > MAX_FRAME:
        raise RequestInvalid(f"一次最多发{MAX_FRAME // 1024}KB。", "frame_too_large")
    return data


async def _converse(socket: WebSocket, stream: Stream, hearing: Hearing, start: Start) -> None:
    """Sound in and words out at the same time, until the last words; raises SpeechError."""
    listening = asyncio.create_task(_listen(socket, stream))
    telling = asyncio.create_task(_tell(socket, stream, hearing, start))
    try:
        await asyncio.wait((listening, telling), return_when=asyncio.FIRST_EXCEPTION)
        for task in (telling, listening):
            if task.done():
                await task
    finally:
        await _end(listening, telling)


async def _end(*tasks: asyncio.Task[None]) -> None:
    """Cancel and wait; what they raise now is no news. Not by `gather`: where this is cancelled
    as well, it raises the tasks' cancellation in the place of ours."""
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    for task in tasks:
        _ = task.cancelled() or task.exception()


async def _listen(socket: WebSocket, stream: Stream) -> None:
    async for sound in _sound(socket):
        await stream.send(sound)
    await stream.end()


async def _sound(socket: WebSocket) -> AsyncIterator[bytes]:
    """Pieces of sound up to `eof`."""
    while True:
        message = await _next(socket)
        if isinstance(message, bytes):
            yield message
        elif message and "eof" in message:
            return


async def _tell(socket: WebSocket, stream: Stream, hearing: Hearing, start: Start) -> None:
    async for event in stream.events():
        match event:
            case Partial(text):
                await socket.send_json({"type": "partial", "partial": text})
            case Turned(turn):
                await socket.send_json({"type": "turn", "turn": turn})
            case Final(heard, last):
                if last or heard.text:
                    held = not start.hands_free
                    said = await hearing.said(heard, start.dialect, held=held)
                    shown = _out(said, hearing).model_dump()
                    await socket.send_json({"type": "final", "last": last, **shown})


async def _error(socket: WebSocket, error: SpeechError) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        message = gettext(str(error))
        await socket.send_json({"type": "error", "code": error.code, "message": message})


def _out(said: Said, hearing: Hearing) -> SaidOut:
    state = hearing.supervisor
    return SaidOut.model_validate(
        asdict(said)
        | {"engine": state.engine, "model": state.model, "outcome": said.outcome.value}
        | {"message": gettext(said.message)}
    )
