"""docs/rules.md says what the code says."""

from __future__ import annotations

from knowledge.rules.document import CASES, document
from tests.conftest import ROOT


def test_the_page_of_rules_is_current() -> None:
    written = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    assert written == document(CASES), "运行 make rules-doc 更新 docs/rules.md"
