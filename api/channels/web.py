"""The chat page and the messages API."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from io import BytesIO
from types import MappingProxyType
from typing import Annotated, Any, Literal

import segno
from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from api.channels.progress import told
from api.core.deadlines import COUNTY
from api.core.errors import CoreError
from api.core.ports import StoredReply
from api.core.receive import MAX_CHARS, check, receive
from api.core.tasks import STARTERS
from api.core.types import Author, Citation, Link, Message, Number, Reply, Stage, Suggestion
from api.home.ratings import Kind, Rated, is_answer
from api.language import Language, gettext, speaking
from api.pages import dated, render
from api.storage.messages import Entry, Messages

router = APIRouter()
_POLL_SECONDS = 1.0
_NONE: Mapping[int, str] = MappingProxyType({})
_KEY = r"^[A-Za-z0-9_-]{8,64}$"
Conversation = Annotated[str, Path(pattern=_KEY)]


class MessageIn(BaseModel):
    """What a page or kiosk sends."""

    conversation: str = Field(pattern=_KEY, examples=["b1946ac92492d2347c6235b4d2611184"])
    channel: str = Field(default="web", pattern=r"^(web|kiosk)$")
    text: str = Field(examples=["公司拖欠工资怎么办"])
    client_message_id: str = Field(pattern=_KEY, examples=["m-00000001"])
    spoken: Literal["", "qichun", "nanjiang", "wuhu", "guangxi", "yongchun"] | None = Field(
        default=None, description="words heard aloud: the speaker's region, empty if none was told"
    )


class ReplyOut(BaseModel):
    """A reply; `reply` is the whole of it as plain text, the rest its parts."""

    id: int
    conversation: str
    decision: str
    reply: str
    author: Author
    reviewed: bool
    confidence: float | None
    reference: str | None
    answer: str
    citations: list[Citation]
    steps: list[str]
    materials: list[str]
    deadlines: list[str]
    where: list[str]
    numbers: list[Number]
    notices: list[str]
    why_held: list[str]
    promise: str | None
    suggestions: list[Suggestion]
    ways: list[str] = Field(description="words that choose a suggestion; the last is no")
    links: list[Link]
    label: str
    human: str
    rateable: bool
    grade: str | None
    created_at: datetime


class EntryOut(BaseModel):
    """One message of a conversation."""

    id: int
    author: Author
    text: str
    client_message_id: str | None
    created_at: datetime
    reply: ReplyOut | None


class HistoryOut(BaseModel):
    """A conversation from some message on."""

    messages: list[EntryOut]


@router.get("/", include_in_schema=False)
def page(request: Request) -> Response:
    """The chat page."""
    return render(request, "chat/page.html", welcome_context(request))


def welcome_context(request: Request) -> dict[str, Any]:
    """What the page needs before anything is said; `message` makes a form sent twice one."""
    return {
        "topics": STARTERS,
        "max_chars": MAX_CHARS,
        "listens": listens(request),
        "message": uuid.uuid4().hex,
        "printed": _printed(request),
    }


def _printed(request: Request) -> str:
    """The day, for the head of what is printed, which is Chinese on every page."""
    with speaking(Language.CHINESE):
        return dated(request.app.state.services.now().astimezone(COUNTY).date().isoformat())


def listens(request: Request) -> bool:
    """Whether this server understands speech."""
    return bool(request.app.state.hearing.supervisor.engine != "off")


@router.get("/qr.svg", include_in_schema=False)
def address(request: Request) -> Response:
    """The page's own address, for the head of what is printed."""
    picture = BytesIO()
    segno.make(str(request.base_url)).save(picture, kind="svg", scale=4, border=2)
    return Response(picture.getvalue(), media_type="image/svg+xml")


@router.post("/api/v1/messages", response_model=ReplyOut)
async def post_message(body: MessageIn, request: Request) -> ReplyOut | Response:
    """Ask; the same client_message_id gets the first answer again.

    With `Accept: text/event-stream` the answer is a stream: `stage` events say what is being
    done, then `reply` carries what else would be the body, or `failed` an error.
    """
    message = Message(
        body.conversation, body.channel, body.text, body.client_message_id, body.spoken
    )
    if "text/event-stream" in request.headers.get("accept", ""):
        check(message)
        steps = told(message, request.app.state.services)
        return EventSourceResponse(_events(steps, body.conversation), ping=15)
    return reply_out(await receive(message, request.app.state.services), body.conversation)


async def _events(
    steps: AsyncIterator[Stage | StoredReply], conversation: str
) -> AsyncIterator[ServerSentEvent]:
    try:
        async for step in steps:
            if isinstance(step, Stage):
                yield ServerSentEvent(data=gettext(step.value), event="stage")
            else:
                reply = reply_out(step, conversation)
                yield ServerSentEvent(data=reply.model_dump_json(), event="reply")
    except CoreError as error:
        body = {"error": {"code": error.code, "message": gettext(str(error))}}
        yield ServerSentEvent(data=json.dumps(body, ensure_ascii=False), event="failed")


@router.get("/api/v1/conversations/{conversation}/messages", response_model=HistoryOut)
async def history(
    conversation: Conversation, request: Request, after: Annotated[int, Query(ge=0)] = 0
) -> HistoryOut:
    """Everything said since a message number."""
    entries = await fetch(request.app.state.messages, conversation, after)
    rated = await asyncio.to_thread(ratings_of, request, conversation)
    grades = {number: one.grade for number, one in rated.items()}
    return HistoryOut(messages=[_entry_out(entry, conversation, grades) for entry in entries])


@router.get("/api/v1/conversations/{conversation}/events", response_class=EventSourceResponse)
async def events(
    conversation: Conversation, request: Request, after: Annotated[int, Query(ge=0)] = 0
) -> EventSourceResponse:
    """Messages as they come, a lawyer's answer among them; reconnects go on where they were."""
    last = request.headers.get("last-event-id", "")
    start = int(last) if last.isascii() and last.isdigit() else after
    return EventSourceResponse(_stream(request, conversation, start), ping=15)


async def _stream(
    request: Request, conversation: str, after: int
) -> AsyncIterator[ServerSentEvent]:
    while not await request.is_disconnected():
        for entry in await fetch(request.app.state.messages, conversation, after):
            after = entry.id
            data = _entry_out(entry, conversation).model_dump_json()
            yield ServerSentEvent(data=data, event="message", id=str(entry.id))
        await asyncio.sleep(_POLL_SECONDS)


async def fetch(messages: Messages, conversation: str, after: int) -> list[Entry]:
    """Entries for a page, marked as delivered to it."""
    entries = await asyncio.to_thread(messages.history, conversation, after)
    sent = [entry.id for entry in entries if entry.author is not Author.RESIDENT]
    await asyncio.to_thread(messages.delivered, sent)
    return entries


def ratings_of(request: Request, conversation: str) -> dict[int, Rated]:
    """What the resident said of each answer, by its number."""
    given = request.app.state.home.ratings.of_conversation(conversation) if conversation else []
    return {int(one.subject): one for one in given if one.kind is Kind.REPLY}


def _entry_out(entry: Entry, conversation: str, grades: Mapping[int, str] = _NONE) -> EntryOut:
    reply = None
    if entry.reply:
        stored = StoredReply(entry.id, entry.reply, entry.created_at)
        reply = reply_out(stored, conversation, grades.get(entry.id))
    return EntryOut(
        id=entry.id,
        author=entry.author,
        text=entry.text,
        client_message_id=entry.external_id,
        created_at=entry.created_at,
        reply=reply,
    )


def reply_out(stored: StoredReply, conversation: str, grade: str | None = None) -> ReplyOut:
    parts: dict[str, Any] = {
        name: getattr(stored.reply, name)
        for name in ReplyOut.model_fields
        if hasattr(stored.reply, name)
    }
    return ReplyOut(
        id=stored.id,
        conversation=conversation,
        reply=as_plain_text(stored.reply),
        rateable=is_answer(stored.reply),
        grade=grade,
        created_at=stored.created_at,
        **parts,
    )


def as_plain_text(reply: Reply) -> str:
    """The whole reply in reading order, for screens without layout and for speech."""
    parts = [f"{number.label}：{number.number}" for number in reply.numbers]
    parts += [*reply.notices, reply.answer]
    for title, lines in (
        ("下一步", reply.steps),
        ("要带的材料", reply.materials),
        ("时限", reply.deadlines),
        ("去哪里办", reply.where),
        ("为什么要律师看", reply.why_held),
    ):
        parts += [f"{title}：" + "；".join(line.rstrip("。；") for line in lines)] if lines else []
    if reply.citations:
        parts.append("法律依据：" + "；".join(citation.ref for citation in reply.citations))
    parts += [f"{link.title}：{link.url}" for link in reply.links]
    parts += [
        part for part in (reply.promise, reply.reference and f"编号：{reply.reference}") if part
    ]
    return "\n".join(part for part in (*parts, reply.label, reply.human) if part)
