"""Dialect words -> standard words, to be added to a search and never written over the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nlu.normalise import normalise

LEXICON = Path(__file__).with_name("lexicon")
_EVERYWHERE = "*"


@dataclass(frozen=True)
class DialectWord:
    """One line of lexicon/dialect.txt; `regions` is empty where the word is safe everywhere."""

    word: str
    standard: tuple[str, ...]
    regions: frozenset[str]


def read_dialect_words(text: str) -> tuple[DialectWord, ...]:
    """Read lines of `word<TAB>standard[/standard]<TAB>region[,region]`; `*` is everywhere.

    >>> read_dialect_words("# note\\n工钱\\t工资\\t*\\n")
    (DialectWord(word='工钱', standard=('工资',), regions=frozenset()),)
    """
    words = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        word, standard, regions = line.split("\t")
        where = frozenset(regions.split(",")) - {_EVERYWHERE}
        words.append(DialectWord(word, tuple(standard.split("/")), where))
    return tuple(words)


@lru_cache(maxsize=1)
def dialect_words() -> tuple[DialectWord, ...]:
    """The words of lexicon/dialect.txt."""
    return read_dialect_words((LEXICON / "dialect.txt").read_text(encoding="utf-8"))


def standard_words(text: str, region: str | None = None) -> tuple[str, ...]:
    """Standard words for the dialect words in a text, in order, each once.

    Args:
        text: what the resident wrote or said.
        region: `qichun`, `nanjiang`, `wuhu`, `guangxi` or `yongchun`; without it only words
            that mean one thing everywhere are used.

    >>> standard_words("老板欠起工钱不给，咋个办")
    ('拖欠', '工资', '怎么')
    >>> standard_words("该钱不还"), standard_words("该钱不还", region="qichun")
    ((), ('欠钱',))
    """
    pattern, standards = _matcher(region)
    found = (word for match in pattern.finditer(text) for word in standards[match[0]])
    return tuple(dict.fromkeys(found))


def searchable(text: str) -> str:
    """The text as a search takes it: normalised, standard words added behind its dialect words.

    >>> searchable("老板欠起工钱不给")
    '老板欠起工钱不给，拖欠，工资'
    >>> searchable(searchable("老板欠起工钱不给")) == searchable("老板欠起工钱不给")
    True
    """
    words = normalise(text)
    added = (word for word in standard_words(words) if word not in words)
    return "，".join((words, *added))


@lru_cache(maxsize=16)
def _matcher(region: str | None) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    standards: dict[str, list[str]] = defaultdict(list)
    for entry in dialect_words():
        if not entry.regions or region in entry.regions:
            standards[entry.word].extend(entry.standard)
    longest_first = sorted(standards, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), dict(standards)
