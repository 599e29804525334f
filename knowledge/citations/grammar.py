"""第三十八条第一款第（一）、（三）项: read a run of articles, 款 and 项 into single places.

Works on folded text (see `folding`): no blanks, ASCII brackets and digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.numbers import from_chinese
from knowledge.refs import NUMERAL, article_number

# A longer range is checked at both ends only; no honest text cites 100 articles in one breath.
_LONGEST_RANGE = 100
_LONGEST_RUN = 500
_TO = r"(?:至|到|--?|——?|–|~)"
_THOUSANDS = r"[1-9],\d{3}"
_ONE = rf"(?:{_THOUSANDS}(?=条)|\(?{NUMERAL}\)?)"
_UNITS = "条款项目"
_PHRASE = re.compile(
    rf"(?P<ordinal>第)?(?P<numbers>{_ONE}(?:(?:[、,和及与]|{_TO})第?{_ONE}|\({NUMERAL}\))*)"
    rf"(?:之(?P<early>{NUMERAL}))?(?P<unit>[{_UNITS}])"
    rf"(?P<subs>之{NUMERAL}(?![般切类])(?:(?:[、,和及与]|{_TO})之{NUMERAL})*)?"
)
_ENTRY = re.compile(rf"条目(?P<number>{NUMERAL})")
_CONNECTOR = re.compile(
    rf"(?P<of>的|之|中的?)(?=第)|(?P<to>{_TO})"
    r"|(?P<also>[、,;/](?:以及|或者|及其|[和及与或并])?|以及|或者|及其|[和及与或并])"
)
_MEMBER = re.compile(rf"(?P<number>{_THOUSANDS}$|{NUMERAL})|(?P<to>{_TO})")


@dataclass(frozen=True)
class Place:
    """One article, or a 款 or 项 in it, with its span in the folded text.

    `sub` is the N of 之N, 0 without; `entry` marks 条目N, the articles of a few decisions.
    """

    number: int
    sub: int = 0
    paragraph: int | None = None
    item: int | None = None
    start: int = 0
    end: int = 0
    entry: bool = False

    @property
    def article(self) -> str:
        """The official number.

        >>> Place(133, 1).article, Place(4, entry=True).article, Place(0).article
        ('第一百三十三条之一', '条目四', '第0条')
        """
        if not 0 < self.number < 10_000 or self.sub >= 10_000:
            return f"第{self.number}条" + (f"之{self.sub}" if self.sub else "")
        official = article_number(self.number, self.sub or None)
        return f"条目{official[1:-1]}" if self.entry else official


def read_places(
    text: str, start: int, within: Place | None = None, headed: bool = False
) -> list[Place]:
    """Read the places cited from `start` on; [] if none is cited there.

    Args:
        text: folded text.
        start: where the first 第 stands.
        within: the article a leading 第…款 or 第…项 belongs to.
        headed: a law's name stands just before, so that 第 may be missing (劳动合同法38条).

    >>> places = read_places("第三条至第五条第一款第(一)、(三)项", 0)
    >>> [(place.article, place.paragraph, place.item) for place in places]
    [('第三条', None, None), ('第四条', None, None), ('第五条', 1, 1), ('第五条', 1, 3)]
    """
    places: list[Place] = []
    unit, join, pos = "", "", start
    if headed and (entry := _ENTRY.match(text, start)):
        unit, pos = "条", entry.end()
        places = [Place(from_chinese(entry["number"]), start=start, end=pos, entry=True)]
    while len(places) < _LONGEST_RUN and (match := _PHRASE.match(text, pos)):
        if not (places or within) and match["unit"] != "条":
            break
        if not match["ordinal"] and not _may_lack_ordinal(match, unit, join, headed and not places):
            break
        places = _extend(places or _seed(within, match), match, join)
        unit = match["unit"]
        connector = _CONNECTOR.match(text, match.end())
        join = connector.lastgroup or "" if connector else ""
        pos = connector.end() if connector else match.end()
    return places


def _seed(within: Place | None, match: re.Match[str]) -> list[Place]:
    """The place that a leading 第二款 or 第（二）项 makes more exact."""
    if within is None:
        return []
    paragraph = None if match["unit"] == "款" else within.paragraph
    return [replace(within, paragraph=paragraph, item=None, start=match.start())]


def _may_lack_ordinal(match: re.Match[str], unit: str, join: str, headed: bool) -> bool:
    """Whether 38条, 2款 or (三)项 without 第 is a citation here and not a count of things."""
    telling = match["numbers"][0].isdigit() or len(match["numbers"]) > 1
    if headed:
        return match["unit"] == "条" and telling
    if not join:
        return bool(unit) and _UNITS.index(match["unit"]) > _UNITS.index(unit)
    return telling and match["unit"] in ("条", unit)


def _extend(places: list[Place], match: re.Match[str], join: str) -> list[Place]:
    if match["unit"] == "目":
        return [*places[:-1], replace(places[-1], end=match.end())]
    fresh = _articles(match) if match["unit"] == "条" else _parts(places[-1], match)
    if join == "to" and places:
        filled = [*_bridge(places[-1], fresh[0]), *fresh]
        here = [replace(place, start=places[-1].start, end=match.end()) for place in filled]
        return [*places[:-1], *here]
    if places and _level(places[-1]) < _level(fresh[0]) and join in ("", "of"):
        return [*places[:-1], replace(fresh[0], start=places[-1].start), *fresh[1:]]
    return [*places, *fresh]


def _articles(match: re.Match[str]) -> list[Place]:
    numbers = _count(match["numbers"])
    subs = _count(match["subs"] or match["early"] or "")
    if not subs and len(numbers) == 2 and "-" in match["numbers"] and numbers[1] < numbers[0]:
        numbers, subs = numbers[:1], numbers[1:]  # 第133-1条 is a way to write 之一
    whole = [Place(number) for number in (numbers[:-1] if subs else numbers)]
    found = whole + [Place(numbers[-1], sub) for sub in subs]
    return [replace(place, start=match.start(), end=match.end()) for place in found]


def _parts(anchor: Place, match: re.Match[str]) -> list[Place]:
    here = replace(anchor, start=match.start(), end=match.end())
    numbers = _count(match["numbers"])
    if match["unit"] == "款":
        return [replace(here, paragraph=number, item=None) for number in numbers]
    return [replace(here, item=number) for number in numbers]


def _count(text: str) -> list[int]:
    """The numbers of a list; a range inside it is filled in."""
    numbers: list[int] = []
    ranged = False
    for match in _MEMBER.finditer(text):
        if match["to"]:
            ranged = True
            continue
        number = from_chinese(match["number"].replace(",", ""))
        if ranged and numbers:
            numbers += _between(numbers[-1], number)
        numbers.append(number)
        ranged = False
    return numbers


def _between(first: int, last: int) -> range:
    return range(first + 1, last) if last - first <= _LONGEST_RANGE else range(0)


def _level(place: Place) -> int:
    return 2 if place.item is not None else 1 if place.paragraph is not None else 0


def _bridge(first: Place, last: Place) -> list[Place]:
    """The first place and all between it and the last, which is left out."""
    if _level(first) != _level(last) or _level(first) == 0:
        return [first, *_articles_between(first, last)]
    if first.item is not None:
        steps = _between(first.item, last.item or 0)
        return [first, *(replace(first, item=step) for step in steps)]
    steps = _between(first.paragraph or 0, last.paragraph or 0)
    return [first, *(replace(first, paragraph=step) for step in steps)]


def _articles_between(first: Place, last: Place) -> list[Place]:
    if first.number == last.number:
        return [Place(first.number, sub) for sub in _between(first.sub, last.sub)]
    whole = [Place(number) for number in _between(first.number, last.number)]
    if not last.sub:
        return whole
    return [*whole, *(Place(last.number, sub) for sub in range(min(last.sub, _LONGEST_RANGE)))]
