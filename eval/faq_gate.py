"""When does an FAQ entry answer a question? Fitted on held-out wordings and on the benchmark.

A wording is asked as the search serves it, with itself left out of the index: right only when its
own entry comes first (a sister entry may show the same article and still tell another story). A
benchmark question is right when that entry shows an article that answers it; most have no entry at
all, which teaches the fit when to keep quiet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from tqdm import tqdm

from eval.datasets import folds
from eval.fitting import fit_logistic, out_of_fold
from eval.measure import Measured
from eval.metrics import Floats, best_gate, calibration_error, upper_bound
from knowledge.candidates import Asked
from knowledge.confidence import faq_features, shown_first
from knowledge.faq import FaqEntry
from knowledge.faq_match import FaqHit, FaqMatcher, save_weights
from knowledge.retriever import Found, Retriever

Topics = NDArray[np.str_]
_MOST_ERROR = 0.10
_FOLDS = 5


@dataclass(frozen=True)
class Matched:
    """A held-out wording of an entry: its vectors, what the matcher makes of it, and the truth."""

    asked: Asked
    faq: tuple[FaqHit, ...]
    own: FaqEntry

    @property
    def right(self) -> bool:
        """Whether the wording's own entry comes first."""
        return self.faq[0].entry is self.own


def fit_matching(retriever: Retriever) -> list[Matched]:
    """Fit and save how the matcher weighs its measures; every wording, matched out of fold."""
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
    save_weights(_fit_weights(tables, own))
    return [
        Matched(one, _hits(matcher, table @ weights[part]), matcher.entries[entry])
        for one, table, part, entry in zip(asked_as, tables, parts, own, strict=True)
    ]


def fit_faq(
    serving: Retriever,
    matched: Sequence[Matched],
    measured: Measured,
    on: date,
    report: dict[str, object],
) -> dict[str, object]:
    """Fit the FAQ confidence on figures as they are served; returns the gate's FAQ part.

    The ranker of `serving` never saw a wording of ours; benchmark questions come from `measured`,
    ranked by models that never saw them.
    """
    found = [
        Found(serving.ranked(serving.gather(one.asked, on, one.faq), 20), one.faq)
        for one in tqdm(matched, desc="问法", unit="句")
    ]
    right = [one.right for one in matched]
    shown = [bool(shown_first(one.faq[0].entry) & shown_first(one.own)) for one in matched]
    report["faq"] = {
        "wordings": len(matched),
        "own_entry_first": float(np.mean(right)),
        "right_article_shown": float(np.mean(shown)),
    }
    for item, one in zip(measured.gathered, measured.found, strict=True):
        found.append(one)
        right.append(bool(shown_first(one.faq[0].entry) & item.question.gold))
    features = np.array([faq_features(one) for one in found])
    topics = np.array([one.faq[0].entry.topic for one in found])
    return fit_confidence(features, np.array(right, np.bool_), topics, report)


def fit_confidence(
    features: Floats, right: NDArray[np.bool_], topics: Topics, report: dict[str, object]
) -> dict[str, object]:
    """The confidence, the threshold for all, and those of topics that need another."""
    parts = np.array(folds(len(features), _FOLDS))
    confidence = out_of_fold(features, right, parts)
    gate = best_gate(confidence, right, _MOST_ERROR, bound=True)
    own = topic_thresholds(confidence, right, topics, gate.threshold)
    wanted = np.array([own.get(topic, gate.threshold) for topic in topics.tolist()])
    released = confidence >= wanted
    wrong = int((released & ~right).sum())
    report["faq_gate"] = {
        "questions": len(features),
        "ece": calibration_error(confidence, right),
        "one_threshold": asdict(gate),
        "coverage": float(released.mean()),
        "error": wrong / max(int(released.sum()), 1),
        "error_upper": upper_bound(wrong, int(released.sum())),
    }
    weights, bias = fit_logistic(features, right)
    return {
        "faq": {"weights": weights.tolist(), "bias": bias},
        "faq_threshold": gate.threshold,
        "faq_topics": own,
    }


def topic_thresholds(
    confidence: Floats, right: NDArray[np.bool_], topics: Topics, everywhere: float
) -> dict[str, float]:
    """Thresholds of topics that need another than the one for all.

    Lower where the topic's own upper bound allows it; higher where more of what it would release
    is wrong than may be, as far as its few released answers can tell.

    >>> sure = np.linspace(0, 1, 400)
    >>> both = np.array(["甲", "乙"] * 200)
    >>> right = (both == "甲") | (sure > 0.95)
    >>> {name: round(at, 2) for name, at in topic_thresholds(sure, right, both, 0.9).items()}
    {'乙': 0.95, '甲': 0.0}
    """
    found: dict[str, float] = {}
    for topic in sorted(set(topics.tolist())):
        held, marks = confidence[topics == topic], right[topics == topic]
        bounded = best_gate(held, marks, _MOST_ERROR, bound=True)
        if bounded.threshold < everywhere:
            found[topic] = bounded.threshold
            continue
        released, told = held[held >= everywhere], marks[held >= everywhere]
        if len(released) and (~told).mean() > _MOST_ERROR:
            found[topic] = best_gate(released, told, _MOST_ERROR, bound=False).threshold
    return found


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
