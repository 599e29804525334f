"""Scores of the intent classifier from bot/crossval.py: python -m eval.dialogue CROSSVAL.json."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

_FALLBACK = 0.3
_PAIRS = 15
_OUT = "out_of_scope"
#: Questions of all topics are answered alike: the search finds their topic, not the intent.
_QUESTION = re.compile(r"ask_(?!referral)")


def scores(wanted: Sequence[str], said: Sequence[str]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each intent.

    >>> scores(["a", "a", "b"], ["a", "b", "b"])["b"]
    (0.5, 1.0, 0.6666666666666666)
    """
    found = {}
    right = Counter(w for w, s in zip(wanted, said, strict=True) if w == s)
    there, named = Counter(wanted), Counter(said)
    for intent in sorted(there):
        precision = right[intent] / named[intent] if named[intent] else 0.0
        recall = right[intent] / there[intent]
        total = precision + recall
        found[intent] = (precision, recall, 2 * precision * recall / total if total else 0.0)
    return found


def confusions(wanted: Sequence[str], said: Sequence[str]) -> list[tuple[str, str, int]]:
    """Most frequent mistakes: wanted, said, how often."""
    wrong = Counter((w, s) for w, s in zip(wanted, said, strict=True) if w != s)
    return [(*pair, times) for pair, times in wrong.most_common(_PAIRS)]


def done(intent: str) -> str:
    """What an intent brings about.

    >>> done("ask_land"), done("ask_referral"), done("greet")
    ('question', 'ask_referral', 'greet')
    """
    return "question" if _QUESTION.match(intent) else intent


def main() -> None:
    """Print a row a pipeline, then F1 and confusions of the last one."""
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    wanted = report["intents"]
    lines = [
        f"{len(wanted)} examples, {len(set(wanted))} intents",
        "| pipeline | accuracy | macro F1 | right thing done | out-of-scope recall | fallback |",
        "|---|---|---|---|---|---|",
    ]
    said: list[str] = []
    for name, predicted in report["pipelines"].items():
        said = [one["intent"] for one in predicted]
        each = scores(wanted, said)
        right = sum(w == s for w, s in zip(wanted, said, strict=True)) / len(wanted)
        macro = sum(f1 for _, _, f1 in each.values()) / len(each)
        unsure = sum(one["confidence"] < _FALLBACK for one in predicted) / len(predicted)
        same = sum(done(w) == done(s) for w, s in zip(wanted, said, strict=True)) / len(wanted)
        figures = (right, macro, same, each[_OUT][1], unsure)
        lines.append(f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")
    lines += [f"{intent:28} F1 {f1:.3f}" for intent, (_, _, f1) in scores(wanted, said).items()]
    lines += [f"{times:4} {w} taken for {s}" for w, s, times in confusions(wanted, said)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
