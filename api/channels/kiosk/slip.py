"""The page one takes home: an answer or a sum for A4 or an 80 mm receipt, and papers to file."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Request
from starlette.responses import Response

from api.casework.papers.filling import fill, pieces
from api.casework.papers.forms import form_of
from api.casework.papers.label import LABEL
from api.channels.kiosk.device import kiosk_of
from api.channels.tools import Name, rule_of, told_form, work_out_for
from api.channels.web import Conversation
from api.core.deadlines import COUNTY
from api.core.types import Author
from api.pages import NO_TRACE, render
from api.storage.messages import Entry, Messages
from knowledge.rules.wording import shown

router = APIRouter(prefix="/kiosk", include_in_schema=False)
#: The kiosk shows a page to print inside its own, and nobody else may.
_FRAMED = NO_TRACE | {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; object-src 'none'",
}


class Roll(StrEnum):
    """What the printer holds."""

    RECEIPT = "80mm"
    SHEET = "a4"


@router.get("/slip/{conversation}/{reply}")
def slip(
    conversation: Conversation,
    reply: Annotated[int, Path(ge=1)],
    request: Request,
    roll: Roll = Roll.RECEIPT,
) -> Response:
    """An answer with its question, its number, and the code to go on by phone."""
    question, answer = _found(request, conversation, reply)
    context = {
        "question": question,
        "when": _when(answer.created_at),
        "reply": answer.reply,
        "number": (answer.reply and answer.reply.reference) or f"DF-{answer.id:06d}",
        "conversation": conversation,
        "kiosk": kiosk_of(request),
        "roll": roll,
    }
    return _framed(render(request, "kiosk/slip_print.html", context))


@router.post("/sum/{name}")
def worked_out(
    name: Name,
    request: Request,
    told: Annotated[dict[str, object], Depends(told_form)],
    roll: Roll = Roll.RECEIPT,
) -> Response:
    """What a calculator found and was told; nothing is stored, nothing stands in the address."""
    made = work_out_for(request, name, told)
    context = {
        "rule": rule_of(name),
        "told": told,
        "made": made,
        "shown": shown,
        "when": _when(request.app.state.services.now()),
        "kiosk": kiosk_of(request),
        "roll": roll,
    }
    return _framed(render(request, "kiosk/sum_print.html", context))


@router.get("/paper/{token}")
def paper(token: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")], request: Request) -> Response:
    """A filled paper on A4."""
    draft = request.app.state.casework.papers.get(token)
    filled = fill(form_of(draft.kind), draft.values)
    context = {"paper": filled, "pieces": pieces, "label": LABEL}
    return _framed(render(request, "kiosk/paper_print.html", context))


def _found(request: Request, conversation: str, reply: int) -> tuple[str, Entry]:
    """What was asked last before the reply, and the reply."""
    messages: Messages = request.app.state.messages
    question = ""
    for entry in messages.history(conversation):
        if entry.id == reply and entry.reply:
            return question, entry
        if entry.author is Author.RESIDENT:
            question = entry.text
    raise HTTPException(404)


def _when(moment: datetime) -> str:
    at = moment.astimezone(COUNTY)
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def _framed(response: Response) -> Response:
    response.headers.update(_FRAMED)
    return response
