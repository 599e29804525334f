"""Vectors of benchmark questions by the question encoders of every fold (`python -m eval.tune`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eval.datasets import Question, folds
from knowledge.candidates import Asked
from knowledge.encode import Vectors
from knowledge.retriever import Retriever

VECTORS = Path("var/train/tuned.npz")


def save_vectors(path: Path, questions: Sequence[Question], vectors: Vectors) -> None:
    """Keep float32 (folds, n, dim): each question as each fold's encoder, blind to it, sees it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, ids=np.array([q.id for q in questions]), vectors=vectors)


class OutOfFold:
    """Benchmark questions as the retriever would take them, had it never been trained on them."""

    def __init__(
        self, retriever: Retriever, questions: Sequence[Question], path: Path = VECTORS
    ) -> None:
        """Open the vectors.

        Raises:
            FileNotFoundError: `python -m eval.tune` has not been run on these questions.
        """
        if not path.is_file():
            raise FileNotFoundError(f"没有 {path}：先运行 python -m eval.tune")
        held = np.load(path)
        if held["ids"].tolist() != [question.id for question in questions]:
            raise FileNotFoundError(f"{path} 是别的题目的：先运行 python -m eval.tune")
        self.parts = folds(len(questions))
        self.tuned: Vectors = held["vectors"]
        asked = [retriever.asked(question.text) for question in questions]
        self.plain: Vectors = np.concatenate([one.plain for one in asked])
        self._words = [one.words for one in asked]

    def asked(self, i: int) -> Asked:
        """The i-th question, tuned by the encoder that never saw its fold."""
        tuned = self.tuned[self.parts[i], i]
        return Asked(self._words[i], self.plain[i][None, :], tuned[None, :])
