"""The county's counter in the chat: implements core.ports.Counter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from api.casework.county import County
from api.casework.places import asks_for_place, place_reply
from api.core.types import Handoff, Message, Reply


class CountyCounter:
    """Answers what the dialogue hands off to it, from the county's profile."""

    def __init__(self, county: County, now: Callable[[], datetime]) -> None:
        self._county, self._now = county, now

    def serve(self, step: Handoff, _message: Message, words: str) -> Reply | None:
        """The reply to what belongs to the counter; None to everything else."""
        if step.task == "place" or asks_for_place(words):
            return place_reply(self._county, step.facts, words, self._now())
        return None

    def after(self, _step: Handoff, _message: Message, reply: Reply) -> Reply:
        """A worked-out sum with the ways to go on from it."""
        return reply
