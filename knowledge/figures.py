"""Figures with a unit in Chinese text: do those of an answer stand in the articles it cites?"""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.numbers import from_chinese

_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"
_UNIT = r"个工作日|工作日|个月|小时|周岁|日|天|月|年|岁|倍|元|[%％]"
_PATTERN = re.compile(
    rf"(?P<date>\d{{4}}年(?:\d+月(?:\d+日)?)?|{_NUMBER}月{_NUMBER}日)"
    rf"|百分之(?P<percent>{_NUMBER})"
    rf"|(?P<below>{_NUMBER})分之(?P<above>{_NUMBER})"
    rf"|(?P<half>半)(?P<half_unit>年|个月)"
    rf"|(?P<number>{_NUMBER})(?P<scale>[万亿]?)\s*(?P<unit>{_UNIT})"
)
_SAME = {"天": "日", "个月": "月", "周岁": "岁", "％": "%", "个工作日": "工作日"}
_SCALE = {"": 1, "万": 10_000, "亿": 100_000_000}


def figures(text: str) -> set[tuple[Decimal, str]]:
    """Every figure with its unit, written one way; calendar dates are left out.

    >>> sorted(figures("30天内，按百分之五十以上1倍以下，罚款二万元，自2026年1月1日起"))
    [(Decimal('1'), '倍'), (Decimal('30'), '日'), (Decimal('50'), '%'), (Decimal('20000'), '元')]
    """
    found = set()
    for match in _PATTERN.finditer(text):
        if match["date"]:
            continue
        if match["percent"]:
            found.add((_value(match["percent"]), "%"))
        elif match["below"]:
            found.add((_value(match["above"]) / _value(match["below"]), "分"))
        elif match["half"]:
            found.add(
                (Decimal("6"), "月") if match["half_unit"] == "年" else (Decimal("0.5"), "月")
            )
        else:
            unit = _SAME.get(match["unit"], match["unit"])
            found.add((_value(match["number"]) * _SCALE[match["scale"]], unit))
    return found


def unsupported(text: str, sources: str) -> list[str]:
    """Figures of the text that stand nowhere in the sources, printed for a reader.

    >>> unsupported("应当在15天内答复，赔偿3倍", "自收到之日起十五日内答复")
    ['3倍']
    """
    missing = figures(text) - figures(sources)
    return sorted(f"{value.normalize():f}{unit}" for value, unit in missing)


def _value(text: str) -> Decimal:
    plain = text.replace(",", "")
    return Decimal(plain) if plain[0].isdigit() else Decimal(from_chinese(plain))
