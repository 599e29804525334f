"""Candidates over a handful of articles: who is found, who may not be, what each figure says."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from knowledge.article_table import ArticleTable, Priors
from knowledge.candidates import FEATURES, Asked, Gatherer
from knowledge.corpus import Corpus
from knowledge.dense import DenseIndex
from knowledge.sparse import SparseIndex, pairs, words
from knowledge.statutes import LawText
from knowledge.types import Article, LawVersion

_DAY = date(2020, 1, 1)
_TEXTS = {
    "工资法": ["拖欠工资的，应当加付赔偿金。", "工资每月至少支付一次。"],
    "土地法": ["承包地不得收回。"],
    "水法": ["用水应当交费，拖欠水费的，加收滞纳金。"],
}


@pytest.fixture
def gatherer() -> Gatherer:
    """Four articles, the first in two passages; vectors along the axes."""
    laws = []
    for name, texts in _TEXTS.items():
        version = LawVersion(name, name, "法律", "", _DAY, _DAY)
        articles = [
            Article(version, f"第{n}条", t, "第一章 总则")
            for n, t in zip("一二", texts, strict=False)
        ]
        laws.append(LawText(version, tuple(articles)))
    corpus = Corpus(laws)
    article_of = np.array([0, 0, 1, 2, 3])
    texts = ["拖欠工资的", "应当加付赔偿金", *(a.text for a in corpus.articles[1:])]
    plain = DenseIndex.build(np.eye(5, 8, dtype=np.float32))
    moved = DenseIndex.build(np.eye(5, 8, 3, dtype=np.float32))
    priors = Priors({"工资法": 9.0}, {("工资法", "第一条"): 4.0})
    return Gatherer(
        corpus,
        article_of,
        ArticleTable(corpus.articles, article_of, priors),
        plain,
        moved,
        SparseIndex.build(texts, words),
        SparseIndex.build(texts, pairs),
    )


def _asked(text: str, axis: int) -> Asked:
    """Both encoders see the same passage; the head has moved the passages by three axes."""
    vectors = np.eye(8, dtype=np.float32)
    return Asked(text, vectors[axis : axis + 1], vectors[axis + 3 : axis + 4])


def _row(gatherer: Gatherer, asked: Asked, row: int) -> dict[str, float]:
    found = gatherer.gather(asked, np.ones(4, bool), {})
    return dict(zip(FEATURES, found.table[found.rows.index(row)].tolist(), strict=True))


def test_the_best_passage_stands_for_the_article(gatherer: Gatherer) -> None:
    first = _row(gatherer, _asked("老板拖欠工资", 1), 0)
    assert (first["cosine"], first["cosine_rank"], first["cosine_gap"]) == (1, 1, 0)
    assert (first["tuned"], first["tuned_rank"], first["tuned_gap"]) == (1, 1, 0)
    assert first["words_share"] == 1
    assert (first["law_prior"], first["article_prior"]) == (9, 4)
    assert first["title_overlap"] == pytest.approx(1 / 2)  # 工资, not 资法
    assert first["near_article_plain"] == 0
    other = _row(gatherer, _asked("老板拖欠工资", 1), 3)
    assert other["overlap"] == pytest.approx(1 / 5)  # 拖欠 of five pairs
    assert other["law_prior"] == 0


def test_what_does_not_bind_is_not_found(gatherer: Gatherer) -> None:
    allowed = np.array([False, True, True, True])
    assert 0 not in gatherer.gather(_asked("老板拖欠工资", 0), allowed, {}).rows
    nothing = gatherer.gather(_asked("老板拖欠工资", 0), np.zeros(4, bool), {})
    assert (nothing.rows, nothing.table.shape) == ([], (0, len(FEATURES)))


def test_what_an_faq_entry_cites_is_a_candidate(gatherer: Gatherer) -> None:
    found = gatherer.gather(_asked("完全无关", 4), np.ones(4, bool), {2: 0.7})
    assert found.column("faq")[found.rows.index(2)] == pytest.approx(0.7)


def test_coverage_counts_distinct_tokens(gatherer: Gatherer) -> None:
    shares = gatherer.pairs.covered("拖欠拖欠工资")
    assert shares[0] == pytest.approx(3 / 4)  # 拖欠 欠工 工资 of 拖欠 欠拖 欠工 工资
    assert not gatherer.pairs.covered("xyz").any()
