"""One self-contained page of figures: python -m eval.report --benchmark FILE [--out DIR].

Everything is out of fold: every question was ranked, and its confidence fitted, by models that
never saw it. Writes report.html and report.json.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape

from eval import plots
from eval.datasets import load_questions
from eval.measure import Measured, measure
from eval.metrics import best_gate, calibration_error, risk_coverage
from eval.parity import by_kind, by_topic
from eval.rankings import compare
from eval.rival import beside
from eval.serving import open_retriever, open_serving
from eval.worst import worst

_TEMPLATES = Path(__file__).with_name("templates")
_MOST_ERROR = 0.10


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmark", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("var/report"))
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date())
    options = parser.parse_args()
    if not options.benchmark.is_file():
        raise SystemExit(f"没有评测数据 {options.benchmark}：用 BENCHMARK=… 指定，或只跑 make test")
    questions = load_questions(options.benchmark)
    measured = measure(open_retriever(), questions, options.on)
    rivals = beside(open_serving(), questions, options.on)
    figures = summary(measured) | {"beside": [asdict(one) for one in rivals or ()]}
    figures["measured_on"] = f"{options.benchmark.name}，{len(questions)}题，{options.on}"
    options.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    (options.out / "report.json").write_text(text + "\n", encoding="utf-8")
    (options.out / "report.html").write_text(page(measured, figures), encoding="utf-8")
    print(f"评测报告：{options.out / 'report.html'}")  # noqa: T201


def summary(measured: Measured) -> dict[str, object]:
    """All figures, as JSON holds them."""
    confidence, right = measured.confidence, measured.right
    return {
        "rankings": {name: asdict(figure) for name, figure in compare(measured).items()},
        "gate": {
            "ece": calibration_error(confidence, right),
            "aurc": risk_coverage(confidence, right)[2],
            "shown_right": float(right.mean()),
            "error_10": asdict(best_gate(confidence, right, _MOST_ERROR, bound=False)),
            "upper_10": asdict(best_gate(confidence, right, _MOST_ERROR, bound=True)),
        },
        "topics": by_topic(measured),
        "kinds": by_kind(measured),
    }


def page(measured: Measured, figures: dict[str, object]) -> str:
    """The report with its plots inside."""
    loader = FileSystemLoader(_TEMPLATES)
    environment = Environment(loader=loader, autoescape=select_autoescape(), trim_blocks=True)
    return environment.get_template("report.html").render(
        figures=figures,
        reliability=plots.reliability(measured.confidence, measured.right),
        coverage=plots.coverage(measured.confidence, measured.right),
        worst=worst(measured, 50),
    )


if __name__ == "__main__":
    main()
