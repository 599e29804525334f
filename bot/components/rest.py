"""Rasa's REST channel with a token in front and without words in the log."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

logger = logging.getLogger(__name__)


class GuardedRest(RestInput):  # type: ignore[misc]
    """POST /webhooks/rest/webhook?token=…; a crash inside is still `[]`, as the app expects.

    Rasa guards its API with `--auth-token`, but not its channels, and on a crash its REST
    channel logs what the person said, locals of every frame included.
    """

    def __init__(self, token: str) -> None:
        """Ask for this token."""
        self.token = token

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Read `token` from credentials.yml."""
        token = (credentials or {}).get("token")
        if not token:
            raise ValueError("credentials.yml: GuardedRest needs a token")
        return cls(str(token))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of this channel."""
        routes = Blueprint("guarded_rest")

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            if not self._knows(request):
                return json({"error": "NotAuthenticated"}, status=401)
            body = request.json
            if not isinstance(body, dict) or not isinstance(body.get("message"), str):
                return json({"error": "MessageMissing"}, status=400)
            return json(
                await self._answer(on_new_message, str(body.get("sender")), body["message"])
            )

        return routes

    def _knows(self, request: Request) -> bool:
        offered = request.args.get("token", "")
        return hmac.compare_digest(offered.encode(), self.token.encode())

    async def _answer(
        self, on_new_message: Callable[[UserMessage], Awaitable[Any]], sender: str, text: str
    ) -> list[dict[str, Any]]:
        said = CollectingOutputChannel()
        message = UserMessage(text, said, sender, input_channel=self.name())
        try:
            await on_new_message(message)
        except Exception as error:  # noqa: BLE001 - whatever it was, the log must not quote it
            logger.error("a turn failed: %s", type(error).__name__)
            return []
        return list(said.messages)
