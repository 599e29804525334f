"""Words that make a question urgent, or one a lawyer must see; the patterns are in risks.yml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from api.core.types import Number
from knowledge.danger import Danger

#: From this probability on words that no pattern names raise an alarm; from CAUTION on a line
#: under the answer names the number to call. Chosen by `python -m eval.danger`.
URGENT, CAUTION = 0.45, 0.2
#: Under this probability a message of so many characters takes back what a pattern named in it,
#: down to that line. The least of some 180 that rightly named a danger, unseen before, had 0.13; a
#: cry of few words ("救命") tells the model nothing.
_HARMLESS, _JUDGED = 0.05, 12

_CAUTION = (
    "要是现在有人有危险、被骗转了钱或者想不开，"
    "先打110（急救120，反诈96110，心理援助12356），再慢慢说事。"
)
_LIST = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True)
class Alarm:
    """A danger named in the words: what to say first, and whom to call.

    `sure` where the words leave no doubt.
    """

    kind: str
    say: str
    numbers: tuple[Number, ...]
    sure: bool = False


@dataclass(frozen=True)
class _Pattern:
    kind: str
    any: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]
    sure: tuple[re.Pattern[str], ...]
    told: tuple[re.Pattern[str], ...]

    def surely(self, words: str) -> bool:
        return any(pattern.search(words) for pattern in self.sure)

    def matches(self, words: str, *, alone: bool = False) -> bool:
        if not alone and any(pattern.search(words) for pattern in self.told):
            return False
        if self.surely(words):
            return True
        found = any(pattern.search(words) for pattern in self.any)
        return found and not any(pattern.search(words) for pattern in self.never)


def raised(words: str, danger: Danger | None) -> Alarm | None:
    """The alarm of words a pattern names or that read like danger.

    `danger` is how the whole message sounds; None where that is not known.

    >>> raised("包工头说再不签字就打断他的腿，电影里都这样演", Danger(0.01, "violence")) is None
    True
    """
    if danger is None:
        return alarm(words, alone=True)
    named = alarm(words)
    if named and (named.sure or not _denies(danger, words)):
        return named
    return senses(danger, words)


def alarm(words: str, *, alone: bool = False) -> Alarm | None:
    """The first danger the words name.

    Where the pattern is `alone`, with no meaning to ask, not even a film or a drill silences it.

    >>> alarm("我老公正在打我").numbers[0]
    Number(label='报警', number='110')
    >>> alarm("公司拖欠工资怎么办") is None
    True
    """
    for pattern, rule in _rules()["urgent"]:
        if pattern.matches(words, alone=alone):
            return _alarm(pattern, rule, sure=pattern.surely(words))
    return None


def _denies(danger: Danger, words: str) -> bool:
    return danger.probability < _HARMLESS and len(words) >= _JUDGED


_CUSTODY = "涉及刑事追究或者羁押"


def senses(danger: Danger, words: str) -> Alarm | None:
    """The alarm for words that no pattern names but that read like danger.

    Who tells of somebody the police hold asks for a lawyer, not for the police.
    """
    if danger.probability < URGENT or _CUSTODY in risks(words):
        return None
    return next(
        _alarm(pattern, rule) for pattern, rule in _rules()["urgent"] if rule["id"] == danger.kind
    )


def caution(words: str, danger: Danger | None) -> tuple[str, ...]:
    """A line for words that may mean danger: whom to call, without taking them for an alarm."""
    doubted = alarm(words) or (danger and danger.probability >= CAUTION)
    return (_CAUTION,) if doubted else ()


def risks(words: str) -> tuple[str, ...]:
    """Kinds of risk for which nothing is released unreviewed.

    >>> risks("我弟弟被抓了，关在看守所")
    ('涉及刑事追究或者羁押',)
    """
    return tuple(pattern.kind for pattern, _ in _rules()["hold"] if pattern.matches(words))


def wants_human(words: str) -> bool:
    """Whether the words ask for a person.

    >>> wants_human("转人工"), wants_human("律师费谁出")
    (True, False)
    """
    return any(pattern.matches(words) for pattern, _ in _rules()["human"])


@lru_cache(maxsize=1)
def _rules() -> dict[str, list[tuple[_Pattern, dict[str, Any]]]]:
    path = Path(__file__).with_name("risks.yml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    lists = raw.pop("words")
    raw["human"] = [raw["human"] | {"kind": "要求真人"}]
    return {name: [(_pattern(rule, lists), rule) for rule in rules] for name, rules in raw.items()}


def _alarm(pattern: _Pattern, rule: dict[str, Any], *, sure: bool = False) -> Alarm:
    numbers = tuple(Number(*pair) for pair in rule["numbers"])
    return Alarm(pattern.kind, rule["say"], numbers, sure)


def _pattern(rule: dict[str, Any], lists: dict[str, str]) -> _Pattern:
    any_, never, sure, told = (
        tuple(
            re.compile(_LIST.sub(lambda found: f"(?:{lists[found[1]]})", raw))
            for raw in rule.get(key, ())
        )
        for key in ("any", "not", "sure", "told")
    )
    return _Pattern(rule["kind"], any_, never, sure, told)
