"""The texts an operator imported, kept parsed: what `index` adds to the shipped statutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from knowledge.corpus_file import load_laws, save_laws
from knowledge.statutes import LawText

_Key = tuple[str, date | None]


class ImportedLaws:
    """One file; a text with the name and date of one held takes its place."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> list[LawText]:
        """Everything imported so far; nothing before the first import.

        Raises:
            CorpusMissing: the file is damaged.
        """
        return load_laws(self._path) if self._path.is_file() else []

    def merged(self, texts: Iterable[LawText]) -> list[LawText]:
        """What is held together with new texts, in a stable order."""
        held = {_key(law): law for law in self.load()}
        held.update({_key(law): law for law in texts})
        return [held[key] for key in sorted(held, key=lambda k: (k[0], k[1] or date.min))]

    def save(self, laws: Sequence[LawText]) -> None:
        """Keep these laws, and only these; a stop half-way leaves the old ones."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        scratch = self._path.with_suffix(".new")
        scratch.unlink(missing_ok=True)
        save_laws(scratch, laws)
        scratch.replace(self._path)


def _key(law: LawText) -> _Key:
    return law.version.name, law.version.published
