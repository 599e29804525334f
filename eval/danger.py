"""Fit and measure the danger model: python -m eval.danger [--fit].

Fitted on eval/danger.yml, on two of the files of tests/api/risks and, as harmless, on the
dialogue's examples and the FAQ's wordings that no pattern names; measured on messages nothing was
fitted to.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression

from api.core.risks import alarm, caution, raised
from knowledge.danger import FILE, MEANING, DangerModel, Vector, centred, grams
from knowledge.encode import Encoder
from nlu.normalise import normalise

ROOT = Path(__file__).parents[1]
MESSAGES = ROOT / "tests/api/risks"
#: Messages the model may learn from, and those it never sees.
FITTED, HELD_OUT = ("tuning", "fresh"), ("held_out", "unseen", "unseen_again", "unseen_third")
_REGULARISATION = 10.0
#: What an everyday message counts beside one about danger: there are six times as many.
_EVERYDAY = 0.2
_ENCODER = "var/models/e5"


@dataclass(frozen=True)
class Told:
    """A message with its kind of danger; "" is harmless."""

    text: str
    kind: str
    weight: float = 1.0


def told(path: Path) -> list[Told]:
    """Messages of one file: `urgent` and `harmless`, each a list by kind."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    urgent = [Told(normalise(t), kind) for kind, texts in raw["urgent"].items() for t in texts]
    harmless = [Told(normalise(t), "") for texts in raw["harmless"].values() for t in texts]
    return urgent + harmless


def training() -> list[Told]:
    """Everything the model may learn from."""
    own = told(Path(__file__).with_suffix(".yml"))
    tuned = [message for name in FITTED for message in told(MESSAGES / f"{name}.yml")]
    everyday = [normalise(text) for text in (*examples(), *wordings())]
    return own + tuned + [Told(text, "", _EVERYDAY) for text in everyday if alarm(text) is None]


def examples() -> Iterator[str]:
    """What the dialogue learns its intents from."""
    for path in sorted((ROOT / "bot/data/nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in block:
                yield from (line.removeprefix("- ") for line in block["examples"].splitlines())


def wordings() -> Iterator[str]:
    """Questions of the FAQ in all their wordings."""
    for path in sorted((ROOT / "knowledge/faq").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["entries"]:
            yield from (entry["question"], *entry.get("variants", ()), *entry.get("dialect", ()))


def fit(messages: list[Told], encoder: Encoder) -> dict[str, NDArray[np.generic]]:
    """Weights of danger against none, and of the kinds among each other."""
    embeddings = vectors(messages, encoder)
    mean = embeddings.mean(axis=0).astype(np.float64)
    meaning = centred(embeddings, mean)
    counted = vstack([csr_matrix(grams(message.text)) for message in messages])
    rows = hstack([counted, csr_matrix(MEANING * meaning)]).tocsr()
    urgent = np.array([bool(message.kind) for message in messages])
    model = LogisticRegression(C=_REGULARISATION, class_weight="balanced", solver="liblinear")
    model.fit(rows, urgent, sample_weight=[message.weight for message in messages])
    kinds = LogisticRegression(C=_REGULARISATION, max_iter=2000)
    kinds.fit(meaning[urgent], [message.kind for message in messages if message.kind])
    return {
        "mean": mean.astype(np.float32),
        "weights": model.coef_[0].astype(np.float16),
        "bias": model.intercept_[0].astype(np.float32),
        "kind_weights": kinds.coef_.T.astype(np.float16),
        "kind_bias": kinds.intercept_.astype(np.float32),
        "kinds": np.array(kinds.classes_, dtype=np.str_),
    }


def vectors(messages: list[Told], encoder: Encoder) -> Vector:
    """Embeddings made one at a time, as messages come: int8 rounds a batch otherwise."""
    return np.vstack([encoder.queries([message.text]) for message in messages])


def report(name: str, messages: list[Told], encoder: Encoder) -> str:
    """Recall and false alarms of patterns, of patterns and model, and of the gentler notice."""
    model = DangerModel.load()
    embeddings = vectors(messages, encoder)
    rows = []
    for message, embedding in zip(messages, embeddings, strict=True):
        danger = model.judge(message.text, embedding)
        named = alarm(message.text) is not None
        sensed = raised(message.text, danger) is not None
        noticed = sensed or bool(caution(message.text, danger))
        rows.append((bool(message.kind), named, sensed, noticed))
        if "-v" in sys.argv and bool(message.kind) != sensed:
            sys.stdout.write(f"  {message.kind or '-'} {danger.probability:.2f} {message.text}\n")
    counted = np.array(rows)
    urgent, harmless = counted[counted[:, 0]][:, 1:], counted[~counted[:, 0]][:, 1:]
    shares = " | ".join(
        f"{recall:.3f} / {false:.3f}"
        for recall, false in zip(urgent.mean(axis=0), harmless.mean(axis=0), strict=True)
    )
    return f"| {name} | {len(urgent)} / {len(harmless)} | {shares} |"


def main() -> None:
    """Fit if asked to, then print one row a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="write knowledge/model/danger.npz anew")
    parser.add_argument("-v", action="store_true", help="list the messages judged wrongly")
    options = parser.parse_args()
    encoder = Encoder(_ENCODER, 1)  # threads would wait for each other where others work too
    if options.fit:
        np.savez_compressed(FILE, **fit(training(), encoder))  # type: ignore[arg-type]
    head = "| messages | urgent / harmless | patterns: recall / false | with model | with notice |"
    sys.stdout.write(head + "\n")
    for name in (*FITTED, *HELD_OUT):
        sys.stdout.write(report(name, told(MESSAGES / f"{name}.yml"), encoder) + "\n")


if __name__ == "__main__":
    main()
