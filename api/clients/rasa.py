"""The dialogue over HTTP; implements core.ports.Dialogue."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import httpx

from api.core.errors import DialogueUnavailable
from api.core.types import Ask, Handoff, OpenCases, Step

_log = logging.getLogger(__name__)
_FIRST_WORDS = 600
_FIRST_PARSE = 60.0


class Rasa:
    """Rasa's REST channel on this machine."""

    def __init__(self, url: str, token: str, timeout: float) -> None:
        self._reached: dict[str, Any] = {
            "base_url": url,
            "params": {"token": token},
            "timeout": timeout,
            "trust_env": False,
        }
        self._client = httpx.AsyncClient(**self._reached)
        self._warm = False

    async def next(self, words: str, conversation: str, cases: OpenCases | None = None) -> Step:
        """The next step of the conversation; a Rasa that forgot its open forms is told them.

        Only the first 600 characters are sent: what a person wants shows early in a story.

        Raises:
            DialogueUnavailable: no answer in time, or an empty one, which is how Rasa's REST
                channel reports a crash inside.
        """
        sent = {"sender": conversation, "message": words[:_FIRST_WORDS]}
        try:
            if cases:
                await self._remind(conversation, cases)
            response = await self._client.post("/webhooks/rest/webhook", json=sent)
            response.raise_for_status()
            parts: list[dict[str, Any]] = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise DialogueUnavailable(f"dialogue: {type(error).__name__}") from error
        if not parts:
            raise DialogueUnavailable("dialogue: crashed inside (empty answer)")
        return _step(parts)

    async def _remind(self, conversation: str, cases: OpenCases) -> None:
        """Rasa keeps conversations in memory only: after a restart the slot is empty."""
        path = f"/conversations/{conversation}/tracker"
        known = await self._client.get(path, params={"include_events": "NONE"})
        known.raise_for_status()
        if known.json()["slots"].get("cases"):
            return
        events: list[dict[str, Any]] = [{"event": "slot", "name": "cases", "value": dict(cases)}]
        if cases.get("open"):
            events.insert(0, {"event": "active_loop", "name": "case_form"})
            events.append({"event": "slot", "name": "requested_slot", "value": "cases"})
        told = await self._client.post(f"{path}/events", json=events)
        told.raise_for_status()

    def forget(self, conversations: Sequence[str]) -> None:
        """Replace erased conversations by such as have just begun; blocks.

        A dialogue that is down remembers nothing; of one that hangs the log says so.
        """
        if not conversations:
            return
        begin = [{"event": "restart"}]
        try:
            with httpx.Client(**self._reached) as client:
                for conversation in conversations:
                    path = f"/conversations/{conversation}/tracker/events"
                    client.put(path, json=begin).raise_for_status()
        except httpx.ConnectError:
            return
        except httpx.HTTPError as error:
            _log.warning("dialogue: not everything was forgotten: %s", type(error).__name__)

    async def ready(self) -> bool:
        """Whether a model is loaded and answering.

        The first parse after a start loads dictionaries and takes seconds; it is made here, with
        patience, and not by the first resident.
        """
        try:
            response = await self._client.get("/status")
            if response.is_success and not self._warm:
                first = {"text": "你好"}
                response = await self._client.post("/model/parse", json=first, timeout=_FIRST_PARSE)
                self._warm = response.is_success
        except httpx.HTTPError:
            self._warm = False
            return False
        return response.is_success

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()


def _step(parts: list[dict[str, Any]]) -> Step:
    """A hand-off wins over questions; what was said before and after it is kept."""
    for place, part in enumerate(parts):
        custom = part.get("custom")
        if isinstance(custom, dict) and "task" in custom:
            facts = {k: str(v) for k, v in custom.get("facts", {}).items() if v is not None}
            return Handoff(str(custom["task"]), facts, _said(parts[place:]), _said(parts[:place]))
    said = _said(parts)
    return Ask(said) if said else Handoff("answer")


def _said(parts: list[dict[str, Any]]) -> str:
    return "\n".join(part["text"] for part in parts if part.get("text"))
