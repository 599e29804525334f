"""Call a person: a work order with the kiosk as its place, which the desk sees at once."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from api.casework.errors import FormInvalid
from api.casework.orders import MACHINE, told_from
from api.channels.kiosk.device import kiosk_of

router = APIRouter()
_SERVICE = "hotline"
_STORY = "在一体机上找真人，事情见对话。"


class CallIn(BaseModel):
    """Who calls; without a telephone of one's own the kiosk's attendant is rung up."""

    name: str = Field("", max_length=64, examples=["张小满"])
    phone: str = Field("", max_length=32, examples=["13800000000"])
    story: str = Field("", max_length=3000)
    conversation: str = Field("", pattern=r"^([A-Za-z0-9_-]{8,64})?$")


class CallOut(BaseModel):
    """The order made; the state is looked up by its token."""

    reference: str
    token: str
    state_label: str
    promise: str
    due_at: datetime | None


@router.post("/api/v1/kiosk/calls", response_model=CallOut, status_code=201)
def call(body: CallIn, request: Request) -> CallOut:
    """Make the order, about the conversation at the kiosk if there was one."""
    work, kiosk = request.app.state.casework, kiosk_of(request)
    phone = body.phone.strip() or (kiosk.phone if kiosk else "")
    if not phone:
        raise FormInvalid("请留一个能打通的电话；没有电话，请拨打12348", "phone")
    raw = {
        "name": body.name.strip() or "一体机前的居民",
        "phone": phone,
        "story": body.story.strip() or _STORY,
        "township": kiosk.township if kiosk else "",
    }
    known = body.conversation and request.app.state.messages.any_in(body.conversation)
    order = work.orders.open(
        _SERVICE,
        told_from(raw),
        conversation=body.conversation if known else None,
        place=kiosk.where if kiosk else "没有登记的一体机",
    )
    return CallOut(
        reference=order.reference,
        token=order.token,
        state_label=MACHINE.states[order.state],
        promise=work.services.named(_SERVICE).promise,
        due_at=order.due_at,
    )
