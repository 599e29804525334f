"""What is learnt from answers: FAQ drafts from reviewed ones, training pairs from corrections."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.review.compare import alike
from api.review.errors import WrongState
from api.review.types import Case, State
from knowledge.corpus import Corpus
from knowledge.errors import KnowledgeError
from knowledge.refs import parse_ref
from knowledge.types import ArticleRef
from nlu.redact import redact

_SENT = frozenset({State.SENT, State.DELIVERED, State.RATED, State.CLOSED})
_USABLE = frozenset({State.APPROVED, State.EDITED})
_NAMED = re.compile(r"(我叫|名叫|叫做|我是)([㐀-鿿]{2,4})(?=[，。、；\s]|$)")


@dataclass(frozen=True)
class FaqDraft:
    """A reviewed answer on its way to the FAQ; `articles` are digests of what it cites."""

    review: int
    question: str
    variants: tuple[str, ...]
    answer: str
    topic: str
    citations: tuple[str, ...]
    articles: Mapping[str, str]


def impersonal(text: str) -> str:
    """The text without numbers of people and without the names they gave themselves.

    >>> impersonal("我叫张三，电话13812345678，老板欠我工资")
    '我叫〔姓名〕，电话〔手机号〕，老板欠我工资'
    """
    return _NAMED.sub(r"\1〔姓名〕", redact(text))


def draft_of(case: Case, others: Sequence[Case], corpus: Corpus, on: date) -> FaqDraft:
    """A FAQ draft of an answer that went out, with other residents' wordings as variants.

    Raises:
        WrongState: the case was not answered in writing, or cites nothing.
    """
    if case.state not in _SENT or case.outcome not in _USABLE or case.reply is None:
        raise WrongState(f"{case.reference}没有可以做成常见问答的书面答复。")
    citations = tuple(citation.ref for citation in case.reply.citations)
    if not citations:
        raise WrongState(f"{case.reference}的答复没有引用法条，不能做成常见问答。")
    question = impersonal(case.question)
    wordings = (impersonal(other.question) for other in alike(case.question, others))
    return FaqDraft(
        review=case.id,
        question=question,
        variants=tuple(dict.fromkeys(text for text in wordings if text != question)),
        answer=impersonal(case.answer),
        topic=case.topic,
        citations=citations,
        articles=digests(citations, corpus, on),
    )


def digests(citations: Iterable[str], corpus: Corpus, on: date) -> dict[str, str]:
    """A digest of each cited article's words in force on the day; "" where none is in force."""
    return {text: _digest(parse_ref(text), corpus, on) for text in citations}


def changed(articles: Mapping[str, str], corpus: Corpus, on: date) -> list[str]:
    """Which of the articles no longer say what they said."""
    return [
        text for text, digest in articles.items() if _digest(parse_ref(text), corpus, on) != digest
    ]


def entry_of(draft: FaqDraft) -> dict[str, Any]:
    """The draft as an entry of a FAQ file."""
    return {
        "id": f"desk-{draft.review}",
        "question": draft.question,
        "variants": list(draft.variants),
        "answer": draft.answer,
        "citations": list(draft.citations),
    }


def training_pairs(
    cases: Iterable[Case], cited: Callable[[str], list[str]]
) -> list[dict[str, Any]]:
    """What lawyers made of drafts: question, both answers, and citations put in and taken out."""
    pairs = []
    for case in cases:
        before, after = cited(case.draft_text), cited(case.answer)
        pairs.append(
            {
                "id": case.reference,
                "question": impersonal(case.question),
                "topic": case.topic,
                "outcome": case.outcome,
                "draft": impersonal(case.draft_text),
                "answer": impersonal(case.answer),
                "kept": [ref for ref in after if ref in before],
                "added": [ref for ref in after if ref not in before],
                "removed": [ref for ref in before if ref not in after],
            }
        )
    return pairs


def _digest(ref: ArticleRef, corpus: Corpus, on: date) -> str:
    try:
        return hashlib.sha256(corpus.article(ref, on).text.encode()).hexdigest()
    except KnowledgeError:
        return ""
