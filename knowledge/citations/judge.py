"""Is there such an article, 款 or 项, does it bind on the date, and what would be right?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.citations.grammar import Place
from knowledge.citations.names import Named, NameTable
from knowledge.citations.sections import Paragraph, paragraphs
from knowledge.citations.types import Statutes, Verdict
from knowledge.errors import ArticleNotInForce, ArticleUnknown, LawUnknown
from knowledge.numbers import to_chinese
from knowledge.types import Article, ArticleRef, LawVersion, Status

_SHOWN = 3


@dataclass(frozen=True)
class Judgment:
    """What is to be said of one place; `sources` are the texts that a quotation may come from."""

    verdict: Verdict
    reason: str
    law: str
    article: str
    text: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judge:
    """Judges places by the statutes binding on one date."""

    corpus: Statutes
    names: NameTable
    last_articles: dict[str, str]
    on: date

    def judge(self, law: Named | None, place: Place) -> Judgment:
        """Look one place up."""
        if law is None:
            return _judgment(Verdict.AMBIGUOUS, f"没有写明是哪部法律的{place.article}", "", place)
        if law.ambiguous:
            return _judgment(Verdict.AMBIGUOUS, _which(law), law.written, place)
        if not law.laws:
            return _judgment(Verdict.NO_SUCH_LAW, _unknown(law), law.written, place)
        full = law.laws[0]
        if (repeal := self.names.repeal(full)) and repeal.since <= self.on:
            reason = f"{titled(full)}已被{titled(repeal.by)}{repeal.article}废止"
            return _judgment(Verdict.NOT_IN_FORCE, reason, full, place)
        try:
            article = self._article(full, place)
        except LawUnknown:
            return _judgment(Verdict.NO_SUCH_LAW, f"法规库中没有{titled(full)}的文本", full, place)
        except ArticleUnknown:
            return _judgment(Verdict.NO_SUCH_ARTICLE, self._no_article(full, place), full, place)
        except ArticleNotInForce:
            return _judgment(Verdict.NOT_IN_FORCE, self._not_in_force(full, place), full, place)
        if law.edition is not None and (reason := self._old_edition(article.version, law.edition)):
            return _judgment(Verdict.NOT_IN_FORCE, reason, full, place)
        return self._inside(article, place)

    def _article(self, law: str, place: Place) -> Article:
        try:
            return self.corpus.article(ArticleRef(law, place.article), self.on)
        except ArticleUnknown:
            # 刑法修正案（十一）第四条 is held as 条目四.
            if place.sub:
                raise
            entry = Place(place.number, entry=True).article
            return self.corpus.article(ArticleRef(law, entry), self.on)

    def _no_article(self, law: str, place: Place) -> str:
        versions = self.corpus.versions(law)
        held = [version for version in versions if version.status(self.on) is Status.IN_FORCE]
        last = self.last_articles.get((held or versions)[-1].id, "")
        reason = f"{titled(law)}没有{place.article}"
        if place.sub:
            return f"{reason}，第{_counted(place.number)}条之后的增补条文没有这么多"
        return reason + (f"，最后一条是{last}" if last else "")

    def _not_in_force(self, law: str, place: Place) -> str:
        versions = self.corpus.versions(law)
        if any(version.status(self.on) is Status.IN_FORCE for version in versions):
            return f"{_day(self.on)}有效的{titled(law)}没有{place.article}，该条见于其他时期的文本"
        newest = versions[-1]
        status = newest.status(self.on)
        if status is Status.NOT_YET and newest.valid_from:
            return f"{titled(law)}自{_day(newest.valid_from)}起施行，在{_day(self.on)}尚未施行"
        ended = f"自{_day(newest.valid_until)}起不再有效" if newest.valid_until else "不再有效"
        return f"{titled(law)}{status.value}，{ended}"

    def _old_edition(self, binding: LawVersion, year: int) -> str:
        """Why the edition cited is not the one that binds; "" if it may well be."""
        if binding.published is None or year >= binding.published.year:
            return ""
        cited = f"{year}年" if year else "修订前"
        now = f"{_day(self.on)}有效的是{binding.published.year}年的文本"
        return f"引用的是{titled(binding.name)}{cited}的文本，{now}"

    def _inside(self, article: Article, place: Place) -> Judgment:
        law, number = article.version.name, article.number
        whole = f"{titled(law)}{number}"
        parts = paragraphs(article.text)
        chosen = parts
        if place.paragraph is not None:
            chosen = parts[place.paragraph - 1 : place.paragraph] if place.paragraph else ()
        if not chosen:
            reason = f"{whole}只有{len(parts)}款，没有第{_counted(place.paragraph)}款"
            return Judgment(Verdict.NO_SUCH_PARAGRAPH, reason, law, number)
        sources = tuple(part.text for part in chosen) if place.paragraph else (article.text,)
        if place.item is not None:
            holding = [part for part in chosen if place.item in part.items]
            if not holding:
                reason = whole + _no_item(place, chosen, parts)
                return Judgment(Verdict.NO_SUCH_ITEM, reason, law, number)
            if len(holding) > 1:
                reason = f"{whole}有几款都有第（{_counted(place.item)}）项，请写明是第几款"
                return Judgment(Verdict.AMBIGUOUS, reason, law, number)
            sources = (holding[0].item_in_context(place.item),)
        reason = f"{whole}在{_day(self.on)}有效"
        return Judgment(Verdict.OK, reason, law, number, article.text, sources)


def last_articles(corpus: Statutes) -> dict[str, str]:
    """The number of the last article of each version, by the version's id."""
    return {article.version.id: article.number for article in corpus.articles}


def _judgment(verdict: Verdict, reason: str, law: str, place: Place) -> Judgment:
    return Judgment(verdict, reason, law, place.article)


def _unknown(law: Named) -> str:
    hint = f"，是否指{titled(law.nearest)}" if law.nearest else ""
    return f"法规库中没有{titled(law.written)}{hint}"


def _which(law: Named) -> str:
    if not law.laws:
        return f"“{law.written}”没有写明指哪一部，请写出全称"
    some = "".join(map(titled, law.laws[:_SHOWN]))
    return f"“{law.written}”可以指{some}等{len(law.laws)}部，请写出全称"


def _no_item(place: Place, chosen: tuple[Paragraph, ...], parts: tuple[Paragraph, ...]) -> str:
    where = f"第{_counted(place.paragraph)}款" if place.paragraph else ""
    items = max((len(part.items) for part in chosen), default=0)
    said = f"{where}只有{items}项" if items else f"{where}没有分项"
    elsewhere = [index for index, part in enumerate(parts, 1) if place.item in part.items]
    if elsewhere:
        return f"{said}，第（{_counted(place.item)}）项在第{to_chinese(elsewhere[0])}款"
    return f"{said}，没有第（{_counted(place.item)}）项"


def _counted(number: int | None) -> str:
    return to_chinese(number) if number and number < 10_000 else str(number or 0)


def titled(name: str) -> str:
    """A name between title marks; those inside it become single."""
    return f"《{name.replace('《', '〈').replace('》', '〉')}》"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
