"""Train the adapter of the question encoder: python -m eval.tune --benchmark FILE.

The passages' vectors stay as they are; only questions are encoded while training, so that every
step can weigh a question against hundreds of near and thousands of other articles, and one epoch
takes a minute on two cores. Writes knowledge/model/query_adapter/, and for `eval.train` the
vectors of every question by an adapter that never saw its fold.

The only file that imports torch, and with knowledge/tuned_encoder.py peft.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from peft import LoraConfig, PeftModel, get_peft_model
from torch.nn import functional
from tqdm import tqdm
from transformers import AutoModel, AutoTokenizer

from eval.datasets import Question, folds, load_questions
from eval.serving import open_retriever
from eval.tuned_vectors import VECTORS, save_vectors
from knowledge.encode import Vectors
from knowledge.retriever import Retriever
from knowledge.tuned_encoder import ADAPTER

_EPOCHS, _BATCH, _RATE, _TEMPERATURE = 3, 32, 1e-3, 0.03
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


class Tower:
    """The encoder of questions while it learns."""

    def __init__(self, folder: str) -> None:
        torch.manual_seed(_SEED)
        self._tokens = AutoTokenizer.from_pretrained(folder)
        adapter = LoraConfig(
            r=16,
            lora_alpha=32,
            lora_dropout=0.1,
            target_modules=["query", "key", "value", "dense"],
        )
        plain = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.model: PeftModel = get_peft_model(plain, adapter)

    def encode(self, texts: Sequence[str]) -> torch.Tensor:
        """Vectors with their gradients; (n, dim), each row of length 1."""
        prefixed = [f"query: {text}" for text in texts]
        tokens = self._tokens(
            prefixed, padding=True, truncation=True, max_length=256, return_tensors="pt"
        )
        states = self.model(**tokens).last_hidden_state
        mask = tokens["attention_mask"][..., None].float()
        return functional.normalize((states * mask).sum(1) / mask.sum(1), dim=1)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Vectors without gradients; float32 (n, dim)."""
        self.model.eval()
        parts = [texts[i : i + _BATCH] for i in range(0, len(texts), _BATCH)]
        with torch.no_grad():
            return np.concatenate([self.encode(part).numpy() for part in parts])


def learn(tower: Tower, lessons: Sequence[Lesson], passages: Vectors, label: str) -> None:
    """Move each text towards its right passages, away from all others of its batch."""
    random = np.random.default_rng(_SEED)
    weights = [p for p in tower.model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=_RATE, weight_decay=0.01)
    steps = _EPOCHS * -(-len(lessons) // _BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, 1 - step / steps)
    )
    with tqdm(total=steps, desc=label, unit="步") as bar:
        for _ in range(_EPOCHS):
            tower.model.train()
            for batch in _batches(lessons, random):
                loss = _loss(tower, batch, passages, random)
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(weights, 1.0)
                optimiser.step()
                schedule.step()
                bar.update()


def _batches(lessons: Sequence[Lesson], random: np.random.Generator) -> list[list[Lesson]]:
    """Lessons of like length together, in random order."""
    mixed = [lessons[i] for i in random.permutation(len(lessons))]
    found = []
    for start in range(0, len(mixed), 8 * _BATCH):
        part = sorted(mixed[start : start + 8 * _BATCH], key=lambda lesson: len(lesson.text))
        found += [part[i : i + _BATCH] for i in range(0, len(part), _BATCH)]
    return [found[i] for i in random.permutation(len(found))]


def _loss(
    tower: Tower, batch: Sequence[Lesson], passages: Vectors, random: np.random.Generator
) -> torch.Tensor:
    anything = random.integers(len(passages), size=_ANY)
    right = np.array([p for lesson in batch for p in lesson.right], np.int64)
    held = np.unique(np.concatenate([anything, right, *(lesson.near for lesson in batch)]))
    scores = tower.encode([lesson.text for lesson in batch]) @ torch.tensor(passages[held]).T
    scores = scores / _TEMPERATURE
    answers = [np.searchsorted(held, np.array(lesson.right)) for lesson in batch]
    good = torch.stack([scores[i, a].logsumexp(0) for i, a in enumerate(answers)])
    count = torch.tensor([lesson.weight for lesson in batch])
    return ((scores.logsumexp(1) - good) * count).mean()


class Teacher:
    """Makes lessons of questions over one index."""

    def __init__(self, retriever: Retriever, on: date) -> None:
        self._retriever = retriever
        self._binding, self.passages = retriever.passages(on)

    def lesson(self, text: str, question: Question, weight: float) -> Lesson | None:
        """None where no article that answers is in force or held."""
        right = [p for key in question.gold for p in self._retriever.passages_of(*key)]
        right = [p for p in right if self._binding[p]]
        if not right:
            return None
        cosines = self.passages @ self._retriever.encode(text)[0]
        near = np.argpartition(np.where(self._binding, -cosines, 1.0), _NEAR)[:_NEAR]
        return Lesson(text, tuple(right), near, weight)

    def lessons(self, questions: Sequence[Question]) -> list[list[Lesson]]:
        """The lessons of each question: its own words, and an expert's key words for it."""
        found = []
        for question in tqdm(questions, desc="备课", unit="题"):
            texts = [(question.text, 1.0)]
            texts += [(question.keywords, _KEYWORDS_COUNT)] if question.keywords else []
            made = (self.lesson(text, question, weight) for text, weight in texts)
            found.append([lesson for lesson in made if lesson])
        return found


def main() -> None:
    """Train on every fold for the vectors out of fold, then on all for the adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmark", type=Path, required=True)
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date())
    options = parser.parse_args()
    questions = load_questions(options.benchmark)
    retriever = open_retriever()
    teacher = Teacher(retriever, options.on)
    lessons, parts = teacher.lessons(questions), folds(len(questions))
    texts = [question.text for question in questions]
    seen = []
    for held in sorted(set(parts)):
        tower = Tower(retriever.encoders.plain.model)
        others = [made for made, part in zip(lessons, parts, strict=True) if part != held]
        learn(tower, list(chain(*others)), teacher.passages, f"第{held + 1}折")
        seen.append(tower.vectors(texts))
    save_vectors(VECTORS, questions, np.stack(seen))
    tower = Tower(retriever.encoders.plain.model)
    learn(tower, list(chain(*lessons)), teacher.passages, "全部")
    _save(tower)


def _save(tower: Tower) -> None:
    """Half precision: the difference is below that of the int8 network made from it."""
    shutil.rmtree(ADAPTER, ignore_errors=True)
    tower.model.half().save_pretrained(str(ADAPTER))
    (ADAPTER / "README.md").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
