"""A lawyer's answer on its way out: every citation verified, the resident's reply made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from api.core.compose import cite
from api.core.errors import AnswerInvalid
from api.core.types import LABEL_LAWYER, LABEL_REVIEWED, Author, Citation, Decision, Reply
from knowledge.citations.types import Finding, Verdict
from knowledge.corpus import Corpus
from knowledge.types import ArticleRef

LONGEST = 5000


def checked(answer: str) -> str:
    """The answer without surrounding blanks.

    Raises:
        AnswerInvalid: it is empty or too long.
    """
    text = answer.replace("\r\n", "\n").strip()
    if not text:
        raise AnswerInvalid("答复是空的，还没有发送。")
    if len(text) > LONGEST:
        raise AnswerInvalid(f"答复有{len(text)}个字，最多{LONGEST}个字，还没有发送。")
    return text


def wrong(findings: Sequence[Finding]) -> list[Finding]:
    """The citations that do not hold."""
    return [finding for finding in findings if finding.verdict is not Verdict.OK]


def lawyers_reply(
    answer: str,
    findings: Sequence[Finding],
    corpus: Corpus,
    on: date,
    *,
    reference: str,
    drafted: bool,
) -> Reply:
    """What the resident gets; `drafted` says whether the machine's draft was the beginning."""
    citations: dict[str, Citation] = {}
    for finding in findings:
        ref = ArticleRef(finding.law, finding.article, finding.paragraph, finding.item)
        citation = cite(corpus.article(ref, on), ref, on)
        citations.setdefault(citation.ref, citation)
    return Reply(
        decision=Decision.RELEASE,
        answer=answer,
        citations=tuple(citations.values()),
        author=Author.LAWYER,
        reviewed=True,
        reference=reference,
        label=LABEL_REVIEWED if drafted else LABEL_LAWYER,
    )
