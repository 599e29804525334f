"""Facts as people and programs send them, read into a rule's dataclass.

A page sends text, a program JSON, the dialogue slots. What cannot be read brings a sentence that
says which fact and what it should look like.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from knowledge.errors import FactError
from knowledge.numbers import from_chinese, to_chinese
from knowledge.rules.types import F, Input, Kind, Rule

_LONGEST = 60
_UNIT = r"(万?)(?:元|块钱?|个月|月|天|日|年|小时|岁|个|人|%)?"
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)" + _UNIT)
_CHINESE = re.compile(r"([零〇一二两三四五六七八九十百千]+)" + _UNIT)
_DATE = re.compile(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?")
_YES = {"是", "true", "1", "yes", "on", "有"}
_NO = {"否", "false", "0", "no", "off", "没有", "不是"}
_NOTHING = {"", "none", "null"}


def read_facts(rule: Rule[F], raw: Mapping[str, object]) -> F:
    """The rule's facts.

    Raises:
        FactError: a fact is missing, cannot be read, or is out of bounds; it names the field.
    """
    values: dict[str, Any] = {}
    for wanted in rule.inputs:
        if is_told(raw, wanted.name):
            values[wanted.name] = _read(wanted, _text(raw[wanted.name]))
        elif wanted.required:
            raise FactError(f"还不知道“{wanted.label}”。{wanted.help}".strip(), wanted.name)
    return rule.facts(**values)


def is_told(raw: Mapping[str, object], name: str) -> bool:
    """Whether a fact was told; an empty field and the dialogue's empty slot say nothing."""
    return _text(raw.get(name)).lower() not in _NOTHING


def unknown_facts(rule: Rule[Any], raw: Mapping[str, object]) -> list[str]:
    """Names sent that the rule does not know."""
    return sorted(set(raw) - {wanted.name for wanted in rule.inputs})


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str | int | float | Decimal | date):
        return "?"
    return unicodedata.normalize("NFKC", str(value)).strip()


def _read(wanted: Input, text: str) -> Any:
    if len(text) > _LONGEST:
        raise FactError(f"“{wanted.label}”太长了，最多{_LONGEST}个字", wanted.name)
    match wanted.kind:
        case Kind.MONEY | Kind.NUMBER | Kind.WHOLE:
            return _number(wanted, text)
        case Kind.DATE:
            return _date(wanted, text)
        case Kind.CHOICE:
            return _choice(wanted, text)
        case Kind.YES_NO:
            return _yes_no(wanted, text)
    return text


def _number(wanted: Input, text: str) -> Decimal | int:
    value = _decimal(text.replace(",", "").replace(" ", ""))
    if value is None:
        raise FactError(f"“{wanted.label}”看不出是多少：{text}。请填数字，比如 5000", wanted.name)
    if wanted.kind is Kind.WHOLE and value != value.to_integral_value():
        raise FactError(f"“{wanted.label}”要填整数，不能是{text}", wanted.name)
    low, high = wanted.least, wanted.most
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = f"{_plain(low)}到{_plain(high)}{wanted.unit}之间"
        raise FactError(f"“{wanted.label}”填的是{text}，应该在{bounds}，请再看一下", wanted.name)
    return int(value) if wanted.kind is Kind.WHOLE else value


def _decimal(text: str) -> Decimal | None:
    match = _NUMBER.fullmatch(text) or _CHINESE.fullmatch(text)
    if not match:
        return None
    try:
        value = Decimal(match[1]) if match[1][-1].isascii() else _written_out(match[1])
    except (InvalidOperation, ValueError):
        return None
    return value * 10_000 if match[2] else value


def _written_out(text: str) -> Decimal:
    """A Chinese number in full; 五千五 could be 5005 or 5500 and is refused."""
    number = from_chinese(text)
    if to_chinese(number) != text.replace("两", "二").replace("〇", "零"):
        raise ValueError(text)
    return Decimal(number)


def _date(wanted: Input, text: str) -> date:
    match = _DATE.fullmatch(text)
    try:
        if match:
            return date(*map(int, match.groups()))
    except ValueError:
        pass
    raise FactError(
        f"“{wanted.label}”不是一个日期：{text}。请写成 2026-11-22 或者 2026年11月22日", wanted.name
    )


def _choice(wanted: Input, text: str) -> str:
    for code, label in wanted.choices:
        if text in (code, label):
            return code
    offered = "、".join(label for _code, label in wanted.choices)
    raise FactError(f"“{wanted.label}”只能是：{offered}", wanted.name)


def _yes_no(wanted: Input, text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise FactError(f"“{wanted.label}”请填“是”或者“否”", wanted.name)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():,f}"
