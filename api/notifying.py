"""The delivery of messages put together: carriers, quiet hours, what a stopped process left."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

from api.channels.wechat.setup import Channels
from api.core.delivering import Parcel
from api.core.errors import CoreError
from api.notify.delivery import Delivery
from api.notify.quiet import Quiet
from api.wiring import Application

_log = logging.getLogger(__name__)
_SWEEP_SECONDS = 5.0


def open_delivery(parts: Application, channels: Channels) -> Delivery:
    """The worker of the outbox over the channels that are set up."""
    quiet = Quiet(parts.settings.quiet_start, parts.settings.quiet_end)
    now = parts.services.now

    def holds(parcel: Parcel) -> datetime | None:
        person = None if parcel.answers else channels.inbox.person(parcel.conversation)
        return quiet.until(parcel, now(), person.seen_at if person else None)

    return Delivery(channels.outbox, parts.reviews, channels.carriers, holds, now)


async def sweep(channels: Channels) -> None:
    """Every few seconds, until cancelled; a failure is logged and tried again."""
    while True:
        try:
            await channels.sweep()
        except CoreError as error:
            _log.warning("inbox: %s", error.code)
        await asyncio.sleep(_SWEEP_SECONDS)
