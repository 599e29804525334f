"""Read a text from left to right: which article of which law does each citation mean?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from knowledge.citations.folding import Folded
from knowledge.citations.grammar import Place, read_places
from knowledge.citations.mentions import Form, Mention, find_mentions
from knowledge.citations.names import Named, NameTable, edition_in, is_generic, loosen
from knowledge.citations.quotes import Quotation, quotations_of, quoted_parts
from knowledge.citations.unlisted import (
    is_house_rule,
    is_no_law,
    looks_like_law,
    name_before,
    no_law_before,
)
from knowledge.refs import NUMERAL

_SEVERAL = rf"\(?{NUMERAL}\)?(?:[、,和及与至到—–~-]+第?\(?{NUMERAL}\)?)*(?:之{NUMERAL})?"
_ARTICLE = re.compile(rf"第{_SEVERAL}条")
# Between a law and its article: （2018年修正）, 第五编 婚姻家庭, 总则, 关于离婚的, a bullet.
_FILLER = re.compile(
    r"(?:\((?:[^()\n]|\([^()\n]*\)){0,80}\)|的|中的?|里的?|之中的?|项下|"
    r"的?(?:有关|相关|具体)?规定的?|(?:关于|有关|对)[^\n,。;:《》第]{1,20}?的|"
    rf"第{NUMERAL}(?:分编|[编章节])[\u4e00-\u9fff、]{{0,15}}?|"
    r"[\u4e00-\u9fff]{1,6}编(?:通则)?|[总分附]则(?:部分)?|:?\n(?:[-•·>#]|\d{1,2}[.、])*|:){0,6}"
)
# 第二款规定 and 该条第二款 go on with the article cited last; 前款 and 本条 cite nothing.
_SAME_ARTICLE = re.compile(
    r"(?P<same>(?:同|(?<!应)该|上述)条(?:的|中的?)?(?=第))"
    rf"|(?:(?<=[,;。:\n”」\"])|(?<=其))(?=第{_SEVERAL}[款项](?:第{_SEVERAL}项)?(?:还|也|则|又|另)?"
    r"(?:规定|明确|:|,?[“「\"]))"
)
_CUE = re.compile(r"(?:根据|依据|依照|按照|违反|适用|参照|符合|援引|触犯|按|依|照|据)$")
# 第三条路, 劳动法10条要点: counting things, not citing articles.
_COUNTED_THING = re.compile(
    r"路|线|街|船|腿|命|鱼|河|狗|道|理由|建议|意见|原因|消息|信息|评论|微博|经验|途径|措施|证据|"
    r"办法|方法|出路|底线|短信|记录|要点|新规|知识|禁令|变化|干货"
)
_OWN_CLAUSES = re.compile(
    r"(?:本|如下|以下|订立|签订|达成|拟定|制定)[^\n。]{0,8}(?:合同|协议|章程|公约|条款|承诺)"
)
_LINE_START = re.compile(r"(?:^|\n)[-•·>#\d.、]*$")
_EDITION_BEFORE = re.compile(
    r"(?P<year>(?:19|20)\d\d)年?(?:修正|修订|修改|版)(?:后|过)?的?$|修[正订改]前的?$|(?P<old>[旧原])$"
)
_AMENDMENT = re.compile(r"修正案|关于修改.*的决定")
_KIND_OF = {"法律": ("法", "法典"), "法": ("法", "法典"), "司法解释": ("解释", "规定", "批复")}
_NUMBERED = re.compile(r"[（(][^（()）]*[）)]$")


@dataclass(frozen=True)
class Citation:
    """Articles cited in one breath with the law they are said to be of, and words quoted.

    `law` is None where the text names no law at all; the first place begins with the law's name.
    """

    law: Named | None
    places: tuple[Place, ...]
    quotations: tuple[Quotation, ...]


@dataclass
class _Context:
    """What a reader has in mind: the laws named, newest last, and the article cited last.

    `law` is None before any law is named, and where a contract or the like was named last.
    """

    named: list[Named] = field(default_factory=list)
    law: Named | None = None
    no_law: bool = False
    last: Place | None = None
    named_at: int = 0

    def copy(self) -> _Context:
        return replace(self, named=list(self.named))


def read_citations(folded: Folded, names: NameTable) -> list[Citation]:
    """Every citation in a text, in order; spans are those of the folded text."""
    return _Reader(folded, names).read()


class _Reader:
    def __init__(self, folded: Folded, names: NameTable) -> None:
        self.folded, self.text, self.names = folded, folded.text, names
        self.mentions = find_mentions(self.text, names)
        self.quoted = quoted_parts(self.text)
        self.context = _Context()
        # Inside a quotation, what the quoted article names counts; behind it, what the text does:
        # where each open quotation ends and what the reader then goes back to.
        self.outside: list[tuple[int, _Context]] = []
        self.resolved: dict[str, Named] = {}
        self.citations: list[Citation] = []
        self.done = 0

    def read(self) -> list[Citation]:
        for start, event in self._events():
            while self.outside and start >= self.outside[-1][0]:
                self.context = self.outside.pop()[1]
            if start < self.done or self._quotes_an_amendment():
                continue
            if isinstance(event, Mention):
                self._read_mention(event)
            elif event.re is _ARTICLE:
                self._read_article(start)
            else:
                self._read_same_article(event)
        return self.citations

    def _quotes_an_amendment(self) -> bool:
        """An amendment speaks of the text before and after it, not of the text in force."""
        quoted = self._law_meant() if self.outside else None
        return quoted is not None and any(map(_AMENDMENT.search, quoted.laws))

    def _events(self) -> list[tuple[int, Mention | re.Match[str]]]:
        mentions = self.mentions.found
        events: list[tuple[int, Mention | re.Match[str]]] = [(m.start, m) for m in mentions]
        covered = {pos for m in mentions for pos in range(m.start, m.end)}
        for pattern in (_ARTICLE, _SAME_ARTICLE):
            found = pattern.finditer(self.text)
            events += [(match.start(), match) for match in found if match.start() not in covered]
        return sorted(events, key=lambda event: event[0])

    def _read_mention(self, mention: Mention) -> None:
        filler = _FILLER.match(self.text, mention.end)
        between = filler[0] if filler else ""
        start = mention.end + len(between)
        places = read_places(self.text, start, headed=not set(between) & set(":\n"))
        if places and self.text[start] != "第" and self._counts_things(places):
            places = []
        if mention.form is Form.PRONOUN:
            if places:
                self._cite(self._antecedent(mention), places, mention.start)
            return
        meant = self.mentions.aliases.get(mention.name, mention)
        law = self._resolve(*meant.name_span)
        if not law.laws and is_no_law(mention.name):
            self._name_no_law()
        elif places:
            edition = self._edition(mention, between)
            law = law if edition is None else replace(law, edition=edition)
            self._name(law, mention.end)
            self._cite(law, places, mention.start)
        elif self._is_telling(mention, law):
            self._name(law, mention.end)

    def _read_article(self, start: int) -> None:
        done, places = self.done, read_places(self.text, start)
        if not places or self._counts_things(places):
            return
        self.done = places[-1].end
        if no_law_before(self.text, start):
            self._name_no_law()
        elif name := name_before(self.text, start):
            self._read_unlisted(name, places, done)
        elif (law := self._law_meant()) and not self._is_own_clause(start):
            self._cite(law, places, start)
        elif not self.context.no_law and self._is_cited(start, places[-1].end):
            self._cite(None, places, start)

    def _is_cited(self, start: int, end: int) -> bool:
        """Whether words around 第…条 say that it is a rule of law, though no law is named."""
        cue = _CUE.search(self.text, max(0, start - 2), start)
        return cue is not None or self.text.startswith("规定", end)

    def _read_unlisted(self, name: str, places: list[Place], done: int) -> None:
        start = self.text.rfind(name, 0, places[0].start)
        law = self._resolve(start, start + len(name))
        if not law.laws and (is_no_law(name) or is_house_rule(name)):
            self._name_no_law()
            return
        self._name(law, places[0].start)
        self._cite(law, places, start if start >= done else places[0].start)

    def _read_same_article(self, match: re.Match[str]) -> None:
        law, last = self._law_meant(), self.context.last
        in_quotation = bool(self.outside) and not match["same"]
        if law and last and not in_quotation:
            places = read_places(self.text, match.end(), within=last)
            if places:
                self._cite(law, places, match.start())

    def _cite(self, law: Named | None, places: list[Place], start: int) -> None:
        end = places[-1].end
        places[0] = replace(places[0], start=start)
        quotations = quotations_of(self.text, start, end, self.quoted)
        self.citations.append(Citation(law, tuple(places), tuple(quotations)))
        self.context.law, self.context.last, self.done = law, places[-1], end
        if quotations and quotations[-1].end > end:
            self.outside.append((quotations[-1].end, self.context.copy()))

    def _name(self, law: Named, at: int) -> None:
        self.context.named.append(law)
        self.context.law, self.context.no_law, self.context.named_at = law, False, at

    def _name_no_law(self) -> None:
        self.context.law, self.context.no_law = None, True

    def _is_telling(self, mention: Mention, law: Named) -> bool:
        """Whether a law named without an article is what later articles belong to."""
        if law.vague or (mention.form is Form.BARE and is_generic(mention.name)):
            return False
        return bool(law.laws) or looks_like_law(mention.name)

    def _counts_things(self, places: list[Place]) -> bool:
        return _COUNTED_THING.match(self.text, places[-1].end) is not None

    def _edition(self, mention: Mention, between: str) -> int | None:
        """The year of the text cited, 0 for 修订前的, None for the text in force."""
        if year := edition_in(between):
            return year
        before = _EDITION_BEFORE.search(self.text, max(0, mention.start - 12), mention.start)
        if not before or (before["old"] and mention.form is not Form.TITLE):
            return None
        return int(before["year"] or 0)

    def _resolve(self, start: int, end: int) -> Named:
        """The law named at start..end; 《条例》 after 《工伤保险条例》 is that one."""
        written = self.folded.words(start, end)
        if written not in self.resolved:
            self.resolved[written] = self.names.resolve(written)
        law = self.resolved[written]
        tail = loosen(law.written)
        if len(law.laws) == 1 or not tail:
            return law
        for earlier in reversed(self.context.named):
            if len(earlier.laws) == 1 and loosen(earlier.laws[0]).endswith(tail):
                return earlier
        return law

    def _antecedent(self, pronoun: Mention) -> Named:
        """The law that 该法 or 该条例 means: the last one of that kind."""
        words = self.text[pronoun.start : pronoun.end]
        if self.outside and words.startswith("本") and (quoted := self._law_meant()):
            return quoted
        kinds = _KIND_OF.get(pronoun.name, (pronoun.name,))
        for law in reversed(self.context.named):
            full = law.laws[0] if law.laws else law.written
            if _NUMBERED.sub("", full).endswith(kinds):
                return law
        return Named(words, vague=True)

    def _law_meant(self) -> Named | None:
        """The law that 第…条 alone belongs to: the one quoted, or the one named last."""
        return self.outside[-1][1].law if self.outside else self.context.law

    def _is_own_clause(self, start: int) -> bool:
        """A line of the contract that the text drafts: 双方订立合同如下：⏎第一条 ..."""
        if not _LINE_START.search(self.text, max(0, start - 12), start):
            return False
        return _OWN_CLAUSES.search(self.text, self.context.named_at, start) is not None
