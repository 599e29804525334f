"""Plots of the report as SVG text. The only file that imports matplotlib."""

from __future__ import annotations

import io
from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray

from eval.metrics import Floats, risk_coverage

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "wenfa"  # the same figures draw the same file

from matplotlib.figure import Figure  # noqa: E402

_BINS = 10


def reliability(confidence: Floats, right: NDArray[np.bool_]) -> str:
    """Said against true: mean confidence and share right in ten bins of equal size."""
    bins = np.array_split(np.argsort(confidence, kind="stable"), _BINS)
    said = [confidence[held].mean() for held in bins]
    true = [right[held].mean() for held in bins]
    figure = Figure(figsize=(4.5, 4))
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="#999", linewidth=1)
    axes.plot(said, true, marker="o", color="#0b5d57")
    axes.set(xlabel="confidence", ylabel="right", xlim=(0, 1), ylim=(0, 1))
    return _svg(figure)


def coverage(confidence: Floats, right: NDArray[np.bool_]) -> str:
    """Error among released answers as more are released, the surest first."""
    covered, errors, _ = risk_coverage(confidence, right)
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    axes.plot(covered, errors, color="#0b5d57")
    axes.axhline(0.10, color="#b3261e", linewidth=1, linestyle="--")
    axes.set(xlabel="coverage", ylabel="error", xlim=(0, 1), ylim=(0, None))
    return _svg(figure)


def growth(articles: Sequence[int], seconds: Sequence[float]) -> str:
    """Seconds to build an index by its articles, and the straight line that fits them best."""
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    per_article = float(np.dot(articles, seconds) / np.dot(articles, articles))
    ends = np.array([0, max(articles)])
    axes.plot(ends, per_article * ends, color="#999", linewidth=1)
    axes.plot(articles, seconds, marker="o", linestyle="", color="#0b5d57")
    axes.set(xlabel="articles", ylabel="seconds", xlim=(0, None), ylim=(0, None))
    return _svg(figure)


def _svg(figure: Figure) -> str:
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None}, bbox_inches="tight")
    return text.getvalue()[text.getvalue().index("<svg") :]
