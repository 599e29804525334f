"""What has not reached residents: why, what helps, again, told by telephone, or printed."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from api.console.sessions import Reader, Worker
from api.core.delivering import HELP
from api.notify.links import LASTS
from api.pages import render
from api.storage.outbox import Outbox
from nlu.redact import redact

router = APIRouter(prefix="/desk/deliveries", include_in_schema=False)
CHANNELS = {"wechat": "微信", "wecom": "企业微信", "sms": "短信", "email": "邮件"}
STATES = {"waiting": "还在重试", "parked": "等居民再发消息", "dead": "发不出去"}
_EXCERPT = 60


@router.get("")
def show(request: Request, who: Reader) -> Response:
    """The list, oldest first."""
    rows = [
        {
            "row": one,
            "channel": CHANNELS.get(one.channel, one.channel),
            "state": STATES[one.state],
            "help": HELP.get(one.problem, HELP["not_delivered"]),
            "excerpt": _short(redact(one.text)),
        }
        for one in _outbox(request).undelivered()
    ]
    return render(request, "console/deliveries.html", {"who": who, "rows": rows})


@router.get("/{number}/slip")
def slip(number: int, request: Request, who: Reader) -> Response:
    """The answer on paper, for somebody who comes to the counter; the look is on record."""
    row = _outbox(request).get(number)
    if row is None:
        raise HTTPException(404)
    if row.case is not None:
        who.office.desk.reveal(row.case, who.person)
    stored = request.app.state.messages.reply(row.message)
    at = stored.created_at
    context = {"reply": stored.reply, "at": at, "ends": at + LASTS, "slip": True}
    return render(request, "wechat/answer.html", context)


@router.post("/{number}/{action}")
def act(number: int, action: str, request: Request, who: Worker) -> Response:
    """Again, or told another way."""
    outbox, row = _outbox(request), _outbox(request).get(number)
    if row is not None and action == "retry":
        outbox.retry(number)
    elif row is not None and action == "told":
        outbox.settle(number)
        who.office.cases.delivered([row.message])
    elif action not in ("retry", "told"):
        raise HTTPException(404)
    return RedirectResponse("/desk/deliveries", 303)


def _short(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "……"


def _outbox(request: Request) -> Outbox:
    outbox: Outbox = request.app.state.outbox
    return outbox
