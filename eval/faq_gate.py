"""When does an FAQ entry answer a question? Fitted on held-out wordings and on the benchmark.

A wording is asked with itself left out of the index: right only when its own entry comes first (a
sister entry may show the same article and still tell another story). A benchmark question is right
when that entry shows an article that answers it; most have no entry at all, which teaches the fit
when to keep quiet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from tqdm import tqdm

from eval.datasets import Question, folds
from eval.fitting import fit_logistic, out_of_fold
from eval.metrics import Floats, best_gate, calibration_error
from eval.tuned_vectors import OutOfFold
from knowledge.confidence import faq_features, shown_first
from knowledge.faq_match import FaqHit, FaqMatcher, save_weights
from knowledge.retriever import Found, Retriever

_MOST_ERROR = 0.10
_FOLDS = 5


def fit_faq(
    retriever: Retriever, questions: Sequence[Question], on: date, report: dict[str, object]
) -> dict[str, object]:
    """Fit the matcher's weights and the FAQ confidence; returns the gate's FAQ part."""
    matcher = retriever.faq
    if matcher is None:
        raise ValueError("the index holds no FAQ")
    asked = [(w, i) for i, entry in enumerate(matcher.entries) for w in entry.wordings[1:]]
    asked_as = [retriever.asked(wording) for wording, _ in asked]
    tables = np.stack([
        matcher.measure(one.words, one.plain, without=wording)
        for (wording, _), one in zip(asked, asked_as, strict=True)
    ])  # fmt: skip
    own = np.array([i for _, i in asked])
    parts = np.array(folds(len(own), _FOLDS))
    weights = [_fit_weights(tables[parts != k], own[parts != k]) for k in range(_FOLDS)]
    rows, right, shown = [], [], []
    for (_, entry), one, table, part in zip(asked, asked_as, tables, parts, strict=True):
        faq = _hits(matcher, table @ weights[part])
        found = Found(retriever.ranked(retriever.gather(one, on, faq), 20), faq)
        rows.append(faq_features(found))
        right.append(faq[0].entry is matcher.entries[entry])
        shown.append(bool(shown_first(faq[0].entry) & shown_first(matcher.entries[entry])))
    top = np.array(right)
    save_weights(_fit_weights(tables, own))
    report["faq"] = {
        "wordings": len(own),
        "own_entry_first": float(top.mean()),
        "right_article_shown": float(np.mean(shown)),
    }
    outside, marks = _benchmark_rows(retriever, questions, on)
    features = np.array(rows + outside)
    labels = np.concatenate([top, marks])
    return _fit_confidence(features, labels, report)


def _fit_confidence(
    features: Floats, right: NDArray[np.bool_], report: dict[str, object]
) -> dict[str, object]:
    parts = np.array(folds(len(features), _FOLDS))
    confidence = out_of_fold(features, right, parts)
    gate = best_gate(confidence, right, _MOST_ERROR, bound=True)
    report["faq_gate"] = {
        "questions": len(features),
        "ece": calibration_error(confidence, right),
        "coverage": gate.coverage,
        "error": gate.error,
        "error_upper": gate.error_upper,
    }
    weights, bias = fit_logistic(features, right)
    return {
        "faq": {"weights": weights.tolist(), "bias": bias},
        "faq_threshold": gate.threshold,
    }


def _benchmark_rows(
    retriever: Retriever, questions: Sequence[Question], on: date
) -> tuple[list[list[float]], NDArray[np.bool_]]:
    rows, right, outside = [], [], OutOfFold(retriever, questions)
    for i, question in enumerate(tqdm(questions, desc="评测题对问答")):
        asked = outside.asked(i)
        faq = retriever.match_faq(asked)
        found = Found(retriever.ranked(retriever.gather(asked, on, faq), 20), faq)
        rows.append(faq_features(found))
        right.append(bool(shown_first(found.faq[0].entry) & question.gold))
    return rows, np.array(right, np.bool_)


def _fit_weights(tables: Floats, own: NDArray[np.int64]) -> Floats:
    """Weights that maximise the softmax share of the own entry."""
    rows = np.arange(len(own))

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = tables @ weights
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        expected = np.einsum("qe,qem->qm", shares, tables)
        gradient = (expected - tables[rows, own]).mean(axis=0)
        return float(-np.log(shares[rows, own] + 1e-12).mean()), gradient

    best: Floats = minimize(loss, np.full(tables.shape[2], 0.4), jac=True, method="L-BFGS-B").x
    return best


def _hits(matcher: FaqMatcher, scores: Floats) -> tuple[FaqHit, ...]:
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    best = np.argsort(-shares, kind="stable")[:10]
    return tuple(FaqHit(matcher.entries[i], float(shares[i])) for i in best)
