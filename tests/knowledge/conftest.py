"""Statutes with the regulations an operator may import."""

from __future__ import annotations

import pytest

from knowledge.corpus import Corpus
from knowledge.markdown_laws import Unread, read_markdown
from knowledge.statutes import LawText, read_statutes
from tests.conftest import ROOT, STATUTES

REGULATIONS = ROOT.parent / "shared/laws"


@pytest.fixture(scope="session")
def everything() -> Corpus:
    """Shipped statutes and the collection of regulations beside the project."""
    if not (REGULATIONS.is_dir() and STATUTES.is_file()):
        pytest.skip("没有法规语料（../shared/laws），只核对随附法律")
    laws: list[LawText] = read_statutes(STATUTES, ROOT / "knowledge/corrections.yml")
    for path in sorted(REGULATIONS.rglob("*.md")):
        text = read_markdown(path, path.parent.name)
        if not isinstance(text, Unread):
            laws.append(text)
    return Corpus(laws)
