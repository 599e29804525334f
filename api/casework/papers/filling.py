"""Facts into a paper: what is known stands in the text, what is not is marked as a gap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from api.casework.errors import FormInvalid
from api.casework.papers.forms import Field, Form

_LONGEST = {"text": 5000}
_LINE = 300
_MOST = Decimal(1_000_000_000)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile(r"^([#>|])", re.MULTILINE)
_GAP = re.compile(r"(【待填：[^】]*】)")
_WIDE = {"#": "＃", ">": "＞", "|": "｜"}
#: Names under which a conversation knows what a paper calls otherwise.
_ALSO = {"opponent": ("employer", "debtor", "respondent"), "total": ("claim_total",),
         "story": ("summary",), "amount": ("principal", "total"), "repaid": ("paid",)}  # fmt: skip
# The text is no HTML: it becomes Word and PDF, and the page escapes it again.
_jinja = SandboxedEnvironment(undefined=StrictUndefined)


@dataclass(frozen=True)
class Block:
    """One paragraph: title, heading, right, plain; or a row of a table, `cells` then."""

    kind: str
    text: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A filled paper."""

    form: Form
    text: str
    blocks: tuple[Block, ...]
    missing: tuple[str, ...]


def values_from(form: Form, facts: Mapping[str, str]) -> dict[str, str]:
    """What the facts of a conversation or another paper fill in of this form."""
    known = {}
    for field in form.fields:
        names = (field.name, *_ALSO.get(field.name, ()))
        value = next((str(facts[name]) for name in names if facts.get(name)), "")
        if value:
            known[field.name] = value
    return with_total(form, known)


def checked(form: Form, raw: Mapping[str, str]) -> dict[str, str]:
    """Values as they may be kept: trimmed, bounded, figures as figures.

    Raises:
        FormInvalid: a field is too long or no number.
    """
    kept = {}
    for field in form.fields:
        value = _CONTROL.sub("", raw.get(field.name, "").replace("\r\n", "\n")).strip()
        if value:
            kept[field.name] = _checked(field, value)
    return with_total(form, kept)


def with_total(form: Form, values: Mapping[str, str]) -> dict[str, str]:
    """With the sum of the wages where it was left open and can be worked out."""
    filled = dict(values)
    names = {field.name for field in form.fields}
    if {"total", "monthly_wage", "months"} <= names and not filled.get("total"):
        try:
            total = Decimal(values["monthly_wage"]) * Decimal(values["months"])
            filled["total"] = f"{total.normalize():f}"
        except (KeyError, InvalidOperation):
            pass
    return filled


def fill(form: Form, values: Mapping[str, str]) -> Paper:
    """The paper with these values; a gap says what belongs there.

    >>> from api.casework.papers.forms import form_of
    >>> paper = fill(form_of("payment_order"), {"name": "张小满"})
    >>> paper.missing[:2], "【待填：性别】" in paper.text
    (('性别', '年龄'), True)
    """
    shown, missing = {}, []
    for field in form.fields:
        value = values.get(field.name, "")
        if not value and not field.optional:
            missing.append(field.label)
            value = f"【待填：{field.label}】"
        shown[field.name] = _MARKUP.sub(lambda match: _WIDE[match[1]], value)
    text = _jinja.from_string(form.body).render(shown, rows=_rows, remaining=_remaining(values))
    lines = [line.strip() for line in text.splitlines()]
    kept = "\n".join(line for line in lines if line)
    return Paper(form, kept, tuple(_block(line) for line in kept.split("\n")), tuple(missing))


def pieces(text: str) -> list[tuple[str, bool]]:
    """The text cut at its gaps, with whether each piece is one.

    >>> pieces("住【待填：住址】。")
    [('住', False), ('【待填：住址】', True), ('。', False)]
    """
    return [(part, bool(_GAP.fullmatch(part))) for part in _GAP.split(text) if part]


def _checked(field: Field, value: str) -> str:
    longest = _LONGEST.get(field.kind, _LINE)
    if len(value) > longest:
        raise FormInvalid(f"“{field.label}”太长：最多{longest}个字", field.name)
    if field.kind not in ("money", "number"):
        return value if field.kind == "text" else " ".join(value.split())
    try:
        number = Decimal(value.replace(",", "").replace("，", "").removesuffix("元").strip())
    except InvalidOperation as error:
        raise FormInvalid(f"“{field.label}”请写数字，例如5000", field.name) from error
    if not number.is_finite() or not 0 <= number <= _MOST:
        raise FormInvalid(f"“{field.label}”的数不对，请再看一遍", field.name)
    return f"{number.normalize():f}"


def _rows(text: str, columns: int) -> list[list[str]]:
    """Lines with parts between slashes, as rows of a table."""
    lines = [line for line in text.split("\n") if line.strip()]
    parts = [[part.strip() for part in re.split(r"[／/]", line, maxsplit=columns - 1)]
             for line in lines]  # fmt: skip
    return [row + [""] * (columns - len(row)) for row in parts]


def _remaining(values: Mapping[str, str]) -> str:
    """What is left of a loan after what was paid back."""
    try:
        left = Decimal(values["amount"]) - Decimal(values["repaid"])
    except (KeyError, InvalidOperation):
        return "【待填：还欠多少元】"
    return f"{left.normalize():f}" if left > 0 else "【待填：还欠多少元】"


def _block(line: str) -> Block:
    for mark, kind in (("# ", "title"), ("## ", "heading"), ("> ", "right")):
        if line.startswith(mark):
            return Block(kind, line.removeprefix(mark))
    if line.startswith("|"):
        return Block("row", cells=tuple(cell.strip() for cell in line.strip("|").split("|")))
    return Block("plain", line)
