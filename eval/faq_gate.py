"""When does an FAQ entry answer a question? Fitted on wordings held out of their own entry.

Each wording is asked with itself taken out of the index: right when its own entry comes first.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from eval.datasets import folds
from eval.fitting import fit_logistic, out_of_fold
from eval.metrics import best_gate, calibration_error
from knowledge.confidence import faq_features
from knowledge.retriever import Found, Retriever

_MOST_ERROR = 0.10


def fit_faq_gate(retriever: Retriever, on: date, report: dict[str, object]) -> dict[str, object]:
    """Weights of the FAQ confidence and the cosine from which an entry is shown at all."""
    rows, right, cosines = [], [], []
    for entry in retriever.entries:
        for wording in entry.wordings[1:]:
            vector = retriever.encode(wording)
            faq = retriever.match_faq(vector, without=wording)
            candidates = retriever.gather(wording, vector, on, faq)
            found = Found(retriever.ranked(candidates, 20), faq)
            rows.append(faq_features(found))
            right.append(faq[0].entry.id == entry.id)
            cosines.append(faq[0].score)
    features, marks = np.array(rows), np.array(right)
    confidence = out_of_fold(features, marks, np.array(folds(len(rows))))
    weights, bias = fit_logistic(features, marks)
    shown = best_gate(np.array(cosines), marks, 0.25, bound=False)
    report["faq"] = {
        "wordings": len(rows),
        "own_entry_first": float(marks.mean()),
        "ece": calibration_error(confidence, marks),
        "coverage_at_10_percent_error": best_gate(
            confidence, marks, _MOST_ERROR, bound=True
        ).coverage,
    }
    return {"faq": {"weights": weights.tolist(), "bias": bias}, "faq_from": shown.threshold}
