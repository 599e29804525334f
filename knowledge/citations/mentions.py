"""Where a text names a law it knows or brackets: 《…》, a bare name, 该法."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from knowledge.citations.names import NameTable
from knowledge.refs import NUMERAL

_LONGEST_TITLE = 150
_OWN_CITATION = re.compile(rf"第?{NUMERAL}条(?:之{NUMERAL})?(?:第.{{1,6}}[款项])*$")
# Not the 同法 of 不同法律, the 本法 of 基本法 or the 该条例 of 应该条例.
_PRONOUN = re.compile(
    r"(?:(?<![不合相共])同|(?<![根基日])(?<!(?<![造构形完])成)本|(?<!应)该|此|上述|前述|上列)"
    r"(?:实施|暂行)?(法典|法律|法|条例|司法解释|解释|规定|办法|细则|规则|决定|通知|意见|批复|准则|通则|公约|条约)"
)
# 公司法人, 劳动法律关系 and 行政诉讼法庭 name no law.
_WORD_GOES_ON = frozenset("律院官庭人定警医学规理盲事场所")
_DEFINITION = re.compile(
    r"[,(](?:[^()\n]{0,30}[,;])?(?:(?:以下|下文|下|后)?[统简合]称|(?:以下|下文|下)称)(?:为|作)?"
    r":?[\"“”《「]*(?P<alias>[^\"“”《》「」(),;。:\n]{2,30})"
)


class Form(Enum):
    """How a law is named."""

    TITLE = "《…》"
    BARE = "bare"
    PRONOUN = "该法"


@dataclass(frozen=True)
class Mention:
    """One naming of a law in folded text; `name` is without 《》, or the 法 of 该法."""

    start: int
    end: int
    name: str
    form: Form

    @property
    def name_span(self) -> tuple[int, int]:
        """Where the name stands, without 《》."""
        inner = 1 if self.form is Form.TITLE else 0
        return self.start + inner, self.end - inner


@dataclass(frozen=True)
class Mentions:
    """Every naming of a law in order, none inside another, and short names given to some."""

    found: tuple[Mention, ...]
    aliases: Mapping[str, Mention]


def find_mentions(text: str, names: NameTable) -> Mentions:
    """Find every naming of a law in folded text.

    A title is one naming, whatever laws and articles stand in it: 《关于〈刑法〉第三十条的解释》.
    """
    found = list(_find(text, names, {}))
    aliases = _aliases(text, found)
    return Mentions(tuple(_find(text, names, aliases) if aliases else found), aliases)


def _aliases(text: str, found: list[Mention]) -> dict[str, Mention]:
    """（以下简称《解释》）right behind a law gives it a name for the rest of the text."""
    aliases: dict[str, Mention] = {}
    for mention in found:
        if mention.form is not Form.PRONOUN and (match := _DEFINITION.match(text, mention.end)):
            aliases.setdefault(match["alias"], mention)
    return aliases


def _find(text: str, names: NameTable, aliases: Mapping[str, Mention]) -> Iterator[Mention]:
    titles = _titles(text)
    pronouns = {match.start(): match for match in _PRONOUN.finditer(text)}
    given = _aliases_in(text, aliases)
    done = 0
    for pos in sorted({*names.possible_starts(text), *titles, *pronouns, *given}):
        if pos < done:
            continue
        title = titles.get(pos, pos)
        known = max(names.longest_at(text, pos), given.get(pos, pos))
        # A known name may itself begin with or hold a title: take the longer one.
        if known > title:
            done = known
            if not _is_part_of_a_word(text, known):
                yield Mention(pos, known, text[pos:known], Form.BARE)
        elif title > pos:
            done = title
            yield Mention(pos, title, text[pos + 1 : title - 1], Form.TITLE)
        elif pronoun := pronouns.get(pos):
            done = pronoun.end()
            yield Mention(pos, done, pronoun[1], Form.PRONOUN)


def _titles(text: str) -> dict[int, int]:
    """Start and end of every 《…》 but those that hold a citation as a whole: 《民法典第十条》."""
    titles: dict[int, int] = {}
    opened: list[int] = []
    for mark in re.finditer("[《》\n]", text):
        if mark[0] == "《":
            opened.append(mark.start())
        elif mark[0] == "\n":
            opened.clear()
        elif opened:
            start, end = opened.pop(), mark.end()
            if end - start <= _LONGEST_TITLE and not _OWN_CITATION.search(text, start, end - 1):
                titles[start] = end
    return titles


def _aliases_in(text: str, aliases: Mapping[str, Mention]) -> dict[int, int]:
    longest_first = sorted(aliases, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
    return {match.start(): match.end() for match in pattern.finditer(text)}


def _is_part_of_a_word(text: str, end: int) -> bool:
    return text[end - 1] == "法" and text[end : end + 1] in _WORD_GOES_ON
