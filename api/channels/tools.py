"""The calculators: pages that work without chat and without script, and their API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.citing import today
from api.core.calculating import Calculation, due_soon, work_out
from api.core.errors import FactInvalid, RuleMissing
from api.core.ports import Services
from api.core.types import Citation
from api.pages import render
from knowledge.rules.reading import unknown_facts
from knowledge.rules.registry import RULES
from knowledge.rules.types import Given, Rule
from knowledge.rules.wording import chinese_date, shown

router = APIRouter()
Name = Annotated[str, Path(pattern=r"^[a-z0-9_]{1,40}$")]
_MOST_FACTS = 60


class InputOut(BaseModel):
    """One fact a calculator asks for."""

    name: str
    label: str
    kind: str
    unit: str
    required: bool
    help: str
    proof: list[str]
    choices: dict[str, str]
    least: str | None
    most: str | None


class RuleOut(BaseModel):
    """One calculator."""

    name: str
    title: str
    topic: str
    about: str
    inputs: list[InputOut]


class RulesOut(BaseModel):
    """Every calculator."""

    rules: list[RuleOut]


class FactsIn(BaseModel):
    """What is known; numbers may be numbers or text, dates are ISO text."""

    facts: dict[str, str | int | float | bool | None] = Field(
        max_length=_MOST_FACTS, examples=[{"monthly_wage": 5000, "months": 3}]
    )


class FigureOut(BaseModel):
    """One figure; `value` is a decimal number or a date as text, `upto` ends a range; `shown` is
    how a resident reads it."""

    label: str
    value: str
    upto: str | None
    unit: str
    shown: str
    formula: str


class ParameterOut(BaseModel):
    """A dated value that was used."""

    name: str
    label: str
    unit: str
    value: str | None
    table: dict[str, str] | None
    valid_from: date
    source: str
    demo: bool
    unchecked: bool


class ResultOut(BaseModel):
    """A result; `law_of` is the day whose law was applied."""

    rule: str
    law_of: date
    summary: str
    figures: list[FigureOut]
    citations: list[Citation]
    unheld: list[str]
    uncertain: list[str]
    evidence: list[str]
    steps: list[str]
    parameters: list[ParameterOut]


async def told_form(request: Request) -> dict[str, object]:
    """The fields of a sent form."""
    return dict(await request.form())


@router.get("/api/v1/rules", response_model=RulesOut)
def rules() -> RulesOut:
    """Every calculator with what it asks for."""
    return RulesOut(rules=[_rule_out(rule) for rule in RULES.values()])


@router.get("/api/v1/rules/{name}", response_model=RuleOut)
def rule(name: Name) -> RuleOut:
    """One calculator."""
    return _rule_out(rule_of(name))


@router.post("/api/v1/rules/{name}", response_model=ResultOut)
def calculate(name: Name, body: FactsIn, request: Request) -> ResultOut:
    """Work out; a fact that cannot be used brings 422 with its name and a sentence."""
    strange = unknown_facts(rule_of(name), body.facts)
    if strange:
        raise FactInvalid(f"没有叫“{strange[0]}”的项目", strange[0])
    return _result_out(name, work_out_for(request, name, body.facts))


@router.get("/tools", include_in_schema=False)
def tools(request: Request) -> Response:
    """The calculators by topic."""
    topics: dict[str, list[Rule[Any]]] = {}
    for one in RULES.values():
        topics.setdefault(one.topic, []).append(one)
    return render(request, "tools/list.html", {"topics": topics})


@router.get("/tools/{name}", include_in_schema=False)
def tool(name: Name, request: Request) -> Response:
    """An empty form."""
    return render(request, "tools/tool.html", {"rule": rule_of(name), "told": {}})


@router.post("/tools/{name}", include_in_schema=False)
def worked_out(
    name: Name, request: Request, told: Annotated[dict[str, object], Depends(told_form)]
) -> Response:
    """The result above the filled form, or what is wrong beside its field."""
    context: dict[str, Any] = {
        "rule": rule_of(name),
        "told": told,
        "shown": shown,
        "day": chinese_date,
        "today": today(request),
    }
    try:
        made = work_out_for(request, name, told)
    except FactInvalid as error:
        wrong = {"problem": str(error), "wrong_field": error.field}
        return render(request, "tools/tool.html", context | wrong, 422)
    return render(
        request,
        "tools/tool.html",
        context | {"made": made, "soon": due_soon(made.result, today(request))},
    )


def rule_of(name: str) -> Rule[Any]:
    """The calculator of a name.

    Raises:
        RuleMissing: there is none.
    """
    if name not in RULES:
        raise RuleMissing(f"没有叫“{name}”的计算工具")
    return RULES[name]


def work_out_for(request: Request, name: str, told: dict[str, Any]) -> Calculation:
    """Work out on today's law and values.

    Raises:
        FactInvalid: a fact cannot be used; it says which and why.
    """
    services: Services = request.app.state.services
    given = Given(today(request), services.parameters)
    return work_out(name, told, request.app.state.library.corpus, given)


def _rule_out(one: Rule[Any]) -> RuleOut:
    inputs = [
        InputOut(
            name=i.name,
            label=i.label,
            kind=i.kind.value,
            unit=i.unit,
            required=i.required,
            help=i.help,
            proof=list(i.proof),
            choices=dict(i.choices),
            least=None if i.least is None else str(i.least),
            most=None if i.most is None else str(i.most),
        )
        for i in one.inputs
    ]
    return RuleOut(name=one.name, title=one.title, topic=one.topic, about=one.about, inputs=inputs)


def _result_out(name: str, made: Calculation) -> ResultOut:
    result = made.result
    return ResultOut(
        rule=name,
        law_of=result.on,
        summary=result.summary,
        figures=[
            FigureOut(
                label=f.label,
                value=str(f.value),
                upto=None if f.upto is None else str(f.upto),
                unit=f.unit,
                shown=shown(f),
                formula=f.formula,
            )
            for f in result.figures
        ],
        citations=list(made.citations),
        unheld=list(made.unheld),
        uncertain=list(result.uncertain),
        evidence=list(result.evidence),
        steps=list(result.steps),
        parameters=[
            ParameterOut(
                name=p.name,
                label=p.label,
                unit=p.unit,
                value=None if p.table else str(p.number),
                table={k: str(v) for k, v in p.table.items()} if p.table else None,
                valid_from=p.valid_from,
                source=p.source,
                demo=p.demo,
                unchecked=p.unchecked,
            )
            for p in result.parameters
        ],
    )
