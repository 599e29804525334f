"""Statutes with the regulations an operator may import."""

from __future__ import annotations

import pytest

from knowledge.corpus import Corpus
from knowledge.importing.files import read_folder
from knowledge.statutes import read_statutes
from knowledge.versions import settle
from tests.conftest import ROOT, STATUTES

REGULATIONS = ROOT.parent / "shared/laws"


@pytest.fixture(scope="session")
def everything() -> Corpus:
    """Shipped statutes and the collection of regulations beside the project."""
    if not (REGULATIONS.is_dir() and STATUTES.is_file()):
        pytest.skip("没有法规语料（../shared/laws），只核对随附法律")
    statutes = read_statutes(STATUTES, ROOT / "knowledge/corrections.yml")
    return Corpus(settle([*statutes, *(r.text for r in read_folder(REGULATIONS) if r.text)]))
