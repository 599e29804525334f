"""Train the adapter of the question encoder and the head of passages: python -m eval.tune.

First on the questions written for articles (knowledge/written), which belong to no fold: the
encoder learns them against the plain passages, then the head moves the passages towards them
(docs/adr/0013). Then on the benchmark's, against the moved passages. Only questions are encoded
while training, so that every step can weigh one against hundreds of near and thousands of others.

Writes the adapter, the head and the written questions' vectors to knowledge/model/, and for
`eval.train` the vectors of every question by an adapter that never saw its fold.

With eval/tower.py, head.py, tune_intents.py and descent.py the only files that import torch;
knowledge/tuned_encoder.py imports peft.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray

from eval.datasets import Question, folds, load_questions
from eval.descent import alike, astray, descend
from eval.head import fit_head
from eval.serving import open_retriever
from eval.tower import Tower
from eval.tuned_vectors import VECTORS, save_vectors
from knowledge.encode import Encoder, Vectors
from knowledge.quantise import quantise
from knowledge.retriever import Retriever
from knowledge.tuned_encoder import ADAPTER, merge
from knowledge.written import load_written
from knowledge.written_vectors import WrittenVectors

_BATCH, _RATE, _TEMPERATURE = 32, 1e-3, 0.03
_WRITTEN_EPOCHS, _EPOCHS = 1, 2
_NEAR, _ANY = 100, 1500
_KEYWORDS_COUNT = 0.6  # what an expert's key words weigh beside the person's own question
_SEED = 7


@dataclass(frozen=True)
class Lesson:
    """A text, the passages that answer it, others near it, and what it weighs in the loss."""

    text: str
    right: tuple[int, ...]
    near: NDArray[np.int64]
    weight: float


def learn(
    tower: Tower, lessons: Sequence[Lesson], passages: Vectors, label: str, epochs: int
) -> None:
    """Move each text towards its right passages, away from all others of its batch."""
    random = np.random.default_rng(_SEED)
    weights = [p for p in tower.model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=_RATE, weight_decay=0.01)
    steps = epochs * -(-len(lessons) // _BATCH)
    tower.model.train()
    losses = (
        _loss(tower, batch, passages, random)
        for _ in range(epochs)
        for batch in _batches(lessons, random)
    )
    descend(optimiser, weights, losses, steps, label)


def _batches(lessons: Sequence[Lesson], random: np.random.Generator) -> list[list[Lesson]]:
    """Lessons of like length together, in random order."""
    mixed = [lessons[i] for i in random.permutation(len(lessons))]
    found = alike(mixed, lambda lesson: len(lesson.text), _BATCH)
    return [found[i] for i in random.permutation(len(found))]


def _loss(
    tower: Tower, batch: Sequence[Lesson], passages: Vectors, random: np.random.Generator
) -> torch.Tensor:
    anything = random.integers(len(passages), size=_ANY)
    answers = [np.array(lesson.right, np.int64) for lesson in batch]
    held = np.unique(np.concatenate([anything, *answers, *(lesson.near for lesson in batch)]))
    scores = tower.encode([lesson.text for lesson in batch]) @ torch.tensor(passages[held]).T
    count = torch.tensor([lesson.weight for lesson in batch])
    return (astray(scores / _TEMPERATURE, held, answers) * count).mean()


class Teacher:
    """Makes lessons of questions over one index."""

    def __init__(self, retriever: Retriever, on: date) -> None:
        self._retriever = retriever
        self._binding, self.passages = retriever.passages(on)

    def of(self, questions: Sequence[Question]) -> list[list[Lesson]]:
        """The lessons of each question: its own words, and an expert's key words for it."""
        told = [(i, one.text, 1.0) for i, one in enumerate(questions)]
        told += [(i, one.keywords, _KEYWORDS_COUNT) for i, one in enumerate(questions)]
        told = [(i, text, weight) for i, text, weight in told if text]
        vectors = self._retriever.encoders.plain.queries([text for _, text, _ in told])
        nearest = self._retriever.nearest_passages(vectors, 2 * _NEAR)
        right = [self._right(question) for question in questions]
        found: list[list[Lesson]] = [[] for _ in questions]
        for (i, text, weight), near in zip(told, nearest, strict=True):
            if right[i]:
                others = near[self._binding[near]][:_NEAR]
                found[i].append(Lesson(text, right[i], others, weight))
        return found

    def _right(self, question: Question) -> tuple[int, ...]:
        """The passages that answer; none where no such article is in force or held."""
        held = (p for key in question.gold for p in self._retriever.passages_of(*key))
        return tuple(p for p in held if self._binding[p])


def main() -> None:
    """Train on every fold for the vectors out of fold, then on all for the adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmark", type=Path, required=True)
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date())
    options = parser.parse_args()
    questions = load_questions(options.benchmark)
    retriever = open_retriever()
    teacher, folder = Teacher(retriever, options.on), retriever.encoders.plain.model
    first, passages = _from_written(teacher, retriever.encoders.plain)
    start = first.weights()
    lessons, parts = teacher.of(questions), folds(len(questions))
    texts = [question.text for question in questions]
    seen = []
    for held in sorted(set(parts)):
        tower = Tower(folder, start)
        others = [made for made, part in zip(lessons, parts, strict=True) if part != held]
        learn(tower, list(chain(*others)), passages, f"第{held + 1}折", _EPOCHS)
        seen.append(tower.vectors(texts))
    save_vectors(VECTORS, questions, np.stack(seen))
    tower = Tower(folder, start)
    learn(tower, list(chain(*lessons)), passages, "全部", _EPOCHS)
    tower.save(ADAPTER)


def _from_written(teacher: Teacher, plain: Encoder) -> tuple[Tower, Vectors]:
    """Learn what belongs to no fold; the encoder so far, and the passages as the head moves them.

    Keeps the head, and the written questions as that encoder sees them.
    """
    written = load_written()
    questions = [Question(f"{i}", one.text, frozenset({one.key})) for i, one in enumerate(written)]
    lessons = list(chain(*teacher.of(questions)))
    tower = Tower(plain.model)
    learn(tower, lessons, teacher.passages, "写好的", _WRITTEN_EPOCHS)
    texts = list(dict.fromkeys(one.text for one in written))
    vectors = _served(tower, plain.model, texts)
    WrittenVectors.of(plain.fingerprint, texts, plain.queries(texts), vectors).save()
    place = {text: i for i, text in enumerate(texts)}
    asked = vectors[[place[lesson.text] for lesson in lessons]]
    right = [lesson.right for lesson in lessons]
    head = fit_head(plain.fingerprint, asked, right, teacher.passages)
    head.save()
    return tower, head(teacher.passages)


def _served(tower: Tower, plain: str, texts: Sequence[str]) -> Vectors:
    """Vectors by the int8 network that would serve if learning ended here; float32 (n, dim)."""
    start = tower.weights()
    with TemporaryDirectory() as scratch:
        adapter, merged = Path(scratch) / "adapter", Path(scratch) / "merged"
        Tower(plain, start).save(adapter)
        merge(Path(plain), adapter, merged)
        quantise(merged)
        found = Encoder(str(merged)).queries(texts)
    return found


if __name__ == "__main__":
    main()
