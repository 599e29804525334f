"""When a message that did not arrive is tried again."""

from __future__ import annotations

from datetime import timedelta

_WAITS = (2, 10, 30, 120, 600, 1800, 3600, 7200)


def wait(attempts: int) -> timedelta | None:
    """How long to wait after so many failures; None when trying is over.

    >>> wait(0), wait(7), wait(8)
    (datetime.timedelta(seconds=2), datetime.timedelta(seconds=7200), None)
    """
    return timedelta(seconds=_WAITS[attempts]) if attempts < len(_WAITS) else None
