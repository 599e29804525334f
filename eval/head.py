"""Fit the head of passages (knowledge/passage_head.py) to questions whose articles are known.

Neither encoder moves: every step weighs ready vectors against each other, some minutes in all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from eval.descent import astray, descend
from knowledge.encode import Vectors
from knowledge.passage_head import PassageHead

_HIDDEN, _SPREAD = 1024, 8.0
_EPOCHS, _BATCH, _RATE, _DECAY, _TEMPERATURE = 3, 128, 3e-4, 0.1, 0.03
_ANY = 2000
_SEED = 7
_Rows = NDArray[np.int64]


class _Head:
    """The head while it learns; at first it leaves every vector where it is."""

    def __init__(self, dim: int) -> None:
        torch.manual_seed(_SEED)
        self._inward = torch.nn.Linear(dim, _HIDDEN)
        self._outward = torch.nn.Linear(_HIDDEN, dim)
        torch.nn.init.zeros_(self._outward.weight)
        torch.nn.init.zeros_(self._outward.bias)

    def weights(self) -> list[torch.nn.Parameter]:
        """What learns."""
        return [*self._inward.parameters(), *self._outward.parameters()]

    def moved(self, vectors: torch.Tensor) -> torch.Tensor:
        """The vectors with their gradients, each of length 1."""
        hidden = functional.gelu(self._inward(vectors * _SPREAD), approximate="tanh")
        return functional.normalize(vectors + self._outward(hidden), dim=1)

    def kept(self, fingerprint: str) -> PassageHead:
        """As the search reads it; the spread of the small numbers goes into the weights."""
        inward, outward = self._inward, self._outward
        numbers = (inward.weight.T * _SPREAD, inward.bias, outward.weight.T, outward.bias)
        return PassageHead(fingerprint, *(one.detach().numpy().copy() for one in numbers))


def fit_head(
    fingerprint: str, questions: Vectors, right: Sequence[tuple[int, ...]], passages: Vectors
) -> PassageHead:
    """Move passages towards their questions, away from the questions of others.

    Args:
        fingerprint: of the encoder that made the passages' vectors.
        questions: float32 (n, dim), as the encoder of questions sees them.
        right: the passages that answer each question, at least one.
        passages: float32 (m, dim).
    """
    random = np.random.default_rng(_SEED)
    head, asked = _Head(passages.shape[1]), torch.tensor(questions)
    optimiser = torch.optim.AdamW(head.weights(), lr=_RATE, weight_decay=_DECAY)
    count = max(len(questions) // _BATCH, 1)
    losses = (
        _loss(head, asked, batch, right, passages, random)
        for _ in range(_EPOCHS)
        for batch in np.array_split(random.permutation(len(questions)), count)
    )
    descend(optimiser, head.weights(), losses, _EPOCHS * count, "条文")
    return head.kept(fingerprint)


def _loss(
    head: _Head,
    asked: torch.Tensor,
    batch: _Rows,
    right: Sequence[tuple[int, ...]],
    passages: Vectors,
    random: np.random.Generator,
) -> torch.Tensor:
    anything = random.integers(len(passages), size=_ANY)
    answers = [np.array(right[i], np.int64) for i in batch]
    held = np.unique(np.concatenate([anything, *answers]))
    scores = asked[batch] @ head.moved(torch.tensor(passages[held])).T / _TEMPERATURE
    return astray(scores, held, answers).mean()
