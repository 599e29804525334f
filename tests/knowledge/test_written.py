"""Questions written for articles: read, bound to the text of their day, compared with one asked."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge.corpus import Corpus
from knowledge.dense import DenseIndex
from knowledge.errors import KnowledgeError
from knowledge.half_bytes import HalfBytes
from knowledge.refs import parse_ref
from knowledge.shipped import Shipped
from knowledge.sparse import SparseIndex, pairs
from knowledge.statutes import LawText
from knowledge.types import Article, LawVersion
from knowledge.written import AS_OF, Written, load_written
from knowledge.written_match import FEATURES, WrittenArticles, binding, save_written
from knowledge.written_vectors import WrittenVectors

_VECTORS = {
    "工钱一直拖着怎么办": (1, 0, 0, 0),
    "老板欠薪能不能要赔偿": (0.8, 0.6, 0, 0),
    "承包地要收回": (0, 0, 1, 0),
}
_LAW = np.array([0, 0, 1])


@pytest.fixture
def written() -> WrittenArticles:
    """Two questions for the first article, one for the third, none for the second."""
    vectors = np.array(list(_VECTORS.values()), np.float32)
    texts = SparseIndex.build(["工钱一直拖着怎么办 老板欠薪能不能要赔偿", "承包地要收回"], pairs)
    plain, tuned = DenseIndex.build(vectors), DenseIndex.build(vectors[:, ::-1].copy())
    return WrittenArticles(np.array([0, 0, 2]), plain, texts, tuned)


def _columns(written: WrittenArticles, words: str, *vector: float) -> dict[str, np.ndarray]:
    """As the plain encoder sees it so, the tuned one the first question and nothing else."""
    plain, tuned = np.array([vector], np.float32), np.array([(0, 0, 0, 1)], np.float32)
    told = written.told(words, plain, tuned)
    return written.columns(told, np.arange(3), _LAW)


def test_the_nearest_question_speaks_for_its_article(written: WrittenArticles) -> None:
    columns = _columns(written, "老板欠薪", 0.6, 0.8, 0, 0)
    assert set(columns) == set(FEATURES)
    assert columns["written_cosine"] == pytest.approx([0.96, 0, 0], abs=1e-3)
    assert columns["written_gap"] == pytest.approx([0, 0.96, 0.96], abs=1e-3)
    assert columns["written_rank"].tolist() == [1, 1000, 2]
    assert columns["written_share"] == pytest.approx([1, 0, 0], abs=1e-3)
    assert columns["written_tuned"] == pytest.approx([1, 0, 0], abs=1e-3)
    assert columns["written_tuned_gap"] == pytest.approx([0, 1, 1], abs=1e-3)
    assert columns["written_tuned_rank"].tolist() == [1, 1000, 2]
    assert columns["written_tuned_share"] == pytest.approx([1, 0, 0], abs=1e-3)
    assert columns["written_pairs_share"][0] == pytest.approx(1)
    assert columns["written_pairs_rank"].tolist() == [1, 1000, 2]
    assert columns["written_law"] == pytest.approx([0.96, 0.96, 0], abs=1e-3)
    assert columns["written_law_share"] == pytest.approx([1, 1, 0], abs=1e-3)
    assert columns["written_law_tuned_share"] == pytest.approx([1, 1, 0], abs=1e-3)


def test_articles_of_near_questions_become_candidates(written: WrittenArticles) -> None:
    plain, tuned = np.array([[0, 0, 1, 0]], np.float32), np.array([[0, 0, 0, 1]], np.float32)
    named = written.told("老板", plain, tuned).named()
    assert named == [2, 0, 0, 2, 0]  # by the plain encoder, by the tuned one, by the words


def test_nobody_s_words_say_nothing(written: WrittenArticles) -> None:
    columns = _columns(written, "xyz", 0, 0, 1, 0)
    assert not columns["written_pairs"].any()
    assert columns["written_pairs_share"].tolist() == [0, 0, 0]


def _version(name: str, since: date, until: date | None) -> LawText:
    version = LawVersion(f"{name}{since}", name, "法律", "", since, since, valid_until=until)
    return LawText(version, (Article(version, "第一条", "甲。", ""),))


def test_bound_to_the_text_of_their_day(tmp_path: Path) -> None:
    corpus = Corpus([
        _version("工资法", date(2010, 1, 1), date(2020, 1, 1)),
        _version("工资法", date(2020, 1, 1), date(2027, 1, 1)),
        _version("工资法", date(2027, 1, 1), None),
    ])  # fmt: skip
    held = binding(
        corpus, [Written("工钱", ("工资法", "第一条")), Written("水", ("水法", "第一条"))]
    )
    assert [(corpus.articles[row].version.valid_from.year, text) for row, text in held] == [
        (2020, "工钱")
    ]
    assert AS_OF.year == 2026
    save_written(tmp_path / "written", held, lambda texts: np.eye(len(texts), 4, dtype=np.float32))
    plain = np.eye(1, 4, dtype=np.float32)
    told = WrittenArticles.load(tmp_path / "written").told("工钱", plain, plain)
    assert told.named() == [1, 1, 1]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "工资法.tsv").write_text("第一条\t工钱\n第二条\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="第2行"):
        load_written(tmp_path)


def test_ours_name_articles_that_are_in_force_and_no_law_in_words(corpus: Corpus) -> None:
    ours = load_written()
    assert not [one for one in ours if re.search(r"第[零一二三四五六七八九十百千]+条", one.text)]
    assert all(
        parse_ref(f"《{law}》{number}").article == number for law, number in {o.key for o in ours}
    )
    assert max(Counter((one.key, one.text) for one in ours).values()) == 1
    known = {law for law, _ in (one.key for one in ours) if corpus.resolve(law)}
    lost = {o.key for o in ours if o.key[0] in known} - {
        (corpus.articles[row].version.name, corpus.articles[row].number)
        for row, _ in binding(corpus, ours)
    }
    assert not lost


def _unit(count: int) -> np.ndarray:
    random = np.random.default_rng(1).normal(size=(count, 384)).astype(np.float32)
    return random / np.linalg.norm(random, axis=1, keepdims=True)


def test_half_a_byte_a_number_tells_vectors_apart() -> None:
    vectors = _unit(500) + np.float32(0.1)  # what all have in common costs nothing
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = HalfBytes.of(vectors)
    assert kept.codes.nbytes == 500 * 192
    again = kept.vectors(np.array([3, 499]))
    assert np.linalg.norm(again, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert again @ vectors.T == pytest.approx(vectors[[3, 499]] @ vectors.T, abs=0.03)
    assert kept.vectors(np.array([], np.int64)).shape == (0, 384)


def test_shipped_vectors_spare_the_encoding(tmp_path: Path) -> None:
    vectors = _unit(6)
    path = tmp_path / "written.npz"
    made = WrittenVectors.of("甲", ["工钱", "承包地", "彩礼"], vectors[:3], vectors[3:])
    made.save(path)
    shipped = WrittenVectors.load(path)
    assert shipped.digest == made.digest
    assert shipped.lacking(["彩礼", "离婚", "工钱"]) == ["离婚"]
    plain, tuned = shipped.plain_of(["彩礼", "工钱"]), shipped.tuned_of(["承包地", "彩礼"])
    assert np.einsum("ij,ij->i", plain, vectors[[2, 0]]) == pytest.approx([1, 1], abs=0.02)
    assert np.einsum("ij,ij->i", tuned, vectors[[4, 5]]) == pytest.approx([1, 1], abs=0.02)


def test_every_question_has_its_vector_shipped() -> None:
    """Run `make train` after writing questions."""
    assert WrittenVectors.load().lacking([one.text for one in load_written()]) == []


def test_what_was_trained_suits_one_encoder() -> None:
    shipped = Shipped.of(WrittenVectors.load().fingerprint)
    first = load_written()[0].text
    assert shipped.head
    assert shipped.written
    assert shipped.known([(0, first), (0, "从没有写过的问题")]) == [(0, first)]
    other = Shipped.of("别的模型")
    assert (other.head, other.written, other.digest) == (None, None, "")
    assert other.known([(0, "从没有写过的问题")]) == [(0, "从没有写过的问题")]
