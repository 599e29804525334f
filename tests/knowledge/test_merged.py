"""Two ways one question may have been meant, found together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge.corpus import Corpus
from knowledge.faq import load_faq
from knowledge.faq_match import FaqMatcher, save_faq
from knowledge.retriever import merged
from knowledge.types import ArticleRef, Hit
from tests.conftest import ROOT

_DIM = 16


def vectors(texts: list[str]) -> np.ndarray:
    """A vector for each text, drawn from the text itself."""
    drawn = [np.random.default_rng(list(text.encode())).normal(size=_DIM) for text in texts]
    return np.array([one / np.linalg.norm(one) for one in drawn], np.float32)


@pytest.fixture
def matcher(tmp_path: Path) -> FaqMatcher:
    """Thirty entries."""
    folder = tmp_path / "faq"
    save_faq(folder, load_faq(ROOT / "knowledge/faq")[:30], vectors)
    return FaqMatcher(folder, str)


def test_each_entry_counts_by_the_reading_that_fits_it_best(matcher: FaqMatcher) -> None:
    asked = [matcher.entries[n].question for n in (3, 17)]
    one, other = ((text, vectors([text])) for text in asked)
    assert next(hit.entry.id for hit in matcher.match(one)) == matcher.entries[3].id
    both = [hit.entry.id for hit in matcher.match(one, other)]
    assert set(both[:2]) == {matcher.entries[3].id, matcher.entries[17].id}
    assert both == [hit.entry.id for hit in matcher.match(other, one)]


def test_an_article_found_twice_stands_where_it_stands_best(corpus: Corpus) -> None:
    law, on = "中华人民共和国劳动合同法", date(2026, 11, 22)
    first, second, third = (
        corpus.article(ArticleRef(law, f"第{n}条"), on) for n in ("三十", "三十八", "八十五")
    )
    heard = [Hit(first, 3.0, {}), Hit(second, 1.0, {})]
    meant = [Hit(third, 4.0, {}), Hit(second, 2.0, {})]
    found = merged([heard, meant], 20)
    assert [(hit.article, hit.score) for hit in found] == [
        (third, 4.0),
        (first, 3.0),
        (second, 2.0),
    ]
    assert merged([heard, meant], 1) == (meant[0],)
    assert merged([heard], 20) == tuple(heard)


def test_a_wording_left_out_is_not_near(matcher: FaqMatcher) -> None:
    wording = matcher.entries[3].question
    vector = vectors([wording])
    assert matcher.near(vector) > matcher.near(vector, without=wording)
    assert matcher.near(vector, without="从来没有人这样问过") == matcher.near(vector)
