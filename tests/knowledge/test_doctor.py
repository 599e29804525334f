"""Conflicts a lawyer must see."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.doctor import examine
from knowledge.statutes import LawText, read_statutes
from knowledge.types import Article, LawVersion
from tests.conftest import ROOT, STATUTES

_CORRECTIONS = ROOT / "knowledge/corrections.yml"


def _law(name: str, year: int, *texts: str, repealed: bool = False) -> LawText:
    day = date(year, 1, 1)
    version = LawVersion(f"{name}{year}", name, "法律", "", day, day, repealed=repealed)
    numbers = ("第一条", "第二条", "第三条")
    return LawText(version, tuple(map(lambda n, t: Article(version, n, t), numbers, texts)))


@pytest.fixture
def no_corrections(tmp_path: Path) -> Path:
    path = tmp_path / "corrections.yml"
    path.write_text("[]", encoding="utf-8")
    return path


def _kinds(laws: list[LawText], corrections: Path) -> list[tuple[str, str]]:
    return [(one.kind, one.law) for one in examine(laws, corrections)]


def test_repealed_by_another_law_but_marked_in_force(no_corrections: Path) -> None:
    laws = [_law("甲法", 2000, "一。"), _law("乙法", 2010, "《甲法》同时废止。")]
    assert _kinds(laws, no_corrections) == [("宣布废止却标为有效", "甲法")]


def test_marked_repealed_without_a_repeal(no_corrections: Path) -> None:
    laws = [_law("甲法", 2000, "一。", repealed=True), _law("乙法", 2010, "依照《甲法》。")]
    (conflict,) = examine(laws, no_corrections)
    assert conflict.what.endswith("《乙法》第一条引用它")
    laws.append(_law("丙法", 2020, "《甲法》同时废止。"))
    assert _kinds(laws, no_corrections) == []
    laws.append(_law("丁法", 2022, "依照《甲法》。"))
    assert _kinds(laws, no_corrections) == [("标为废止而依据不足", "甲法")]


def test_gaps_and_duplicates(no_corrections: Path) -> None:
    law = _law("甲法", 2000, "一。", "二。", "三。")
    first, _, third = law.articles
    gap = LawText(law.version, (first, third))
    assert _kinds([gap], no_corrections) == [("条文编号不连续", "甲法")]
    twice = LawText(law.version, (first, first))
    assert _kinds([twice], no_corrections) == [("重复", "甲法")]
    assert _kinds([law, law], no_corrections) == [("重复", "甲法")]


def test_the_rural_land_contracting_law_is_among_them_and_settled() -> None:
    if not STATUTES.is_file():
        pytest.skip("没有法律数据：先运行 make setup")
    found = [c for c in examine(read_statutes(STATUTES), _CORRECTIONS) if "土地承包法" in c.law]
    assert [one.kind for one in found] == ["标为废止而依据不足"]
    assert "第十条" in found[0].settled
