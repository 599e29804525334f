"""Fit ranker, topics and gate on a benchmark: python -m eval.train --benchmark FILE.

Run `python -m eval.tune` first: it trains the question encoder. Everything reported is out of fold.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from eval import fitting
from eval.datasets import load_questions
from eval.faq_gate import fit_faq, fit_matching
from eval.gathered import count_priors
from eval.measure import Measured, measure
from eval.metrics import best_gate, calibration_error
from eval.ranking import fit
from eval.rankings import compare
from eval.serving import open_retriever, open_serving
from eval.topics import fit_topics
from knowledge.answered import Answered
from knowledge.confidence import fit_name
from knowledge.ranker import FOLDER
from knowledge.retriever import Retriever

_MOST_ERROR = 0.10


def main() -> None:
    """Fit on every fold, report out of fold, then fit on all and write knowledge/model/."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmark", type=Path, required=True)
    parser.add_argument("--only-faq", action="store_true", help="keep the ranker and its gate")
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date())
    options = parser.parse_args()
    report: dict[str, object] = {}
    questions = load_questions(options.benchmark)
    matched = fit_matching(open_retriever())
    retriever = open_retriever()  # with the weights just fitted
    regulations = retriever.corpus.has_regulations
    measured = measure(retriever, questions, options.on)
    if not options.only_faq and (regulations or not (FOLDER / "ranker.txt").is_file()):
        _save_ranker(measured, retriever)
    gate = fit_faq(open_serving(), matched, measured, options.on, report)
    if not options.only_faq:
        gate |= _fit_gate(measured, report)
        report["topics"] = fit_topics(retriever, questions)
        report |= {"questions": len(questions), "articles": len(retriever.corpus.articles)}
        report["rankings"] = {name: asdict(one) for name, one in compare(measured).items()}
    gate["measured_on"] = f"{options.benchmark.name}, {len(questions)} questions, {options.on}"
    _save_gate(regulations, gate | {"report": report})
    print(json.dumps(report, ensure_ascii=False, indent=1))  # noqa: T201


def _fit_gate(measured: Measured, report: dict[str, object]) -> dict[str, object]:
    """Logistic confidence of the first articles, and the release threshold."""
    confidence, right = measured.confidence, measured.right
    bounded = best_gate(confidence, right, _MOST_ERROR, bound=True)
    report["gate"] = {
        "ece": calibration_error(confidence, right),
        "at_10_percent_error": asdict(best_gate(confidence, right, _MOST_ERROR, bound=False)),
        "at_10_percent_upper_bound": asdict(bounded),
    }
    weights, bias = fitting.fit_logistic(measured.features, right)
    return {
        "articles": {"weights": weights.tolist(), "bias": bias},
        "articles_threshold": bounded.threshold,
    }


def _save_ranker(measured: Measured, retriever: Retriever) -> None:
    """The ranker serves both corpora: it is fitted on the larger, where more questions count."""
    fit(measured.lessons).save_model(str(FOLDER / "ranker.txt"))
    questions = [item.question for item in measured.gathered]
    priors = count_priors(questions)
    articles: dict[str, dict[str, float]] = {}
    for (law, number), count in sorted(priors.articles.items()):
        articles.setdefault(law, {})[number] = count
    laws = dict(sorted(priors.laws.items()))
    _save(FOLDER / "priors.json", {"laws": laws, "articles": articles})
    asked = [retriever.asked(question.text) for question in questions]
    Answered(
        np.concatenate([one.plain for one in asked]),
        np.concatenate([one.tuned for one in asked]),
        tuple(tuple(sorted(question.gold)) for question in questions),
    ).save()


def _save_gate(regulations: bool, changed: dict[str, object]) -> None:
    """Put a fit into gate.json, leaving the other corpus's as it is."""
    path, name = FOLDER / "gate.json", fit_name(regulations)
    held = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    before = held.get(name, {})
    report = {"report": before.get("report", {}) | changed.pop("report", {})}
    _save(path, held | {name: before | changed | report})


def _save(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
