"""The cost of an index by its size is measured on whole laws, each size within the next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.growth import first, measure
from eval.plots import growth
from knowledge.corpus import Corpus
from knowledge.encode import Encoder, Encoders
from knowledge.statutes import read_statutes
from knowledge.versions import settle
from tests.conftest import ROOT, STATUTES

ENCODER = ROOT / "var/models/e5"


@pytest.mark.slow
def test_each_size_counts_all_that_was_encoded_before_it(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not ENCODER.is_dir():
        pytest.skip("没有编码模型：先运行 make setup")
    laws = settle(read_statutes(STATUTES, ROOT / "knowledge/corrections.yml"))
    small = sorted(laws, key=lambda law: len(law.articles))
    assert first(small, 1) == small[:1]
    less, more = measure(small, (40, 90), Encoders(Encoder(str(ENCODER), 2)), tmp_path)
    assert 40 <= less.articles < 90 <= more.articles <= len(corpus.articles)
    assert more.encoding > less.encoding and more.building > more.encoding
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["articles"] for line in lines] == [less.articles, more.articles]
    drawn = growth([less.articles, more.articles], [less.building, more.building])
    assert drawn.startswith("<svg") and "seconds" in drawn
