"""What a Mandarin recogniser would write for a term said with a region's sounds."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from random import Random

from speech.dialect.sounds import Sounds, regions, syllables

_RARE = 200


def _dictionary() -> Path:
    """jieba's counted words; only the file is read."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed")
    return Path(spec.origin).with_name("dict.txt")


@lru_cache(maxsize=1)
def written() -> dict[tuple[str, ...], list[str]]:
    """Toneless sound -> words of one to three characters, the commonest first."""
    counts: dict[str, int] = {}
    for line in _dictionary().read_text(encoding="utf-8").splitlines():
        word, count, _ = line.split(" ")
        if len(word) <= 3 and int(count) >= _RARE and "㐀" <= word[0] <= "鿿":
            counts[word] = int(count)
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for word in sorted(counts, key=counts.__getitem__, reverse=True):
        sound = syllables(word)
        if len(sound) == len(word):
            found[tuple(sound)].append(word)
    return found


def misheard(term: str, region: str, random: Random) -> str | None:
    """The term as written after the region's sounds; None if it would be written as it is.

    Every sound that can change does so with a chance of a half; then the commonest word with
    that sound is written, else the commonest characters one by one.
    """
    sounds = regions()[region]
    said = tuple(_said(syllable, sounds, random) for syllable in syllables(term))
    whole = [word for word in written().get(said, ()) if word != term]
    text = whole[0] if whole else "".join(_char(syllable) for syllable in said)
    return text if text and text != term and len(text) == len(term) else None


def _said(syllable: str, sounds: Sounds, random: Random) -> str:
    """A sound that the region's listener would take for this one."""
    others = sorted(
        heard for (heard, *rest) in written() if not rest and syllable in sounds.meant(heard)
    )
    others = [other for other in others if other != syllable]
    return random.choice(others) if others and random.random() < 0.5 else syllable


def _char(syllable: str) -> str:
    words = written().get((syllable,), [])
    return words[0] if words else ""
