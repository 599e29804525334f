"""Conversations kept in memory, the longest untouched forgotten first."""

from __future__ import annotations

from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


class BoundedTrackerStore(InMemoryTrackerStore):  # type: ignore[misc]
    """Rasa's in-memory store never forgets: it would grow with every kiosk user.

    A turn also costs the reading of all earlier events, hence `events`.
    """

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        conversations: int = 2000,
        events: int = 240,
        **kwargs: Any,
    ) -> None:
        """Keep so many conversations, and so many events of each."""
        super().__init__(domain, event_broker, **kwargs)
        self.conversations = conversations
        self.events = events

    def init_tracker(self, sender_id: str) -> DialogueStateTracker:
        """An empty conversation that keeps its last events only."""
        return DialogueStateTracker(sender_id, self.domain.slots, max_event_history=self.events)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the conversation as the newest and let the oldest go."""
        self.store.pop(tracker.sender_id, None)
        await super().save(tracker)
        while len(self.store) > self.conversations:
            del self.store[next(iter(self.store))]
