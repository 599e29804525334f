"""FAQ entries for residents: one YAML file a topic, each answer standing on cited articles."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import FaqInvalid
from knowledge.refs import parse_ref
from knowledge.types import ArticleRef

_LISTS = ("variants", "dialect", "steps", "materials", "deadlines", "where")
_FIELDS = {"id", "question", "answer", "citations", "rural", "params", "rules", *_LISTS}


@dataclass(frozen=True)
class FaqEntry:
    """One question with its answer.

    `variants` are other ways to ask it, `dialect` those with dialect words;
    `params` names the dated parameters an answer's figures stand in, if not in an article;
    `rules` the calculators that work the matter out.
    """

    id: str
    topic: str
    question: str
    answer: str
    citations: tuple[ArticleRef, ...]
    variants: tuple[str, ...] = ()
    dialect: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    params: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    rural: bool = False

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every way this question is known to be asked."""
        return (self.question, *self.variants, *self.dialect)


def load_faq(folder: Path) -> tuple[FaqEntry, ...]:
    """Read every `*.yml` of the folder, in name order.

    Raises:
        FaqInvalid: a file or entry is malformed, or an id is used twice.
    """
    entries: dict[str, FaqEntry] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            raise FaqInvalid(f"{path.name}: {error}") from error
        for raw in document["entries"]:
            entry = _entry(raw, document["topic"], path)
            if entry.id in entries:
                raise FaqInvalid(f"{path.name}: id {entry.id!r} is used twice")
            entries[entry.id] = entry
    return tuple(entries.values())


def _entry(raw: dict[str, Any], topic: str, path: Path) -> FaqEntry:
    unknown = set(raw) - _FIELDS
    missing = {"id", "question", "answer", "citations"} - set(raw)
    if unknown or missing:
        raise FaqInvalid(f"{path.name}: {raw.get('id')}: unknown {unknown}, missing {missing}")
    for name in (*_LISTS, "citations", "params", "rules"):
        if not all(isinstance(line, str) for line in raw.get(name, [])):
            raise FaqInvalid(f"{path.name}: {raw['id']}: {name} must be a list of plain texts")
    return FaqEntry(
        id=raw["id"],
        topic=topic,
        question=raw["question"],
        answer=raw["answer"].strip(),
        citations=tuple(parse_ref(text) for text in raw["citations"]),
        params=tuple(raw.get("params", ())),
        rules=tuple(raw.get("rules", ())),
        rural=bool(raw.get("rural", False)),
        **{name: tuple(raw.get(name, ())) for name in _LISTS},
    )
