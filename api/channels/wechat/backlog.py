"""How much is before whoever comes now, and how fast it goes."""

from __future__ import annotations

from dataclasses import dataclass

_LATELY = 20  # answers whose pace is looked at


@dataclass
class Backlog:
    """`size` is how many are not answered yet, `pace` the seconds from one answer to the next."""

    size: int = 0
    pace: float = 0.0
    _answered_at: float = 0.0

    def answered(self, began: float, ended: float) -> None:
        """One more was answered, within these seconds of one clock.

        The pace holds for all who answer and all other work together: what an answer takes alone
        says little when four share a processor.

        >>> backlog = Backlog(size=100)
        >>> for second in range(60):
        ...     backlog.answered(began=second - 3.0, ended=second)
        >>> backlog.size, round(backlog.pace, 1)
        (40, 1.0)
        """
        since, self._answered_at = max(began, self._answered_at), ended
        self.pace += (ended - since - self.pace) / _LATELY
        self.size = max(0, self.size - 1)

    def keeps(self, patience: float, at_once: int) -> float:
        """For how many seconds a request that comes now is worth keeping.

        All of the patience while somebody is free to answer. Half of it when others are before it,
        and none when even that is too short for them: the pace is a guess, a busy program needs
        time for its own part, and who waited in vain is no better off than who was let go.
        """
        if self.size < at_once:
            return patience
        half = patience / 2
        return half if self.size * self.pace <= half else 0.0
