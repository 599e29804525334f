"""When each version of a law binds: worked out over all laws together, whatever their source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from knowledge.statutes import LawText
from knowledge.types import short_name

#: The name in a law's title marks, titles inside it included.
TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")


def settle(laws: Iterable[LawText]) -> list[LawText]:
    """The same laws, each version ending where the next begins or another law repeals it.

    Of two texts with one name and date the first is kept.
    """
    by_name: dict[str, dict[date | None, LawText]] = defaultdict(dict)
    for law in laws:
        by_name[law.version.name].setdefault(law.version.published, law)
    chained = [law for held in by_name.values() for law in _chained(list(held.values()))]
    ends = repeals(chained)
    return [_ended(law, ends) for law in chained]


def repeals(laws: Sequence[LawText]) -> dict[str, date]:
    """Laws another law repeals (《…》同时废止), with the first day they no longer apply."""
    ends: dict[str, date] = {}
    for law in laws:
        version = law.version
        if version.repealed or not version.valid_from:
            continue
        for article in law.articles:
            older = (name for name in repealed_titles(article.text) if name != version.name)
            for name in older:  # a revision's own name means the text before it
                ends[name] = max(version.valid_from, ends.get(name, date.min))
    return ends


def repealed_titles(text: str) -> Iterator[str]:
    """The laws an article repeals: all that a sentence with 同时废止 names.

    >>> list(repealed_titles("本法自公布之日起施行。《甲法》和1990年发布的《乙条例》同时废止。"))
    ['甲法', '乙条例']
    """
    for sentence in text.split("。") if "同时废止" in text else ():
        if "同时废止" in sentence:
            yield from TITLE.findall(sentence)


def repealed_on(law: str, ends: Mapping[str, date]) -> date | None:
    """The day another law ended this one, which may name it without the country."""
    return ends.get(law) or ends.get(short_name(law))


def _chained(versions: list[LawText]) -> Iterator[LawText]:
    """Let each version end where the next begins.

    The effective date of an amended law is often that of its first version; a later version
    cannot bind before it was published, so the later of the two dates counts.
    """
    versions.sort(key=lambda law: law.version.published or date.min)
    starts = [versions[0].version.valid_from]
    starts += [
        max(filter(None, (law.version.valid_from, law.version.published)), default=None)
        for law in versions[1:]
    ]
    for i, law in enumerate(versions):
        end = starts[i + 1] if i + 1 < len(versions) else law.version.valid_until
        yield law.under(replace(law.version, valid_from=starts[i], valid_until=end))


def _ended(law: LawText, ends: Mapping[str, date]) -> LawText:
    """A repealed law gets its last day.

    A statute's source says itself whether it is repealed (conflicts are for the corpus doctor);
    other texts are taken as repealed when a later law says so.
    """
    version = law.version
    day = repealed_on(version.name, ends)
    if not day or version.valid_until:
        return law
    if version.repealed:
        return law.under(replace(version, valid_until=day))
    is_older = version.published is not None and version.published < day
    if version.level == "法律" or not is_older:
        return law
    return law.under(replace(version, valid_until=day, repealed=True))
