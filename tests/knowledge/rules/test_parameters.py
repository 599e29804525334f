"""Dated values: what ships, what an operator puts in its place, and files that cannot be used."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.errors import FactError, ParametersInvalid
from knowledge.rules.parameters import load_parameters

LOCAL = """
average_wage_month:
  label: 本地区上年度职工月平均工资
  unit: 元/月
  source: 某市统计公报
  values:
    - {valid_from: 2026-07-01, value: "8123.45"}
    - {valid_from: 2025-07-01, value: 8000}
"""


def test_every_shipped_value_has_unit_day_and_source() -> None:
    values = [v for held in load_parameters().values.values() for v in held]
    assert [v.name for v in values if not (v.unit and v.source and v.label)] == []
    assert [v.name for v in values if v.demo != ("演示" in v.source)] == []


def test_the_operators_file_replaces_the_demonstration(tmp_path: Path) -> None:
    (tmp_path / "local.yml").write_text(LOCAL, encoding="utf-8")
    held = load_parameters(tmp_path)
    before, after = (held.on("average_wage_month", date(2026, month, 30)) for month in (6, 7))
    assert (before.number, after.number) == (Decimal(8000), Decimal("8123.45"))
    assert not after.demo and after.source == "某市统计公报"
    with pytest.raises(FactError, match=r"2025年6月30日的“本地区上年度职工月平均工资”没有录入"):
        held.on("average_wage_month", date(2025, 6, 30))
    assert held.on("paid_days_month", date(2026, 1, 1)).number == Decimal("21.75")


@pytest.mark.parametrize(
    "broken",
    [
        "a: [",
        "a: 5",
        "a: {label: 甲, unit: 元, values: [{valid_from: 2026-01-01, value: 1}]}",
        "a: {label: 甲, unit: 元, source: 乙, values: [{value: 1}]}",
        "a: {label: 甲, unit: 元, source: 乙, values: [{valid_from: soon, value: 1}]}",
        "a: {label: 甲, unit: 元, source: 乙, values: [{valid_from: 2026-01-01, value: 多}]}",
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, broken: str) -> None:
    (tmp_path / "broken.yml").write_text(broken, encoding="utf-8")
    with pytest.raises(ParametersInvalid, match=r"broken\.yml"):
        load_parameters(tmp_path)
