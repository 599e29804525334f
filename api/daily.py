"""What is done once a day, in the small hours, by whichever process comes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from api.core.deadlines import COUNTY

_FROM = 3  # o'clock
_AGAIN = timedelta(hours=1)


@dataclass
class Daily:
    """Call `tick` as often as you like; the job must be harmless when done twice."""

    job: Callable[[], object]
    now: Callable[[], datetime]
    done_on: date | None = None
    not_before: datetime | None = None

    def tick(self) -> bool:
        """Do the job when it was not yet done today; whether it was done now.

        What the job raises is raised; it is tried again after an hour.
        """
        now = self.now()
        local = now.astimezone(COUNTY)
        too_soon = self.not_before is not None and now < self.not_before
        if local.hour < _FROM or self.done_on == local.date() or too_soon:
            return False
        self.not_before = now + _AGAIN
        self.job()
        self.done_on, self.not_before = local.date(), None
        return True
