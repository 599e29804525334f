"""The nearest passages: every one read when they are few, rough codes first when they are many."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge.dense import DenseIndex
from knowledge.encode import Vectors

DIM, LIMIT = 64, 50


def vectors(count: int) -> Vectors:
    """Texts about 200 matters: near each other within one, far between two."""
    chance = np.random.default_rng(7)
    matters = chance.normal(size=(200, DIM))
    made = matters[chance.integers(200, size=count)] + 0.5 * chance.normal(size=(count, DIM))
    unit: Vectors = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    return unit


@pytest.mark.parametrize("count", [3, 9_999, 12_000], ids=["few", "scanned", "rough codes first"])
def test_nearest_passages_are_found_and_told_exactly(count: int, tmp_path: Path) -> None:
    held, asked = vectors(count), vectors(12_040)[-40:]
    DenseIndex.build(held).save(tmp_path / "passages")
    index = DenseIndex.load(tmp_path / "passages")
    cosines, rows = index.search(asked, LIMIT)
    exact = asked @ held.T
    right = np.argsort(-exact, axis=1)[:, :10]
    found = [len(set(near) & set(best)) for near, best in zip(rows, right, strict=True)]
    assert len(index) == count
    assert np.mean(found) >= 0.98 * min(10, count)
    assert np.allclose(cosines, np.take_along_axis(exact, rows, axis=1), atol=2e-3)
    assert np.allclose(index.vectors(rows[0]), held[rows[0]], atol=2e-3)


def test_a_process_that_searches_has_no_spinning_threads() -> None:
    code = (
        "import api.asgi, numpy; from threadpoolctl import threadpool_info;"
        "print([p['num_threads'] for p in threadpool_info() if 'numpy' in p['filepath']])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[1]"
