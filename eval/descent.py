"""What all that learn vectors share: batches of like length, the loss, warm-up, clipped steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

_Thing = TypeVar("_Thing")
_WARM = 0.1  # the share of the steps in which the rate rises


def alike(
    mixed: Sequence[_Thing], length: Callable[[_Thing], int], size: int
) -> list[list[_Thing]]:
    """Batches of things of like length, out of a list already mixed.

    >>> alike(["aaa", "b", "ccc", "d"], len, 2)
    [['b', 'd'], ['aaa', 'ccc']]
    """
    found = []
    for start in range(0, len(mixed), 8 * size):
        part = sorted(mixed[start : start + 8 * size], key=length)
        found += [part[i : i + size] for i in range(0, len(part), size)]
    return found


def astray(
    scores: torch.Tensor, held: NDArray[np.int64], right: Sequence[NDArray[np.int64]]
) -> torch.Tensor:
    """How far each text is from its right passages among those held; (n,), 0 at best.

    Args:
        scores: of every text with every passage held, already divided by the temperature, (n, m).
        held: the passages, ascending, (m,).
        right: those of each text, all held, at least one.
    """
    places = [np.searchsorted(held, rows) for rows in right]
    good = torch.stack([scores[i, place].logsumexp(0) for i, place in enumerate(places)])
    return scores.logsumexp(1) - good


def descend(
    optimiser: torch.optim.Optimizer,
    weights: list[torch.nn.Parameter],
    losses: Iterable[torch.Tensor],
    steps: int,
    label: str,
) -> None:
    """Take a step for each loss; the rate rises, then falls to nothing. `weights` are clipped."""
    warm = _WARM * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / warm) * max(0.0, 1 - step / steps)
    )
    for loss in tqdm(losses, total=steps, desc=label, unit="步"):
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        schedule.step()
