"""Which sounds of a region may stand for which others; see regions.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pypinyin import lazy_pinyin

_REGIONS = Path(__file__).with_name("regions.yml")
_INITIAL = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(.+)")
_LABIAL = {"u": "u", "a": "ua", "ei": "ui", "an": "uan", "ang": "uang", "en": "un", "eng": "ong"}
_GLOTTAL = {value: key for key, value in _LABIAL.items()}
Pairs = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Sounds:
    """For one region: heard part of a syllable -> what may have been meant."""

    initials: Pairs = field(default_factory=dict)
    finals: Pairs = field(default_factory=dict)
    syllables: Pairs = field(default_factory=dict)
    f_for_hu: bool = False
    hu_for_f: bool = False

    def meant(self, heard: str) -> frozenset[str]:
        """Syllables that may have been meant, the heard one among them."""
        return _meant(self, heard)

    def _of(self, heard: str) -> Iterator[str]:
        yield heard
        yield from self.syllables.get(heard, ())
        initial, final = split(heard)
        for first in (initial, *self.initials.get(initial, ())):
            for last in (final, *self.finals.get(final, ())):
                yield first + last
        if self.hu_for_f and initial == "h" and final in _GLOTTAL:
            yield "f" + _GLOTTAL[final]
        if self.f_for_hu and initial == "f" and final in _LABIAL:
            yield "h" + _LABIAL[final]

    def __hash__(self) -> int:
        return id(self)


@lru_cache(maxsize=8192)
def _meant(sounds: Sounds, heard: str) -> frozenset[str]:
    return frozenset(sounds._of(heard))


def split(syllable: str) -> tuple[str, str]:
    """Initial and final.

    >>> split("zhang"), split("an"), split("lv")
    (('zh', 'ang'), ('', 'an'), ('l', 'v'))
    """
    match = _INITIAL.fullmatch(syllable)
    return (match[1] or "", match[2]) if match else ("", syllable)


def syllables(text: str) -> list[str]:
    """One toneless syllable for each character of a Chinese text.

    >>> syllables("拖欠工资"), syllables("律师")
    (['tuo', 'qian', 'gong', 'zi'], ['lv', 'shi'])
    """
    return [syllable.replace("ü", "v") for syllable in lazy_pinyin(text, v_to_u=False)]


@lru_cache(maxsize=1)
def regions() -> Mapping[str, Sounds]:
    """The sounds of each region."""
    with _REGIONS.open(encoding="utf-8") as file:
        return {name: _read(rules) for name, rules in yaml.safe_load(file).items()}


def _read(rules: Mapping[str, Any]) -> Sounds:
    both, heard = rules.get("both", {}), rules.get("heard", {})
    parts = {
        part: _pairs(both.get(part, []), heard.get(part, []))
        for part in ("initials", "finals", "syllables")
    }
    return Sounds(
        **parts,
        f_for_hu=bool(both.get("f-hu")),
        hu_for_f=bool(both.get("f-hu") or heard.get("f-hu")),
    )


def _pairs(both: list[list[str]], heard: list[list[str]]) -> Pairs:
    meant: dict[str, set[str]] = {}
    for one, other in both:
        meant.setdefault(one, set()).add(other)
        meant.setdefault(other, set()).add(one)
    for sound, intended in heard:
        meant.setdefault(sound, set()).add(intended)
    return {sound: frozenset(others) for sound, others in meant.items()}
