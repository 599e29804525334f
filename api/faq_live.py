"""Published answers enter the FAQ the program searches at once, and leave it when law changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from api.core.ports import Library
from api.review.learning import changed
from api.settings import Settings
from api.storage.faq_drafts import FaqDrafts, Stored
from knowledge.encode import Encoder
from knowledge.errors import IndexMissing
from knowledge.faq import load_faq
from knowledge.faq_update import replace_faq
from knowledge.index import Places

_log = logging.getLogger(__name__)


def desk_faq(settings: Settings) -> Path:
    """Where the desk's own FAQ files stand."""
    return settings.data / "faq"


@dataclass(frozen=True)
class LiveFaq:
    """The FAQ in use, made of the shipped files and the desk's published entries."""

    settings: Settings
    drafts: FaqDrafts
    places: Places
    encoder: Callable[[], Encoder]

    def check(self, library: Library, on: date) -> bool:
        """Refresh when law has changed under a published entry; whether one was affected."""
        published = (stored for stored in self.drafts.published() if not stored.flag)
        stale = any(changed(stored.articles, library.corpus, on) for stored in published)
        if stale:
            self.refresh(library, on)
        return stale

    def refresh(self, library: Library, on: date) -> bool:
        """Flag entries whose law changed, write the others to files, put them into the index.

        Returns whether there is an index to put them into.
        """
        for stored in self.drafts.published():
            articles = changed(stored.articles, library.corpus, on)
            if articles and not stored.flag:
                self.drafts.flag(stored.id, articles)
        write(desk_faq(self.settings), (s for s in self.drafts.published() if not s.flag))
        entries = (*load_faq(self.settings.faq), *load_faq(desk_faq(self.settings)))
        try:
            generation = replace_faq(entries, self.encoder(), self.places)
        except IndexMissing as error:
            _log.warning("published answers wait for an index: %s", error)
            return False
        _log.info("index %s with %d FAQ entries", generation.name, len(entries))
        return True


def write(folder: Path, published: Iterable[Stored]) -> None:
    """One file a topic, as every other FAQ file; a topic without entries has none."""
    topics: dict[str, list[dict[str, Any]]] = {}
    for stored in published:
        entry = {name: value for name, value in stored.entry.items() if name != "topic"}
        topics.setdefault(stored.topic, []).append(entry)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.yml"):
        old.unlink()
    for number, (topic, entries) in enumerate(sorted(topics.items())):
        text = yaml.safe_dump({"topic": topic, "entries": entries}, allow_unicode=True)
        (folder / f"{number:02d}.yml").write_text(text, encoding="utf-8")
