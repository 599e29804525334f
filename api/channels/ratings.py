"""Rating a service with one press, by page or by API."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.home.errors import RatingRefused
from api.home.ratings import (
    CHANGEABLE,
    GRADE_NAMES,
    KIND_NAMES,
    LONGEST_NOTE,
    REASONS,
    Grade,
    Kind,
    Opinion,
    Rated,
)
from api.language import gettext
from api.pages import render
from api.satisfaction import Satisfaction

router = APIRouter()
_KEY = r"^[A-Za-z0-9_-]{8,64}$"
#: Where a matter has its page, under its token.
PAGES = {Kind.ORDER: "/orders/o/", Kind.AID: "/aid/a/", Kind.PAPER: "/papers/p/"}


class RatingIn(BaseModel):
    """A grade for one service; `subject` is a reply's id with its conversation, else a token."""

    kind: Kind
    subject: str = Field(pattern=r"^[0-9a-f]{1,32}$", examples=["12"])
    conversation: str | None = Field(None, pattern=_KEY)
    grade: Grade
    reasons: list[str] = Field(default_factory=list, max_length=len(REASONS))
    note: str = Field("", max_length=LONGEST_NOTE)


class RatingOut(BaseModel):
    """The rating as kept; `follow_up` is the number of what puts a bad one right."""

    kind: Kind
    subject: str
    grade: Grade
    grade_label: str
    reasons: list[str]
    follow_up: str
    changeable_until: datetime
    message: str


@router.post("/api/v1/ratings", response_model=RatingOut)
def rate(body: RatingIn, request: Request) -> RatingOut:
    """Rate a service, or change the rating within a week; a bad one is put right in 48 hours."""
    opinion = Opinion(body.grade, tuple(body.reasons), body.note.replace("\x00", "").strip())
    rated = _service(request).rate(body.kind, body.subject, body.conversation, opinion)
    return RatingOut(
        kind=rated.kind,
        subject=rated.subject,
        grade=rated.grade,
        grade_label=GRADE_NAMES[rated.grade],
        reasons=list(rated.reasons),
        follow_up=rated.follow_up,
        changeable_until=rated.created_at + CHANGEABLE,
        message=thanks(rated),
    )


@router.post("/ratings", include_in_schema=False)
async def rate_by_form(request: Request) -> Response:
    """The same from a form; the page thanks and asks for the reasons, which nobody must give."""
    form = await request.form()
    text = {name: str(value) for name, value in form.items()}
    reasons = [str(name) for name in form.getlist("reasons")]
    fields = {name: text.get(name, "") for name in ("kind", "subject", "grade", "note")}
    fields |= {"conversation": text.get("conversation") or None, "reasons": reasons}  # type: ignore[dict-item]
    try:
        body = RatingIn.model_validate(fields)
    except ValueError as error:
        raise RatingRefused("没有看懂这个评价，请回上一页再点一次。") from error
    shown = await run_in_threadpool(rate, body, request)
    context = {
        "rated": shown,
        "conversation": body.conversation or "",
        "note": body.note,
        "grades": GRADE_NAMES,
        "reasons": REASONS,
        "kind_name": KIND_NAMES[body.kind],
        "back": PAGES.get(body.kind, "/talk#last")
        + ("" if body.kind is Kind.REPLY else body.subject),
    }
    return render(request, "casework/rated.html", context)


def thanks(rated: Rated) -> str:
    """What the resident reads after pressing."""
    if rated.grade is Grade.BAD and rated.follow_up:
        sorry = gettext("对不起，没让您满意。已转工作人员整改，48小时内答复您，编号{number}。")
        return sorry.format(number=rated.follow_up)
    return gettext("谢谢您的评价。")


def _service(request: Request) -> Satisfaction:
    service: Satisfaction = request.app.state.home.satisfaction
    return service
