"""Fees that grow by bands of the amount (分段累计)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.rules.wording import plain, yuan


@dataclass(frozen=True)
class Scale:
    """A flat fee up to `first`, then per cent of what lies in each band.

    `bands` are (lower end in yuan, per cent of the part above it, up to the next lower end).
    """

    first: Decimal
    flat: Decimal
    bands: tuple[tuple[int, str], ...]

    def fee(self, amount: Decimal) -> Decimal:
        """Yuan.

        >>> Scale(Decimal(10_000), Decimal(50), ((10_000, "2.5"),)).fee(Decimal(20_000))
        Decimal('300.0')
        """
        total = self.flat
        for part, percent in self._parts(amount):
            total += part * percent / 100
        return total

    def how(self, amount: Decimal) -> str:
        """The formula with the numbers in it."""
        parts = [f"{yuan(part)} × {plain(percent)}%" for part, percent in self._parts(amount)]
        return " + ".join((yuan(self.flat), *parts))

    def _parts(self, amount: Decimal) -> list[tuple[Decimal, Decimal]]:
        found = []
        for place, (low, percent) in enumerate(self.bands):
            high = self.bands[place + 1][0] if place + 1 < len(self.bands) else None
            top = amount if high is None else min(amount, Decimal(high))
            if top > low:
                found.append((top - low, Decimal(percent)))
        return found
