"""What came of one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.statutes import LawText


@dataclass(frozen=True)
class FileReport:
    """What was taken from a file, and what was not and why.

    `text` is None when nothing could be taken; `notes` are sentences for the operator.
    """

    path: Path
    text: LawText | None
    notes: tuple[str, ...] = ()

    @property
    def articles(self) -> int:
        """How many articles were taken."""
        return len(self.text.articles) if self.text else 0
