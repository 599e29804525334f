"""Answers made of articles alone: each quoted where it says most of the question."""

from __future__ import annotations

import pytest

from api.core.compose import compose, to_the_point
from knowledge.citations import verify as citations
from knowledge.citations.types import Verdict
from knowledge.confidence import Belief
from knowledge.corpus import Corpus
from knowledge.refs import parse_ref
from knowledge.retriever import Found
from knowledge.types import Hit
from tests.conftest import TODAY
from tests.fakes import POLICY


def test_the_paragraph_that_answers_is_quoted(corpus: Corpus) -> None:
    article = corpus.article(parse_ref("《商标法》第四十九条"), TODAY)
    found = Found((Hit(article, 1.0, {}),), (), words="商标注册后三年没有使用会被撤销吗")
    draft = compose(found, corpus, TODAY, Belief(faq=0.0, articles=0.9), POLICY, "知识产权")
    assert "连续三年不使用" in draft.answer
    assert "自行改变注册商标" not in draft.answer
    assert [one.verdict for one in citations.verify(draft.answer, corpus, TODAY)] == [Verdict.OK]


@pytest.mark.parametrize(
    ("text", "question", "quoted"),
    [
        (
            "甲。\n有下列情形的：\n（一）重婚；\n（二）赌博。",
            "赌博",
            "有下列情形的：（一）重婚；（二）赌博。",
        ),
        ("甲，" + "乙" * 110 + "，处十万元以上的罚款。", "罚款", "甲，" + "乙" * 110 + "……"),
        ("都不说。\n这件事。", "xyz", "都不说。"),
    ],
)
def test_items_stay_and_no_figure_is_cut(text: str, question: str, quoted: str) -> None:
    assert to_the_point(text, question) == quoted
