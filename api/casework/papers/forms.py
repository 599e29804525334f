"""The forms of papers: one file each, its fields above, its text below, for people to review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from api.casework.county import OfficeKind
from api.casework.errors import CaseUnknown
from knowledge.refs import parse_ref
from knowledge.types import ArticleRef

_HERE = Path(__file__).parent
#: In the order a resident should see them.
KINDS = (
    "labour_arbitration",
    "wage_complaint",
    "payment_order",
    "civil_debt",
    "divorce",
    "personal_injury",
    "mediation",
    "aid_application",
    "evidence_list",
    "power_of_attorney",
)


@dataclass(frozen=True)
class Field:
    """One thing to fill in; `kind` is line, text, money or number."""

    name: str
    label: str
    hint: str
    kind: str
    optional: bool


@dataclass(frozen=True)
class Form:
    """A paper with its fields in groups and its text as a template."""

    kind: str
    title: str
    use: str
    office: OfficeKind
    needs: tuple[str, ...]
    laws: tuple[ArticleRef, ...]
    groups: tuple[tuple[str, tuple[Field, ...]], ...]
    body: str

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in order."""
        return tuple(field for _, fields in self.groups for field in fields)


def form_of(kind: str) -> Form:
    """The form of a kind.

    Raises:
        CaseUnknown: there is no such paper.

    >>> form_of("payment_order").title
    '支付令申请书'
    """
    if kind not in KINDS:
        raise CaseUnknown("没有这种文书")
    return _forms()[kind]


def forms() -> tuple[Form, ...]:
    """Every form there is."""
    return tuple(_forms().values())


@cache
def _forms() -> dict[str, Form]:
    known = yaml.safe_load((_HERE / "fields.yml").read_text(encoding="utf-8"))
    return {kind: _read(_HERE / f"forms/{kind}.md", known) for kind in KINDS}


def _read(path: Path, known: Mapping[str, Mapping[str, str]]) -> Form:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    raw = yaml.safe_load(head)
    groups = tuple(
        (title, tuple(_field(name, known[name], raw) for name in names))
        for title, names in raw["fields"].items()
    )
    return Form(
        kind=path.stem,
        title=raw["title"],
        use=raw["use"],
        office=OfficeKind(raw["office"]),
        needs=tuple(raw["needs"]),
        laws=tuple(parse_ref(text) for text in raw["laws"]),
        groups=groups,
        body=body,
    )


def _field(name: str, known: Mapping[str, str], raw: Mapping[str, Any]) -> Field:
    return Field(
        name=name,
        label=raw.get("labels", {}).get(name, known["label"]),
        hint=raw.get("hints", {}).get(name, known.get("hint", "")),
        kind=known.get("kind", "line"),
        optional=name in raw.get("optional", ()),
    )
