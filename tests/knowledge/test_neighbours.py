"""What questions answered before say of an article: nearest, and share of the nearness."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.answered import FEATURES, Answered, Neighbours

_KEYS = (("甲法", "第一条"),), (("甲法", "第二条"), ("乙法", "第一条")), (("丙法", "第九条"),)
_NAMES = [("甲法", "第一条"), ("甲法", "第二条"), ("乙法", "第一条"), ("丁法", "第一条")]
_LAW = np.array([0, 0, 1, 2])
_ROWS = np.arange(4)


@pytest.fixture
def answered() -> Answered:
    """Three questions along the axes."""
    axes = np.eye(3, dtype=np.float32)
    return Answered(axes, axes[::-1].copy(), _KEYS)


def _columns(answered: Answered, **kept: object) -> dict[str, np.ndarray]:
    asked = np.array([[0.8, 0.6, 0.0]], np.float32)
    return Neighbours(answered, _NAMES, _LAW).columns(asked, asked, _ROWS, **kept)  # type: ignore[arg-type]


def test_nearest_by_article_and_by_law(answered: Answered) -> None:
    columns = _columns(answered)
    assert set(columns) == set(FEATURES)
    assert columns["near_article_plain"] == pytest.approx([0.8, 0.6, 0.6, 0])
    assert columns["near_law_plain"] == pytest.approx([0.8, 0.8, 0.6, 0])
    assert columns["near_article_tuned"] == pytest.approx([0.0, 0.6, 0.6, 0])
    shares = columns["near_article_plain_share"]
    assert shares[0] > 0.99
    assert shares[0] + shares[1] == pytest.approx(1, abs=1e-3)


def test_questions_of_the_own_fold_do_not_count(answered: Answered) -> None:
    columns = _columns(answered, known=np.array([False, True, True]))
    assert columns["near_article_plain"] == pytest.approx([0, 0.6, 0.6, 0])
    assert columns["near_law_plain"] == pytest.approx([0.6, 0.6, 0.6, 0])
    nothing = _columns(answered, known=np.zeros(3, bool))
    assert all(np.all(column == 0) for column in nothing.values())


def test_kept_and_read_again(answered: Answered, tmp_path: Path) -> None:
    path = tmp_path / "answered.npz"
    answered.save(path)
    again = Answered.load(path)
    assert again.keys == answered.keys
    assert np.array_equal(again.tuned, answered.tuned)
