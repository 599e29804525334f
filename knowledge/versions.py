"""When each version of a law binds: worked out over all laws together, whatever their source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from knowledge.statutes import LawText
from knowledge.types import Article, LawVersion

_PREFIX = "中华人民共和国"
_LIST = re.compile(r"((?:《[^《》]+》(?:[（(][^（）()]*[）)])?[、和及以\s]*)+)同时废止")
_TITLE = re.compile(r"《([^《》]+)》")


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
            for listed in _LIST.finditer(article.text):
                older = (name for name in _TITLE.findall(listed[1]) if name != version.name)
                for name in older:  # a revision's own name means the text before it
                    ends[name] = max(version.valid_from, ends.get(name, date.min))
    return ends


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
        yield _with(law, replace(law.version, valid_from=starts[i], valid_until=end))


def _ended(law: LawText, ends: Mapping[str, date]) -> LawText:
    """A repealed law gets its last day.

    A statute's source says itself whether it is repealed (conflicts are for the corpus doctor);
    other texts are taken as repealed when a later law says so.
    """
    version = law.version
    day = ends.get(version.name) or ends.get(version.name.removeprefix(_PREFIX))
    if not day or version.valid_until:
        return law
    if version.repealed:
        return _with(law, replace(version, valid_until=day))
    is_older = version.published is not None and version.published < day
    if version.level == "法律" or not is_older:
        return law
    return _with(law, replace(version, valid_until=day, repealed=True))


def _with(law: LawText, version: LawVersion) -> LawText:
    if version == law.version:
        return law
    articles = tuple(Article(version, a.number, a.text, a.chapter) for a in law.articles)
    return LawText(version, articles)
