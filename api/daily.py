"""What is done once a day, in the small hours, by whichever process comes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from api.core.deadlines import COUNTY

_FROM = 3  # o'clock


@dataclass
class Daily:
    """Call `tick` as often as you like; the job must be harmless when done twice."""

    job: Callable[[], object]
    now: Callable[[], datetime]
    done_on: date | None = field(default=None)

    def tick(self) -> bool:
        """Do the job when it was not yet done today; whether it was done now."""
        local = self.now().astimezone(COUNTY)
        if local.hour < _FROM or self.done_on == local.date():
            return False
        self.job()
        self.done_on = local.date()
        return True
