"""The outbox's worker: whatever is due is brought, put off, parked, or left to a person."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from api.core.delivering import Carrier, Impossible, NotDelivered, OnContact, Parcel
from api.core.errors import CoreError
from api.notify.backoff import wait
from api.stopping import passed
from api.storage.outbox import Outbox

_log = logging.getLogger(__name__)
_POLL_SECONDS = 0.25


class Reports(Protocol):
    """Cases, as far as delivery is reported to them."""

    def delivered(self, messages: list[int]) -> None:
        """The resident has these messages."""

    def undelivered(self, message: int, reason: str) -> None:
        """A lawyer's answer cannot reach the resident now."""


@dataclass(frozen=True)
class Delivery:
    """Brings what is due; several processes may run one each.

    `holds` says until when a message has to wait for quiet hours to end.
    """

    outbox: Outbox
    reports: Reports
    carriers: Mapping[str, Carrier]
    holds: Callable[[Parcel], datetime | None]
    now: Callable[[], datetime]

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop; a failure of the database is logged and tried again."""
        while not stop.is_set():
            try:
                moved = await self.once()
            except CoreError as error:
                _log.warning("delivery: %s", error.code)
                moved = 0
            await passed(0 if moved else _POLL_SECONDS, stop)

    async def once(self) -> int:
        """Bring what is due now; returns how many messages were in hand."""
        if not self.carriers:
            return 0
        parcels = await asyncio.to_thread(self.outbox.claim, tuple(self.carriers))
        await asyncio.gather(*(self._bring(parcel) for parcel in parcels))
        return len(parcels)

    async def _bring(self, parcel: Parcel) -> None:
        until = await asyncio.to_thread(self.holds, parcel)
        if until:
            await asyncio.to_thread(self.outbox.postponed, parcel, until, "")
            return
        try:
            left = await self.carriers[parcel.channel].carry(parcel)
        except NotDelivered as error:
            await asyncio.to_thread(self._failed, parcel, error)
            return
        await asyncio.to_thread(self._carried, parcel, left)

    def _carried(self, parcel: Parcel, left: int) -> None:
        self.outbox.carried(parcel, left)
        if not left:
            self.reports.delivered([parcel.message])

    def _failed(self, parcel: Parcel, error: NotDelivered) -> None:
        """Put it off, park it, or give it to a person."""
        _log.info("message %d by %s: %s", parcel.message, parcel.channel, error.code)
        pause = wait(parcel.attempts)
        if isinstance(error, OnContact):
            self.outbox.parked(parcel, error.code)
            self.reports.undelivered(parcel.message, str(error))
        elif isinstance(error, Impossible) or pause is None:
            self.outbox.dead(parcel, error.code)
            self.reports.undelivered(parcel.message, str(error))
        else:
            self.outbox.postponed(parcel, self.now() + pause, error.code)
