"""Quiet hours: what comes unasked waits for the morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from api.core.deadlines import COUNTY
from api.core.delivering import Parcel
from api.core.types import Decision

_AWAKE = timedelta(minutes=30)


@dataclass(frozen=True)
class Quiet:
    """From `start` to `end` by the county's clocks; equal times mean never."""

    start: time
    end: time

    def until(self, parcel: Parcel, now: datetime, seen_at: datetime | None) -> datetime | None:
        """Until when a message has to wait; None when it may go.

        Answers go at once, so does danger, and whoever wrote half an hour ago is awake.
        """
        if parcel.answers or parcel.reply.decision is Decision.URGENT:
            return None
        if seen_at and now - seen_at < _AWAKE:
            return None
        return self.ends(now)

    def ends(self, now: datetime) -> datetime | None:
        """When the quiet hours end in which `now` falls, if it does.

        >>> from datetime import UTC
        >>> night = Quiet(time(22), time(7))
        >>> night.ends(datetime(2026, 11, 22, 15, 30, tzinfo=UTC))
        datetime.datetime(2026, 11, 22, 23, 0, tzinfo=datetime.timezone.utc)
        >>> night.ends(datetime(2026, 11, 22, 4, 0, tzinfo=UTC)) is None
        True
        """
        here = now.astimezone(COUNTY)
        clock = here.time()
        if self.start <= self.end:
            within, tomorrow = self.start <= clock < self.end, False
        else:
            within, tomorrow = clock >= self.start or clock < self.end, clock >= self.start
        if not within:
            return None
        morning = here.replace(hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0)
        return (morning + timedelta(days=tomorrow)).astimezone(now.tzinfo)
