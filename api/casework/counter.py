"""The county's counter in the chat: implements core.ports.Counter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from api.casework.county import County
from api.casework.places import asks_for_place, place_reply
from api.core.types import Decision, Handoff, Link, Message, Reply

#: Seals facts for a page; returns the token.
Carry = Callable[[Mapping[str, str], str | None], str]


class CountyCounter:
    """Answers what the dialogue hands off to it, from the county's profile."""

    def __init__(self, county: County, carry: Carry, now: Callable[[], datetime]) -> None:
        self._county, self._carry, self._now = county, carry, now

    def serve(self, step: Handoff, message: Message, words: str) -> Reply | None:
        """The reply to what belongs to the counter; None to everything else."""
        if step.task == "place" or asks_for_place(words):
            return place_reply(self._county, step.facts, words, self._now())
        if step.task == "legal_aid":
            return self._legal_aid(step, message)
        return None

    def after(self, _step: Handoff, _message: Message, reply: Reply) -> Reply:
        """A worked-out sum with the ways to go on from it."""
        return reply

    def _legal_aid(self, step: Handoff, message: Message) -> Reply:
        token = self._carry(step.facts, message.conversation)
        return Reply(
            Decision.RELEASE,
            "法律援助不收费。点下面的按钮，回答几个问题，就能按法律一条一条看您能不能申请；"
            "您刚才说的已经替您填上，当场就能在线申请。",
            links=(Link("看看我能不能申请法律援助", f"/aid?from={token}"),),
        )
