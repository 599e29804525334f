"""The head of passages: moves them as it was fitted to, keeps their length, is kept on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eval.head import fit_head
from knowledge.encode import Vectors
from knowledge.passage_head import PassageHead

_DIM = 16


def _unit(seed: int, count: int) -> Vectors:
    random = np.random.default_rng(seed).normal(size=(count, _DIM)).astype(np.float32)
    return random / np.linalg.norm(random, axis=1, keepdims=True)


@pytest.fixture
def head() -> PassageHead:
    random = np.random.default_rng(2)
    shapes = ((_DIM, 8), (8,), (8, _DIM), (_DIM,))
    return PassageHead("甲", *(random.normal(size=s).astype(np.float32) for s in shapes))


def test_moves_each_alone_and_keeps_the_length(head: PassageHead) -> None:
    passages = _unit(1, 5000)
    moved = head(passages)
    assert (moved.dtype, moved.shape) == (np.float32, passages.shape)
    assert np.linalg.norm(moved, axis=1) == pytest.approx(np.ones(5000), abs=1e-5)
    assert head(passages[4500:4501]) == pytest.approx(moved[4500:4501], abs=1e-5)
    assert head(passages[:0]).shape == (0, _DIM)


def test_a_head_that_adds_nothing_moves_nothing(head: PassageHead) -> None:
    still = replace(head, outward=head.outward * 0, outward_bias=head.outward_bias * 0)
    assert still(_unit(1, 3)) == pytest.approx(_unit(1, 3), abs=1e-6)
    assert still.digest != head.digest


def test_is_kept(head: PassageHead, tmp_path: Path) -> None:
    path = tmp_path / "head.npz"
    head.save(path)
    again = PassageHead.load(path)
    assert (again.fingerprint, again.digest) == ("甲", head.digest)
    assert again(_unit(1, 9)) == pytest.approx(head(_unit(1, 9)), abs=5e-3)


def test_learns_which_passage_answers() -> None:
    """Questions lie where no passage is, by a rule that can be learned."""
    passages = _unit(3, 200)
    turn = np.linalg.qr(np.random.default_rng(4).normal(size=(_DIM, _DIM)))[0].astype(np.float32)
    questions = passages @ turn
    right = [(i,) for i in range(200)]

    def found(moved: Vectors) -> float:
        return float((np.argmax(questions @ moved.T, axis=1) == np.arange(200)).mean())

    head = fit_head("甲", np.tile(questions, (12, 1)), right * 12, passages)
    assert found(passages) < 0.1
    assert found(head(passages)) > 0.8
