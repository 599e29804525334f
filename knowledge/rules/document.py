"""docs/rules.md out of the code: every rule, its inputs, articles, parameters and cases.

python -m knowledge.rules.document > docs/rules.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import FactError
from knowledge.refs import print_ref
from knowledge.rules.parameters import Parameters, Value, load_parameters
from knowledge.rules.registry import RULES, apply_rule
from knowledge.rules.types import Given, Input, Result, Rule
from knowledge.rules.wording import plain

CASES = Path(__file__).parents[2] / "tests/knowledge/rules"
_HEAD = """# Rules of law

Written by `make rules-doc` from `knowledge/rules/` and `tests/knowledge/rules/`; a test holds it
current. Parameters marked **演示** are invented: the operator puts the local ones into
`county/params/*.yml`, laid out like `knowledge/rules/params/*.yml`. Those marked **需核对** were
taken from reprints and wait to be compared with what the authority published. An article of a
regulation is shown with its text only where that regulation was imported.
"""


def document(cases: Path) -> str:
    """The whole page; every line of it comes from a rule, a parameter or a case."""
    parameters = load_parameters()
    told = {rule.name: _cases(cases / f"{rule.name}.yml") for rule in RULES.values()}
    lines = [_HEAD, "| rule | 中文 | topic | cases |", "|---|---|---|---|"]
    lines += [
        f"| [`{r.name}`](#{r.name}) | {r.title} | {r.topic} | {len(told[r.name])} |"
        for r in RULES.values()
    ]
    for rule in RULES.values():
        lines += _section(rule, told[rule.name], parameters)
    return "\n".join(lines) + "\n"


def _cases(path: Path) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
    return held


def _section(rule: Rule[Any], cases: list[dict[str, Any]], parameters: Parameters) -> Iterator[str]:
    results = [made for case in cases if (made := _result(rule, case, parameters))]
    yield f"\n## {rule.name}\n\n**{rule.title}**（{rule.topic}）：{rule.about}\n"
    yield "| input | 中文 | kind | unit | required | bounds or choices |\n|---|---|---|---|---|---|"
    yield from (_input(i) for i in rule.inputs)
    refs = sorted({print_ref(ref) for result in results for ref in result.citations})
    yield "\nArticles: " + "；".join(refs)
    if rule.needs:
        yield "\n| parameter | 中文 | from | value | source |\n|---|---|---|---|---|"
        yield from (_parameter(v) for name in rule.needs for v in parameters.values[name])
    yield "\nCases:\n"
    for case in cases:
        told = f"refused: {case['refuses']}" if "refuses" in case else case["figures"]
        yield f"- {case['name']}（{case['source']}）→ {_figures(told)}"


def _result(rule: Rule[Any], case: dict[str, Any], parameters: Parameters) -> Result | None:
    if "refuses" in case:
        return None
    given = Given(case.get("today", date(2026, 11, 22)), parameters)
    try:
        return apply_rule(rule, case["facts"], given)
    except FactError:  # a case that fixes a parameter of its own
        return None


def _input(one: Input) -> str:
    if one.choices:
        bounds = "、".join(f"{label} `{code}`" for code, label in one.choices)
    else:
        bounds = " – ".join(plain(b) for b in (one.least, one.most) if b is not None)
    needed = "yes" if one.required else ""
    return f"| `{one.name}` | {one.label} | {one.kind.value} | {one.unit} | {needed} | {bounds} |"


def _parameter(value: Value) -> str:
    shown = _joined(value.table.items()) if value.table else plain(value.number)
    mark = "**演示** " if value.demo else "**需核对** " if value.unchecked else ""
    return (
        f"| `{value.name}` | {value.label} | {value.valid_from} | {mark}{shown} {value.unit} |"
        f" {value.source} |"
    )


def _figures(told: object) -> str:
    return (_joined(told.items()) or "no figure") if isinstance(told, dict) else str(told)


def _joined(pairs: Iterable[tuple[object, object]]) -> str:
    return "，".join(f"{k} {_value(v)}" for k, v in pairs)


def _value(value: object) -> str:
    return " – ".join(map(str, value)) if isinstance(value, list) else str(value)


if __name__ == "__main__":
    sys.stdout.write(document(CASES))
