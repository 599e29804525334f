"""Fit the ranker and the gate on a benchmark: python -m eval.train --benchmark FILE.

Everything reported is out of fold; priors are counted on other folds than the question's own
(counted on the same questions they leak and make the ranking worse).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import lightgbm
import numpy as np

from eval import fitting
from eval.datasets import folds, load_questions
from eval.faq_gate import fit_faq
from eval.gathered import Gathered, as_found, count_priors, gather_all, with_priors
from eval.metrics import RankingFigures, best_gate, calibration_error, ranking_figures
from eval.serving import open_retriever
from knowledge.candidates import FEATURES, Priors, Scores
from knowledge.confidence import SHOWN, article_features
from knowledge.ranker import FOLDER
from knowledge.retriever import Retriever

_PARAMETERS = {
    "objective": "lambdarank",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.8,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambdarank_truncation_level": 20,
    "seed": 7,
    "deterministic": True,
    "num_threads": 2,
    "verbosity": -1,
}
_ROUNDS = 250
_MOST_ERROR = 0.10


def main() -> None:
    """Fit on every fold, report out of fold, then fit on all and write knowledge/model/."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmark", type=Path, required=True)
    parser.add_argument("--only-faq", action="store_true", help="keep the ranker and its gate")
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date())
    options = parser.parse_args()
    report: dict[str, object] = {}
    retriever = open_retriever()
    questions = load_questions(options.benchmark)
    faq_gate = fit_faq(retriever, questions, options.on, report)
    if options.only_faq:
        _update(faq_gate, report)
        return
    retriever = open_retriever()  # with the weights just fitted
    gathered = gather_all(retriever, questions, options.on)
    parts = folds(len(gathered))
    scores = out_of_fold(gathered, parts)
    report |= {"questions": len(gathered), "ranking": asdict(_ranking(gathered, scores))}
    gate = _fit_gate(retriever, gathered, scores, parts, report)
    gate |= faq_gate
    gate["measured_on"] = f"{options.benchmark.name}, {len(gathered)} questions, {options.on}"
    _write(gathered, parts, gate, report)
    print(json.dumps(report, ensure_ascii=False, indent=1))  # noqa: T201


def out_of_fold(gathered: Sequence[Gathered], parts: Sequence[int]) -> list[Scores]:
    """Scores of every question's candidates by a ranker that never saw the question."""
    scores: list[Scores] = [np.zeros(0, np.float32)] * len(gathered)
    for held in sorted(set(parts)):
        model = _fit(gathered, parts, held)
        priors = _priors_without(gathered, parts, {held})
        for i, part in enumerate(parts):
            if part == held:
                scores[i] = np.asarray(model.predict(with_priors(gathered[i], priors)), np.float32)
    return scores


def _fit(gathered: Sequence[Gathered], parts: Sequence[int], held: int | None) -> lightgbm.Booster:
    rows = [i for i, part in enumerate(parts) if part != held and any(gathered[i].right)]
    priors = {
        part: _priors_without(gathered, parts, {part} | ({held} if held is not None else set()))
        for part in set(parts)
    }
    tables = [with_priors(gathered[i], priors[parts[i]]) for i in rows]
    data = lightgbm.Dataset(
        np.concatenate(tables),
        label=np.concatenate([np.array(gathered[i].right, np.int32) for i in rows]),
        group=[len(table) for table in tables],
        feature_name=list(FEATURES),
    )
    return lightgbm.train(_PARAMETERS, data, num_boost_round=_ROUNDS)


def _priors_without(
    gathered: Sequence[Gathered], parts: Sequence[int], without: set[int]
) -> Priors:
    return count_priors(
        item.question for item, part in zip(gathered, parts, strict=True) if part not in without
    )


def _ranking(gathered: Sequence[Gathered], scores: Sequence[Scores]) -> RankingFigures:
    marks = [
        [item.right[j] for j in np.argsort(-s, kind="stable")]
        for item, s in zip(gathered, scores, strict=True)
    ]
    return ranking_figures(marks, [len(item.question.gold) for item in gathered])


def _fit_gate(
    retriever: Retriever,
    gathered: Sequence[Gathered],
    scores: Sequence[Scores],
    parts: Sequence[int],
    report: dict[str, object],
) -> dict[str, object]:
    """Logistic confidence of the first articles, out of fold, and the release threshold."""
    found = [as_found(item, retriever, s) for item, s in zip(gathered, scores, strict=True)]
    features = np.array([article_features(one) for one in found])
    right = np.array([
        any((h.article.ref.law, h.article.number) in item.question.gold for h in one.hits[:SHOWN])
        for item, one in zip(gathered, found, strict=True)
    ])  # fmt: skip
    confidence = fitting.out_of_fold(features, right, np.array(parts))
    bounded = best_gate(confidence, right, _MOST_ERROR, bound=True)
    report["gate"] = {
        "ece": calibration_error(confidence, right),
        "at_10_percent_error": asdict(best_gate(confidence, right, _MOST_ERROR, bound=False)),
        "at_10_percent_upper_bound": asdict(bounded),
    }
    weights, bias = fitting.fit_logistic(features, right)
    return {
        "articles": {"weights": weights.tolist(), "bias": bias},
        "articles_threshold": bounded.threshold,
    }


def _write(
    gathered: Sequence[Gathered],
    parts: Sequence[int],
    gate: dict[str, object],
    report: dict[str, object],
) -> None:
    FOLDER.mkdir(exist_ok=True)
    _fit(gathered, parts, None).save_model(str(FOLDER / "ranker.txt"))
    priors = count_priors(item.question for item in gathered)
    articles: dict[str, dict[str, float]] = {}
    for (law, number), count in sorted(priors.articles.items()):
        articles.setdefault(law, {})[number] = count
    laws = dict(sorted(priors.laws.items()))
    _save(FOLDER / "priors.json", {"laws": laws, "articles": articles})
    _save(FOLDER / "gate.json", gate | {"report": report})


def _update(faq_gate: dict[str, object], report: dict[str, object]) -> None:
    """Put a new FAQ fit beside the ranker's gate as it is."""
    path = FOLDER / "gate.json"
    gate = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    report = gate.get("report", {}) | report
    _save(path, gate | faq_gate | {"report": report})
    print(json.dumps(report, ensure_ascii=False, indent=1))  # noqa: T201


def _save(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
