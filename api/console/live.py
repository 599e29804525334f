"""Changes as they happen: open pages of the desk hear of every case within about a second."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.console.sessions import COOKIE, Reader, Visitor
from api.review.audit import Entry

router = APIRouter(include_in_schema=False)
_POLL_SECONDS = 0.5
_LOOKS = frozenset({"look", "reveal"})


@router.get("/desk/events", response_class=EventSourceResponse)
async def events(
    request: Request, who: Reader, after: Annotated[int, Query(ge=0)] = 0
) -> EventSourceResponse:
    """Who did what to which case since an audit number; reconnects go on where they were."""
    last = request.headers.get("last-event-id", "")
    start = int(last) if last.isascii() and last.isdigit() else after
    return EventSourceResponse(_stream(request, who, start), ping=15)


async def _stream(request: Request, who: Visitor, after: int) -> AsyncIterator[ServerSentEvent]:
    """Until the page closes or the session ends."""
    token = request.cookies.get(COOKIE, "")
    beats = 0
    while not await request.is_disconnected():
        for entry in await asyncio.to_thread(who.office.trail.after, after):
            after = entry.number
            if entry.review is not None and entry.action not in _LOOKS:
                data = await asyncio.to_thread(_told, who, entry)
                yield ServerSentEvent(
                    data=json.dumps(data, ensure_ascii=False), event="case", id=str(after)
                )
        beats += 1
        if beats % 60 == 0 and not await asyncio.to_thread(_still_in, who, token):
            return
        await asyncio.sleep(_POLL_SECONDS)


def _told(who: Visitor, entry: Entry) -> dict[str, Any]:
    case = who.office.cases.get(entry.review or 0)
    return {
        "case": case.id,
        "reference": case.reference,
        "action": entry.action,
        "by": entry.by,
        "mine": entry.by == who.person.name,
        "state": case.state,
        "version": case.version,
        "owner": case.held_by(who.office.desk.now()),
    }


def _still_in(who: Visitor, token: str) -> bool:
    return who.office.accounts.session(token) is not None
