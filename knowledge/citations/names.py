"""Which law does a name mean? Compiled once for a corpus."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.citations.folding import fold
from knowledge.citations.likeness import Likeness, likeness_of
from knowledge.citations.types import Statutes
from knowledge.types import COUNTRY, short_name
from knowledge.versions import repealed_titles

# Bodies that stand before 关于 in the full name and are left out when people cite it.
_ISSUER = re.compile(r"^[^《》]{2,60}?(?:法院|检察院|国务院|委员会|会|部|局|署)(?=关于)")
_SHORT_BODIES = {
    "全国人大常委会": "全国人民代表大会常务委员会",
    "最高法院": "最高人民法院",
    "最高法": "最高人民法院",
    "最高检": "最高人民检察院",
    "两高": "最高人民法院最高人民检察院",
}
_BODIES = re.compile("|".join(_SHORT_BODIES))
_NOT_A_LETTER = re.compile(r"[^\w]|_")
_REMARK = re.compile(r"\([^()]*\)$")
_YEAR = re.compile(
    r"(?P<amended>(?:19|20)\d\d)年?(?:\d+月(?:\d+日)?)?(?:第.次)?(?:修正|修订|修改|版|文本|本)"
    r"|\((?P<alone>(?:19|20)\d\d)年?\)"
)
_GENERIC = re.compile(
    "(?:实施|暂行|试行|管理|监督|若干|补充|特别|有关|相关|具体|司法|国家|地方|行政)*"
    "(?:条例|细则|办法|规定|解释|规则|决定|意见|通知|批复|法规|法律|法)"
)


@dataclass(frozen=True)
class Named:
    """A name as written and the laws it may mean: none, one, or several.

    `edition` is the year of the text meant, when the citation says one (2018年修正);
    `vague` is set when the words name no particular law, whatever is held; `nearest` is the
    law whose name looks most like one that means none.
    """

    written: str
    laws: tuple[str, ...] = ()
    edition: int | None = None
    vague: bool = False
    nearest: str = ""

    @property
    def ambiguous(self) -> bool:
        """Whether more than one law may be meant."""
        return self.vague or len(self.laws) > 1


@dataclass(frozen=True)
class Repeal:
    """A law that is not held, and the article of another law that repealed it."""

    law: str
    by: str
    article: str
    since: date


@dataclass(frozen=True)
class NameTable:
    """Every way to name the laws held, for looking up a name and for finding names in a text."""

    full: Mapping[str, frozenset[str]]
    exact: Mapping[str, frozenset[str]]
    loose: Mapping[str, frozenset[str]]
    repeals: Mapping[str, Repeal]
    spellings: Mapping[str, tuple[str, ...]]
    starts: re.Pattern[str]
    likeness: Likeness

    def resolve(self, written: str) -> Named:
        """The laws that a name, as written between 《 and 》, may mean."""
        for name in _with_and_without_remarks(written):
            if laws := self._lookup(name):
                remark = fold(written).removeprefix(fold(name))
                return Named(written, laws, edition_in(remark))
        if is_generic(written):
            return Named(written, vague=True)
        return Named(written, nearest=self.nearest(written))

    def _lookup(self, name: str) -> tuple[str, ...]:
        folded = fold(name)
        # A law's own full name means that law, whatever other law it is an alias of.
        if name in self.full.get(folded, ()):
            return (name,)
        for table in (self.full, self.exact):
            if folded in table:
                return tuple(sorted(table[folded]))
        key = loosen(name)
        if key in self.loose:
            return tuple(sorted(self.loose[key]))
        if key in self.repeals:
            return (self.repeals[key].law,)
        # 实施条例: a tail that many laws share names none of them; a tail of one law is no
        # proof either, for 劳动合同法 is not what 合同法 means.
        tails = {law for tail, laws in self.loose.items() if tail.endswith(key) for law in laws}
        return tuple(sorted(tails)) if len(tails) > 1 and len(key) > 1 else ()

    def repeal(self, law: str) -> Repeal | None:
        """How a law that is not held came to its end, if a law held says so."""
        return self.repeals.get(loosen(law))

    def possible_starts(self, text: str) -> Iterator[int]:
        """Where a known name may start: its first two characters stand there."""
        return (match.start() for match in self.starts.finditer(text))

    def longest_at(self, text: str, pos: int) -> int:
        """The end of the longest name of a law that starts at pos; pos if none does."""
        for spelling in self.spellings.get(text[pos : pos + 2], ()):
            if text.startswith(spelling, pos):
                return pos + len(spelling)
        return pos

    def nearest(self, written: str) -> str:
        """The law whose name looks most like this one, "" if none does."""
        nearest = self.likeness.nearest(loosen(written))
        return min(self.loose[nearest]) if nearest else ""


@lru_cache(maxsize=4096)
def loosen(name: str) -> str:
    """What is left of a name when marks, the country and short names of bodies are evened out.

    >>> loosen("最高法关于适用〈中华人民共和国民法典〉婚姻家庭编的解释（一）")
    '最高人民法院关于适用民法典婚姻家庭编的解释一'
    """
    letters = _NOT_A_LETTER.sub("", fold(name))
    letters = _BODIES.sub(lambda body: _SHORT_BODIES[body[0]], letters)
    return letters.replace(COUNTRY, "") or letters


def is_generic(name: str) -> bool:
    """Whether a name says what kind of text is meant but not which one.

    >>> is_generic("《实施条例》"), is_generic("工伤保险条例")
    (True, False)
    """
    return _GENERIC.fullmatch(loosen(name)) is not None


def edition_in(remark: str) -> int | None:
    """The year of the text that a remark behind a law's name asks for.

    >>> edition_in("(2018年10月26日第四次修正)"), edition_in("(法释〔2020〕17号)")
    (2018, None)
    """
    year = _YEAR.search(remark)
    return int(year["amended"] or year["alone"]) if year else None


def compile_names(corpus: Statutes) -> NameTable:
    """Gather every spelling of every law once."""
    full: dict[str, set[str]] = defaultdict(set)
    exact: dict[str, set[str]] = defaultdict(set)
    loose: dict[str, set[str]] = defaultdict(set)
    for spelling, laws in corpus.names().items():
        exact[fold(spelling)].update(laws)
        loose[loosen(spelling)].update(laws)
        if issuer := _ISSUER.match(fold(spelling)):
            exact[fold(spelling)[issuer.end() :]].update(laws)
            loose[loosen(fold(spelling)[issuer.end() :])].update(laws)
        for law in laws:
            full[fold(law)].add(law)
    repeals: dict[str, Repeal] = {}
    for key, end in sorted(_repeals(corpus), key=lambda entry: entry[1].since):
        if key not in loose:
            repeals.setdefault(key, end)
    gone = [name for end in repeals.values() for name in (end.law, short_name(end.law))]
    spellings = _by_head([*exact, *map(fold, gone)])
    return NameTable(
        full=_frozen(full),
        exact=_frozen(exact),
        loose=_frozen(loose),
        repeals=repeals,
        spellings=spellings,
        starts=_starts(spellings),
        likeness=likeness_of({loosen(law) for laws in full.values() for law in laws}),
    )


def _repeals(corpus: Statutes) -> Iterator[tuple[str, Repeal]]:
    for article in corpus.articles:
        since = article.version.valid_from
        if since is None:
            continue
        for title in repealed_titles(article.text):
            yield loosen(title), Repeal(title, article.version.name, article.number, since)


def _with_and_without_remarks(name: str) -> Iterator[str]:
    """民法典(2021年版) and then 民法典."""
    yield name
    folded = fold(name)
    while shorter := _REMARK.sub("", folded):
        if shorter == folded:
            return
        yield shorter
        folded = shorter


def _by_head(spellings: list[str]) -> dict[str, tuple[str, ...]]:
    heads: dict[str, list[str]] = defaultdict(list)
    for spelling in sorted(set(spellings), key=len, reverse=True):
        heads[spelling[:2]].append(spelling)
    return {head: tuple(names) for head, names in heads.items() if len(head) == 2}


def _starts(heads: Iterable[str]) -> re.Pattern[str]:
    """劳(?=[动务])|中(?=[华国]): a search for literals skips fast over all other text."""
    second: dict[str, str] = defaultdict(str)
    for head in heads:
        second[head[0]] += re.escape(head[1])
    return re.compile("|".join(f"{re.escape(a)}(?=[{b}])" for a, b in second.items()) or "(?!)")


def _frozen(table: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in table.items()}
