"""Figures of a ranking and of a gate on cases worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from eval.metrics import best_gate, calibration_error, interval, ranking_figures, risk_coverage


def test_ranking_by_hand() -> None:
    marks = [[True, False], [False, False, True], [False] * 10]
    figures = ranking_figures(marks, [1, 2, 1])
    assert figures.recall_10 == pytest.approx((1 + 0.5 + 0) / 3)
    assert figures.mrr_10 == pytest.approx((1 + 1 / 3 + 0) / 3)
    assert (figures.hit_1, figures.hit_5) == (pytest.approx(1 / 3), pytest.approx(2 / 3))


def test_the_gate_releases_as_much_as_the_error_allows() -> None:
    confidence = np.linspace(1, 0, 100)
    right = np.ones(100, bool)
    right[50:] = False
    free = best_gate(confidence, right, 0.1, bound=False)
    assert free.coverage == 0.55
    bounded = best_gate(confidence, right, 0.1, bound=True)
    assert bounded.coverage < free.coverage
    assert bounded.error_upper <= 0.1
    none = best_gate(confidence, ~np.ones(100, bool), 0.1, bound=True)
    assert (none.coverage, none.threshold) == (0.0, 1.01)


def test_risk_falls_with_order() -> None:
    right = np.array([True, True, False, False])
    good, bad = np.array([0.9, 0.8, 0.2, 0.1]), np.array([0.1, 0.2, 0.8, 0.9])
    assert risk_coverage(good, right)[2] < risk_coverage(bad, right)[2]


def test_calibration() -> None:
    random = np.random.default_rng(1)
    said = random.random(5000)
    true = random.random(5000) < said
    assert calibration_error(said, true) < 0.03
    assert calibration_error(np.full(5000, 0.99), true) > 0.4
    low, high = interval(true.astype(float))
    assert low < true.mean() < high < low + 0.04
