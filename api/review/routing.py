"""Whom a new case is offered to first; anyone may still claim it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.review.people import Person, Role
from nlu.dialect import dialect_words, standard_words


def place_in(words: str, people: Sequence[Person]) -> str:
    """The longest place name in the words that somebody serves; empty when there is none.

    >>> wang = Person("王律师", Role.LAWYER, towns=("柳河镇", "柳河镇东湾村"))
    >>> place_in("我是柳河镇东湾村的", [wang])
    '柳河镇东湾村'
    """
    served = {town for person in people for town in person.towns}
    return max((town for town in served if town and town in words), key=len, default="")


def dialect_of(words: str) -> str:
    """The region whose dialect words stand in the words; empty when none does clearly.

    >>> dialect_of("爪子"), dialect_of("公司拖欠工资")
    ('nanjiang', '')
    """
    regions = sorted({region for word in dialect_words() for region in word.regions})
    common = len(standard_words(words))
    counts = {region: len(standard_words(words, region)) - common for region in regions}
    best = max(counts.values(), default=0)
    named = [region for region, count in counts.items() if count == best]
    return named[0] if best and len(named) == 1 else ""


def route(
    topic: str, town: str, language: str, people: Sequence[Person], load: Mapping[str, int]
) -> str:
    """The lawyer a case is offered to; empty when there is none.

    The adviser of the very village comes first, then the township's, then who knows the topic,
    then who speaks the dialect, then who has least to do.

    >>> wang = Person("王律师", Role.LAWYER, topics=("劳动",))
    >>> li = Person("李律师", Role.LAWYER, towns=("柳河镇东湾村",))
    >>> route("劳动", "柳河镇东湾村", "", [wang, li], {}), route("劳动", "", "", [wang, li], {})
    ('李律师', '王律师')
    """
    lawyers = [person for person in people if person.role is Role.LAWYER]

    def rank(person: Person) -> tuple[bool, bool, bool, bool, int, str]:
        return (
            not (town and town in person.towns),
            not (town and any(served in town for served in person.towns)),
            topic not in person.topics,
            not (language and language in person.languages),
            load.get(person.name, 0),
            person.name,
        )

    best = min(lawyers, key=rank, default=None)
    return best.name if best else ""
