"""Figures of a ranking and of a gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RankingFigures:
    """Means over questions; `shown` is a right article among the first three."""

    recall_10: float
    mrr_10: float
    hit_1: float
    hit_5: float
    shown: float


def ranking_figures(right: Sequence[Sequence[bool]], gold: Sequence[int]) -> RankingFigures:
    """Figures from the ranked marks of each question and its number of right articles.

    >>> ranking_figures([[False, True]], [1]).mrr_10
    0.5
    """
    recall = [sum(marks[:10]) / min(total, 10) for marks, total in zip(right, gold, strict=True)]
    first = [next((i for i, mark in enumerate(marks[:10]) if mark), -1) for marks in right]
    return RankingFigures(
        recall_10=float(np.mean(recall)),
        mrr_10=float(np.mean([1 / (i + 1) if i >= 0 else 0.0 for i in first])),
        hit_1=float(np.mean([i == 0 for i in first])),
        hit_5=float(np.mean([0 <= i < 5 for i in first])),
        shown=float(np.mean([0 <= i < 3 for i in first])),
    )


def upper_bound(errors: int, total: int, level: float = 0.95) -> float:
    """One-sided Clopper-Pearson upper bound of an error rate.

    >>> round(upper_bound(5, 100), 3)
    0.102
    """
    return 1.0 if errors >= total else float(beta.ppf(level, errors + 1, total - errors))


@dataclass(frozen=True)
class GatePoint:
    """A threshold with what it would release."""

    threshold: float
    coverage: float
    error: float
    error_upper: float


def best_gate(
    confidence: Floats, right: NDArray[np.bool_], most_error: float, *, bound: bool
) -> GatePoint:
    """The largest coverage at which the error (or its upper bound) stays under the target."""
    order = np.argsort(-confidence, kind="stable")
    best = GatePoint(1.01, 0.0, 0.0, 1.0)
    errors = 0
    for count, i in enumerate(order, start=1):
        errors += not right[i]
        upper = upper_bound(errors, count)
        if (upper if bound else errors / count) <= most_error:
            coverage = count / len(confidence)
            best = GatePoint(float(confidence[i]), coverage, errors / count, upper)
    return best


def calibration_error(confidence: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error over bins of equal size (ECE)."""
    parts = np.array_split(np.argsort(confidence, kind="stable"), bins)
    gaps = [abs(confidence[p].mean() - right[p].mean()) * len(p) for p in parts if len(p)]
    return float(sum(gaps) / len(confidence))


def risk_coverage(confidence: Floats, right: NDArray[np.bool_]) -> tuple[Floats, Floats, float]:
    """Coverage and error when the surest are released first, and the area under the curve (AURC).

    >>> risk_coverage(np.array([0.9, 0.1]), np.array([True, False]))[1].tolist()
    [0.0, 0.5]
    """
    wrong = ~right[np.argsort(-confidence, kind="stable")]
    counts = np.arange(1, len(wrong) + 1)
    errors = np.cumsum(wrong) / counts
    return counts / len(wrong), errors, float(errors.mean())


def interval(values: Floats, seed: int = 7, rounds: int = 2000) -> tuple[float, float]:
    """95 % bootstrap interval of a mean over questions.

    >>> interval(np.ones(10))
    (1.0, 1.0)
    """
    random = np.random.default_rng(seed)
    means = values[random.integers(len(values), size=(rounds, len(values)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
