"""Sentences of a stored reply with their sound; no text of a client is ever read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.channels.kiosk.prompts import says
from api.channels.web import Conversation
from api.core.sentences import Sentence, sentences
from api.storage.messages import Messages
from speech.aloud import Aloud

router = APIRouter(prefix="/api/v1")
Number = Annotated[int, Path(ge=0)]


class SentenceOut(BaseModel):
    """One sentence: where it stands in the answer, and how it is read."""

    part: str
    line: int
    text: str
    says: str


class SpokenOut(BaseModel):
    """A reply in short sentences; `voice` says whether this server can read them aloud."""

    voice: bool
    sentences: list[SentenceOut]


@router.get("/conversations/{conversation}/replies/{reply}/spoken", response_model=SpokenOut)
def spoken(conversation: Conversation, reply: Number, request: Request) -> SpokenOut:
    """The sentences of a reply, in reading order."""
    found = [SentenceOut(**vars(one)) for one in _sentences(request, conversation, reply)]
    return SpokenOut(voice=_voice(request).ready, sentences=found)


@router.get(
    "/conversations/{conversation}/replies/{reply}/spoken/{number}", response_class=Response
)
def sound(conversation: Conversation, reply: Number, number: Number, request: Request) -> Response:
    """One sentence of a reply as a WAV file."""
    found = _sentences(request, conversation, reply)
    if number >= len(found):
        raise HTTPException(404)
    return _wav(_voice(request).say(found[number].says), "private, no-store")


@router.get("/spoken/{prompt}", response_class=Response)
def prompt(prompt: Annotated[str, Path(pattern=r"^[a-z]{1,16}$")], request: Request) -> Response:
    """One of the kiosk's own sentences as a WAV file."""
    words = says(prompt)
    if words is None:
        raise HTTPException(404)
    return _wav(_voice(request).say(words), "public, max-age=86400")


def _sentences(request: Request, conversation: str, reply: int) -> tuple[Sentence, ...]:
    messages: Messages = request.app.state.messages
    for entry in messages.history(conversation, reply - 1)[:1]:
        if entry.id == reply and entry.reply:
            return sentences(entry.reply)
    raise HTTPException(404)


def _voice(request: Request) -> Aloud:
    voice: Aloud = request.app.state.aloud
    return voice


def _wav(sound: bytes, caching: str) -> Response:
    return Response(sound, media_type="audio/wav", headers={"Cache-Control": caching})
