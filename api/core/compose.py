"""Make an answer of what was found: an FAQ entry where one fits, else the articles themselves."""

from __future__ import annotations

import re
from datetime import date

from api.core.gate import Policy
from api.core.types import Citation, Draft
from knowledge.confidence import Belief
from knowledge.corpus import Corpus
from knowledge.errors import KnowledgeError
from knowledge.faq import FaqEntry
from knowledge.refs import print_ref
from knowledge.retriever import Found
from knowledge.sparse import pairs
from knowledge.types import Article, ArticleRef

_CITED = 3
_QUOTED = 120
_ITEM = re.compile(r"\n(?=（[一二三四五六七八九十百]+）)")  # a 项 stays with its 款
_WHERE = ("村（居）委会或者乡镇司法所", "县公共法律服务中心、法律援助中心", "拨打12348法律服务热线")
#: Who answers at a number that stands by itself among the places to go to.
_ANSWERS = {
    "12348": "法律服务热线",
    "110": "报警",
    "120": "急救",
    "12345": "政务服务热线",
    "12315": "消费者投诉举报热线",
    "12333": "人力资源社会保障热线",
    "12366": "纳税服务热线",
    "12393": "医疗保障热线",
}


def compose(
    found: Found, corpus: Corpus, on: date, belief: Belief, policy: Policy, topic: str
) -> Draft:
    """A draft with its citations, of the kind that can be believed.

    An FAQ entry that may be released comes first, then articles that may be; where neither
    may, the lawyer gets the likelier of the two as a draft.
    """
    entry = found.faq[0].entry if found.faq else None
    if entry and _likelier(belief, entry, policy):
        citations = _citations(entry, corpus, on)
        if citations:
            return _from_entry(entry, citations, belief.faq)
    articles = [hit.article for hit in found.hits[:_CITED]]
    return Draft(
        answer=_from_articles(articles, found.words),
        citations=tuple(cite(article, article.ref, on) for article in articles),
        where=_WHERE,
        confidence=belief.articles,
        topic=topic,
        source="articles",
    )


def _likelier(belief: Belief, entry: FaqEntry, policy: Policy) -> bool:
    """Whether the entry is the better draft: it may go out, or the articles may not either."""
    if belief.faq >= policy.for_faq(entry.topic):
        return True
    return belief.articles < policy.articles and belief.faq >= belief.articles


def cite(article: Article, ref: ArticleRef, on: date) -> Citation:
    """An article as the resident sees it."""
    version = article.version
    return Citation(
        ref=print_ref(ref),
        law=version.name,
        article=article.number,
        text=article.text,
        status=version.status(on).value,
        valid_from=version.valid_from.isoformat() if version.valid_from else None,
        version=version.published.isoformat() if version.published else None,
        chapter=article.chapter,
        valid_until=version.valid_until.isoformat() if version.valid_until else None,
    )


def _citations(entry: FaqEntry, corpus: Corpus, on: date) -> tuple[Citation, ...]:
    """The entry's citations; none at all when one of them does not bind on the date."""
    try:
        return tuple(cite(corpus.article(ref, on), ref, on) for ref in entry.citations)
    except KnowledgeError:
        return ()


def _from_entry(entry: FaqEntry, citations: tuple[Citation, ...], confidence: float) -> Draft:
    return Draft(
        answer=entry.answer,
        citations=citations,
        steps=entry.steps,
        materials=entry.materials,
        deadlines=entry.deadlines,
        where=tuple(map(place, entry.where)) or _WHERE,
        confidence=confidence,
        topic=entry.topic,
        source=f"faq:{entry.id}",
        rules=entry.rules,
    )


def place(words: str) -> str:
    """A place to go, or a number to call with who answers there.

    >>> place("12348"), place("法院立案窗口")
    ('拨打12348法律服务热线', '法院立案窗口')
    """
    return f"拨打{words}{_ANSWERS[words]}" if words in _ANSWERS else words


def _from_articles(articles: list[Article], question: str) -> str:
    if not articles:
        return "没有找到直接管这件事的法律规定。"
    lines = ["您说的情况，法律上主要看下面的规定，全文列在后面："]
    for article in articles:
        lines.append(f"{print_ref(article.ref)}规定：“{to_the_point(article.text, question)}”")
    return "\n".join(lines)


def to_the_point(text: str, question: str) -> str:
    """The 款 of an article, its 项 with it, that says most of the question; cut where it is long.

    >>> to_the_point("改变注册商标的，责令改正。\\n三年不使用的，可以申请撤销。", "三年没使用")
    '三年不使用的，可以申请撤销。'
    """
    asked = set(pairs(question))
    paragraphs = _ITEM.sub("", text).split("\n")
    best = max(paragraphs, key=lambda part: len(asked.intersection(pairs(part))))
    if len(best) <= _QUOTED:
        return best
    cut = best[:_QUOTED]
    return cut[: max(cut.rfind(mark) for mark in "，；。：")] + "……"  # never inside a figure


def as_text(draft: Draft) -> str:
    """The whole draft as plain text: what is verified, and what a lawyer edits."""
    parts = [draft.answer]
    for title, lines in (
        ("下一步", draft.steps),
        ("要带的材料", draft.materials),
        ("时限", draft.deadlines),
        ("去哪里办", draft.where),
    ):
        if lines:
            numbered = (f"{i}. {line}" for i, line in enumerate(lines, start=1))
            parts.append("\n".join((f"{title}：", *numbered)))
    if draft.citations:
        parts.append("法律依据：" + "；".join(citation.ref for citation in draft.citations))
    return "\n".join(parts)
