"""Check every citation in a text against the statutes binding on a date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from knowledge.citations.folding import Folded, fold_with_origins
from knowledge.citations.judge import Judge, Judgment, last_articles, titled
from knowledge.citations.names import NameTable, compile_names
from knowledge.citations.quotes import Quotation
from knowledge.citations.reading import Citation, read_citations
from knowledge.citations.sections import paragraphs
from knowledge.citations.types import Finding, Statutes, Verdict
from knowledge.citations.wording import difference
from knowledge.numbers import to_chinese


@dataclass(frozen=True)
class _Compiled:
    names: NameTable
    last_articles: dict[str, str]


# One corpus serves at a time; a newly imported one takes the place of the one before.
@lru_cache(maxsize=1)
def _compile(corpus: Statutes) -> _Compiled:
    return _Compiled(compile_names(corpus), last_articles(corpus))


def verify(text: str, corpus: Statutes, on: date) -> list[Finding]:
    """One finding for each article, 款 or 项 cited in the text, in order.

    Names are compiled on the first call with a corpus; a text of 2,000 characters then takes a
    few milliseconds.
    """
    compiled = _compile(corpus)
    folded = fold_with_origins(text)
    judge = Judge(corpus, compiled.names, compiled.last_articles, on)
    citations = read_citations(folded, compiled.names)
    return [found for citation in citations for found in _findings(citation, folded, judge)]


def _findings(citation: Citation, folded: Folded, judge: Judge) -> Iterator[Finding]:
    judgments = [judge.judge(citation.law, place) for place in citation.places]
    for quotation in citation.quotations:
        _check_words(quotation, judgments, citation)
    for place, judgment in zip(citation.places, judgments, strict=True):
        start, end = folded.span(place.start, place.end)
        yield Finding(
            text=folded.source[start:end],
            law=judgment.law,
            article=judgment.article,
            paragraph=place.paragraph,
            item=place.item,
            verdict=judgment.verdict,
            reason=judgment.reason + "。",
            start=start,
            end=end,
        )


def _check_words(quotation: Quotation, judgments: list[Judgment], citation: Citation) -> None:
    """Blame the last good place of a run when no article of the run holds the words quoted."""
    good = [index for index, judgment in enumerate(judgments) if judgment.verdict is Verdict.OK]
    if not good:
        return
    sources = [source for index in good for source in judgments[index].sources]
    sources.append("\n".join(sources))
    found = difference(quotation.words, sources, announced=quotation.announced)
    if found:
        last = judgments[good[-1]]
        place = citation.places[good[-1]]
        where = _elsewhere(quotation, last) if place.paragraph or place.item else ""
        reason = f"引文与{titled(last.law)}{last.article}不符：{where or found}"
        judgments[good[-1]] = replace(last, verdict=Verdict.MISQUOTED, reason=reason)


def _elsewhere(quotation: Quotation, judgment: Judgment) -> str:
    """Where in the article words stand that were quoted from another 款 or 项."""
    for index, part in enumerate(paragraphs(judgment.text), 1):
        if not difference(quotation.words, [part.text], announced=True):
            return f"所引文字在第{to_chinese(index)}款，不在引用的款项"
    return ""
