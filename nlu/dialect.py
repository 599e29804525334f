"""Dialect words -> standard words, to be added to a search and never written over the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from nlu.normalise import normalise

#: Whose sounds and words the speech front end knows.
Region = Literal["qichun", "nanjiang", "wuhu", "guangxi", "yongchun"]
LEXICON = Path(__file__).with_name("lexicon")
_EVERYWHERE = "*"
_NAMES = {
    "qichun": "蕲春|黄冈|黄梅",
    "nanjiang": "南江|巴中|四川|重庆",
    "wuhu": "芜湖",
    "guangxi": "广西|桂林|柳州|桂柳|南宁|广东|粤|白|壮",
    "yongchun": "永春|闽南|泉州|福建|河洛",
    "": "普通|国",
}
_SPEAKS = re.compile(
    r"(?:我们?|咱们?|俺)?(?:是|会|只|都|平时|在家)*(?:说|讲)(?:的是|的)?(?:"
    + "|".join(f"(?P<r{n}>{names})" for n, names in enumerate(_NAMES.values()))
    + r")(?:官)?(?:方言|土话|话|语)(?:的|哈|啊|呢|哦)?[。！!]?"
)


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


def translated(text: str, region: str | None = None) -> str:
    """The text with standard words in place of its dialect words, the first where there are more.

    For a second search beside the text as it stands, never to be shown as what was said.

    >>> translated("头家欠起工钱不给，咋个办"), translated("该钱不还", region="qichun")
    ('老板拖欠工资不给，怎么办', '欠钱不还')
    """
    pattern, standards = _matcher(region)
    return pattern.sub(lambda match: standards[match[0]][0], text)


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


def speaks(words: str) -> str | None:
    """Whose dialect somebody says they speak, "" for none; None where they say something else.

    >>> speaks("我说闽南话"), speaks("我讲白话"), speaks("我说普通话"), speaks("我说的是离婚")
    ('yongchun', 'guangxi', '', None)
    """
    found = _SPEAKS.fullmatch(words)
    if not found:
        return None
    return next(name for n, name in enumerate(_NAMES) if found[f"r{n}"])


@lru_cache(maxsize=16)
def _matcher(region: str | None) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    standards: dict[str, list[str]] = defaultdict(list)
    for entry in dialect_words():
        if not entry.regions or region in entry.regions:
            standards[entry.word].extend(entry.standard)
    longest_first = sorted(standards, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), dict(standards)
