"""Words that tell what a text is about, one topic each, in jieba's user-dictionary format."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from nlu.dialect import LEXICON, dialect_words, standard_words

#: Files of `word topic` lines; jieba reads the topic as a part of speech.
TOPIC_FILES = (LEXICON / "legal.txt", LEXICON / "daily.txt")


def read_topic_words(text: str) -> dict[str, tuple[str, ...]]:
    """Read `word topic` lines into topic -> words.

    >>> read_topic_words("欠薪 labour\\n包工头 labour\\n彩礼 family\\n")
    {'labour': ('欠薪', '包工头'), 'family': ('彩礼',)}
    """
    topics: dict[str, list[str]] = defaultdict(list)
    for line in text.splitlines():
        if line.strip():
            word, topic = line.split()
            topics[topic].append(word)
    return {topic: tuple(words) for topic, words in topics.items()}


@lru_cache(maxsize=1)
def topic_words() -> Mapping[str, tuple[str, ...]]:
    """Topic -> words of the lexicon, in the order of the files."""
    return read_topic_words("".join(path.read_text(encoding="utf-8") for path in TOPIC_FILES))


def count_topics(text: str) -> tuple[int, ...]:
    """How many different words of each topic stand in a text, dialect words included.

    >>> dict(zip(topic_words(), count_topics("老细炒鱿鱼唔出粮")))["labour"] > 1
    True
    """
    also = "".join(f"，{word}" for word in standard_words(text))
    return tuple(len(set(pattern.findall(text + also))) for pattern in _patterns())


def write_user_dictionary(path: Path) -> None:
    """Write every word of the lexicon, dialect words too, as one jieba user dictionary."""
    words = [word for words in topic_words().values() for word in words]
    words += [entry.word for entry in dialect_words()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{word}\n" for word in dict.fromkeys(words)), encoding="utf-8")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
        for words in topic_words().values()
    )
