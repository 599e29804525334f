"""Photos a resident adds to a case that lies with a lawyer: from the chat page or by a form."""

from __future__ import annotations

import uuid

from fastapi import APIRouter, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.casework.errors import StepRefused
from api.casework.uploads import LARGEST, clean
from api.channels.talk import TALK, own
from api.channels.web import Conversation, ReplyOut, reply_out
from api.core.ports import StoredReply
from api.core.types import Decision, Message, Outcome, Reply
from api.review.types import Case
from api.storage.messages import Messages

router = APIRouter()
ADDED = "〔照片，已放进案子〕"


def received(case: Case) -> str:
    """What the resident is told."""
    return f"照片收到了，已经加密放进您的案子（编号{case.reference}），办案的律师能看到。"


@router.post(
    "/api/v1/conversations/{conversation}/photos", response_model=ReplyOut, status_code=201
)
async def add_photo(conversation: Conversation, request: Request, photo: UploadFile) -> ReplyOut:
    """Put a photo to the conversation's open case."""
    data = await photo.read(LARGEST + 1)
    return reply_out(await run_in_threadpool(_add, request, conversation, data), conversation)


@router.post("/talk/photos", include_in_schema=False)
async def send_photo(request: Request, photo: UploadFile) -> Response:
    """The same by a form."""
    own(request)
    data = await photo.read(LARGEST + 1)
    await run_in_threadpool(_add, request, request.cookies.get(TALK, ""), data)
    return RedirectResponse("/talk#last", 303)


def _add(request: Request, conversation: str, data: bytes) -> StoredReply:
    state = request.app.state
    case = state.office.cases.open_of(conversation)
    if case is None:
        raise StepRefused("您现在没有转给律师的问题。先说说遇到了什么事，转给律师以后再发照片。")
    scan = clean(data)
    state.pictures.put(case.id, scan.media_type, scan.data)
    message = Message(conversation, "web", ADDED, uuid.uuid4().hex)
    told = Reply(Decision.SMALLTALK, received(case), label="", human="")
    messages: Messages = state.messages
    return messages.finish(messages.accept(message), message, Outcome(told))
