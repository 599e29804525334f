"""Retrieval must not get worse unseen: a small fixed set against the committed baseline."""

from __future__ import annotations

import json

import pytest

from api.settings import Settings
from api.wiring import encoders, places
from eval.small import BASELINE, measure_small
from knowledge.errors import IndexMissing
from knowledge.learned import Learned
from knowledge.retriever import load_retriever
from nlu.normalise import normalise
from tests.conftest import ROOT

pytestmark = pytest.mark.slow
_NOISE = 0.02  # processors differ in the last bits of int8 sums


def test_no_figure_falls_below_the_baseline(settings: Settings) -> None:
    shipped = settings.model_copy(update={"data": ROOT / "var"})
    try:
        generation = places(shipped).current()
    except IndexMissing as error:
        pytest.skip(str(error))
    retriever = load_retriever(generation, encoders(shipped), Learned.load(), normalise)
    if retriever.corpus.has_regulations:
        pytest.skip("基线是在随附法律上量的，这里的索引还收了法规")
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    figures = measure_small(retriever)
    worse = {
        name: (getattr(figures, name), value)
        for name, value in baseline.items()
        if getattr(figures, name) < value - _NOISE
    }
    assert not worse
