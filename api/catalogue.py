"""Gather what the pages say into the catalogue: `make strings`, or `python -m api.catalogue`.

Templates mark words by `_("…")` and `{% trans %}`, scripts by `t("…")`, Python by `gettext("…")`.
Sentences kept in constants or raised as errors reach the page by a variable: their files stand
in `_KEPT`, and there every Chinese string of the constants named, or of a `raise`, is gathered.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from api.language import LOCALE, Language

HERE = Path(__file__).parent
ROOT = HERE.parent
_CHINESE = re.compile(r"[㐀-鿿]")
_MARKS = {"_": None, "gettext": None, "t": None}
_RAISED = "raise"
_KEPT = {
    "api/channels/contact.py": (_RAISED,),
    "api/channels/my.py": (_RAISED, "error", "wrong"),
    "api/channels/photos.py": (_RAISED,),
    "api/channels/ratings.py": (_RAISED,),
    "api/casework/uploads.py": (_RAISED,),
    "api/core/phones.py": (_RAISED,),
    "api/core/receive.py": (_RAISED,),
    "api/core/gate.py": ("UNSURE",),
    "api/core/tasks.py": (
        "STARTERS",
        "_NEXT",
        "_SMALLTALK",
        "_OUT_OF_SCOPE",
        "_PROGRESS",
        "_CLARIFY",
    ),
    "api/core/types.py": ("Stage", "LABEL_MACHINE", "LABEL_REVIEWED", "LABEL_LAWYER", "HUMAN"),
    "api/errors.py": ("_HTTP", "_UNEXPECTED"),
    "api/home/consents.py": ("FILE", "TALKS", "NOTICE"),
    "api/home/login.py": (_RAISED,),
    "api/home/ratings.py": (_RAISED, "KIND_NAMES", "GRADE_NAMES", "REASONS"),
    "api/erasure.py": ("NAMES",),
    "api/storage/contacts.py": (_RAISED,),
    "api/storage/messages.py": (_RAISED,),
    "api/storage/ratings.py": (_RAISED,),
    "api/storage/residents.py": (_RAISED, "_WRONG"),
    "api/takeaway.py": ("AUTHORS",),
    "knowledge/types.py": ("Status",),
    "speech/confidence.py": ("UNCLEAR", "SILENT", "SILENT_HELD"),
}
_HEAD = "# Words of the pages; Chinese is the message. `make strings` keeps this file up to date."
_LONG_AGO = datetime(2026, 11, 22, tzinfo=UTC)  # a date of its own would change with every run
_ABOUT: dict[str, Any] = {
    "project": "wenfa",
    "version": "1",
    "msgid_bugs_address": "docs/contributing.md",
    "last_translator": "Wenfa",
    "language_team": "Wenfa",
    "creation_date": _LONG_AGO,
    "revision_date": _LONG_AGO,
}
Found = tuple[str, str]  # words, the file they stand in


def gathered() -> list[Found]:
    """All words of the pages in both languages, in the order of their files."""
    return [*_templates(), *_scripts(), *_python(), *_kept(), *_dangers()]


def _marked(path: Path, method: str) -> Iterator[Found]:
    options = {"trimmed": "true", "silent": "false", "parse_template_string": "true"}
    for _, words, _, _ in extract_from_file(method, path, _MARKS, options=options):
        yield str(words), path.relative_to(ROOT).as_posix()


def _templates() -> Iterator[Found]:
    for path in sorted((HERE / "templates").rglob("*.html")):
        yield from _marked(path, "jinja2.ext:babel_extract")


def _scripts() -> Iterator[Found]:
    for path in sorted((HERE / "static/chat").glob("*.js")):
        yield from _marked(path, "javascript")


def _python() -> Iterator[Found]:
    for path in sorted((HERE / "channels").rglob("*.py")):
        yield from _marked(path, "python")


def _kept() -> Iterator[Found]:
    for name, kept in _KEPT.items():
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            if _name(node) in kept:
                yield from ((words, name) for words in _literals(node))


def _dangers() -> Iterator[Found]:
    """What is said first to somebody in danger, and whom to call."""
    path = HERE / "core/risks.yml"
    for danger in yaml.safe_load(path.read_text(encoding="utf-8"))["urgent"]:
        for words in (danger["say"], *(label for label, _ in danger["numbers"])):
            yield words, path.relative_to(ROOT).as_posix()


def _name(node: ast.AST) -> str:
    """What a statement gives a name to; `raise` for an error."""
    match node:
        case ast.Raise():
            return _RAISED
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.ClassDef(name=name):
            return name
    return ""


def _literals(node: ast.AST) -> Iterator[str]:
    """Chinese strings below a node; one with values in it stays as it is."""
    if isinstance(node, ast.JoinedStr):
        return
    if isinstance(node, ast.Constant) and _CHINESE.search(str(node.value)):
        yield str(node.value)
    for below in ast.iter_child_nodes(node):
        yield from _literals(below)


def renewed(language: Language) -> Catalog:
    """The catalogue as kept, with what is new in it and without what nobody says any more."""
    kept = dict(translations(language))
    catalogue = Catalog(language.value, header_comment=_HEAD, fuzzy=False, **_ABOUT)
    for words, name in gathered():
        catalogue.add(words, kept.get(words, ""), locations=[(name, 1)])
    return catalogue


def translations(language: Language) -> Iterator[Found]:
    """What is written in the catalogue: Chinese and its translation, empty where there is none."""
    with (LOCALE / f"{language.value}.po").open("rb") as file:
        yield from ((str(one.id), str(one.string)) for one in read_po(file) if one.id)


def main() -> None:
    """Write the catalogues anew; what is still to be written stays empty."""
    for language in set(Language) - {Language.CHINESE}:
        catalogue = renewed(language)
        with (LOCALE / f"{language.value}.po").open("wb") as file:
            write_po(file, catalogue, include_lineno=False, sort_by_file=True, width=0)


if __name__ == "__main__":
    main()
