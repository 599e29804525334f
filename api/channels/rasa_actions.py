"""Slot validation the dialogue calls back for: POST /rasa/actions, with a shared secret."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException, Query, Request

from api.clients.lunar import solar
from api.core.deadlines import COUNTY
from nlu.errors import FormUnknown
from nlu.forms.types import Calendar
from nlu.forms.webhook import answer_action, kept

router = APIRouter(include_in_schema=False)


@router.post("/rasa/actions")
def actions(
    request: Request, body: Annotated[dict[str, Any], Body()], token: Annotated[str, Query()] = ""
) -> dict[str, list[dict[str, Any]]]:
    """Answer one action call, a pure function of slots, words and today, and keep the forms."""
    wanted = request.app.state.settings.action_secret.get_secret_value()
    if not secrets.compare_digest(token.encode(), wanted.encode()):
        raise HTTPException(403)
    today = request.app.state.services.now().astimezone(COUNTY).date()
    try:
        answer = answer_action(body, Calendar(today, solar))
    except FormUnknown as error:
        raise HTTPException(404) from error
    request.app.state.messages.keep_cases(str(body.get("sender_id", "")), kept(answer))
    return answer
