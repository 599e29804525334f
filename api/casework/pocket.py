"""What a kiosk keeps for times without network: places, and the questions asked most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

from pydantic import ConfigDict

from api.casework.county import read_strictly
from knowledge.faq import FaqEntry

KEPT = 100


@dataclass(frozen=True)
class KioskProfile:
    """The county's choice: ids of FAQ entries to keep, the most asked first."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    faq: tuple[str, ...] = ()


def load_profile(path: Path) -> KioskProfile:
    """The county's file; where there is none, entries are spread over the topics.

    Raises:
        CountyInvalid: the file is malformed.
    """
    return read_strictly(path, KioskProfile) if path.is_file() else KioskProfile()


def chosen(
    entries: Sequence[FaqEntry], wanted: Iterable[str] = (), limit: int = KEPT
) -> tuple[FaqEntry, ...]:
    """The wanted entries, then the others in turn from every topic, rural ones first."""
    by_id = {entry.id: entry for entry in entries}
    first = [by_id[name] for name in dict.fromkeys(wanted) if name in by_id]
    topics: dict[str, list[FaqEntry]] = {}
    for entry in sorted(entries, key=lambda entry: not entry.rural):
        if entry not in first:
            topics.setdefault(entry.topic, []).append(entry)
    in_turn = (one for one in chain(*zip_longest(*topics.values())) if one)
    return tuple(chain(first, in_turn))[:limit]
