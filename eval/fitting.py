"""Logistic regression on raw features. The only file that imports sklearn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from eval.metrics import Floats

_C = 0.05  # few hundred wrong ones, features that say much the same


def fit_logistic(features: Floats, right: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Weights and bias for raw features; standardised while fitting."""
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=_C, max_iter=2000).fit(scaler.transform(features), right)
    weights = model.coef_[0] / scaler.scale_
    return weights, float(model.intercept_[0] - weights @ scaler.mean_)


def out_of_fold(features: Floats, right: NDArray[np.bool_], parts: NDArray[np.int64]) -> Floats:
    """P(right) of every row by a fit that never saw the row's part."""
    confidence = np.zeros(len(features))
    for held in np.unique(parts):
        weights, bias = fit_logistic(features[parts != held], right[parts != held])
        confidence[parts == held] = 1 / (1 + np.exp(-(features[parts == held] @ weights + bias)))
    return confidence
