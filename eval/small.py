"""A small fixed measure that needs nothing but the index: python -m eval.small [--write].

One colloquial wording of every third FAQ entry, searched without the FAQ's help; right are the
articles the entry cites. CI compares with eval/baselines/small.json.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

from eval.metrics import RankingFigures, ranking_figures
from eval.serving import open_serving
from knowledge.retriever import Retriever

BASELINE = Path(__file__).with_name("baselines") / "small.json"
ON = date(2026, 11, 22)
_EVERY = 3


def measure_small(retriever: Retriever) -> RankingFigures:
    """Figures of the articles found for the fixed wordings."""
    marks, gold = [], []
    for entry in retriever.faq.entries[::_EVERY] if retriever.faq else ():
        cited = {ref.whole() for ref in entry.citations}
        candidates = retriever.gather(retriever.asked(entry.wordings[1]), ON)
        hits = retriever.ranked(candidates, 10)
        marks.append([hit.article.ref in cited for hit in hits])
        gold.append(len(cited))
    return ranking_figures(marks, gold)


def main() -> None:
    """Print the figures; with --write make them the baseline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    figures = asdict(measure_small(open_serving()))
    text = json.dumps({name: round(value, 4) for name, value in figures.items()}, indent=1)
    print(text)  # noqa: T201
    if parser.parse_args().write:
        BASELINE.parent.mkdir(exist_ok=True)
        BASELINE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
