"""The calculators over HTTP: the API, the pages without script, and the dialogue's hand-off."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.core.types import Handoff
from api.settings import Settings
from api.wiring import Application, build
from knowledge.rules.registry import RULES
from tests.conftest import ROOT

WAGES = {"monthly_wage": 5000, "months": 3}


def post(client: TestClient, name: str, facts: object) -> object:
    return client.post(f"/api/v1/rules/{name}", json={"facts": facts})


def test_every_rule_is_listed_with_its_inputs(client: TestClient) -> None:
    rules = client.get("/api/v1/rules").json()["rules"]
    assert [rule["name"] for rule in rules] == list(RULES)
    wage = next(rule for rule in rules if rule["name"] == "wage_arrears")["inputs"][0]
    assert (wage["label"], wage["kind"], wage["unit"]) == ("月工资", "money", "元/月")
    assert wage["required"] and wage["help"] and wage["proof"]
    assert client.get("/api/v1/rules/wage_arrears").json()["inputs"][0] == wage


def test_a_result_has_figures_law_doubts_and_evidence(client: TestClient) -> None:
    made = post(client, "wage_arrears", WAGES).json()
    assert [(f["label"], f["value"], f["upto"]) for f in made["figures"]] == [
        ("拖欠的工资", "15000.00", None),
        ("可以加付的赔偿金", "7500.00", "15000.00"),
    ]
    assert [c["article"] for c in made["citations"]] == ["第三十条", "第八十五条", "第二十七条"]
    assert "逾期不支付的" in made["citations"][1]["text"]
    assert made["uncertain"] and made["steps"] and "能证明月工资的" in made["evidence"][0]


def test_json_numbers_and_text_mean_the_same(client: TestClient) -> None:
    told = {"monthly_wage": "5,000元", "months": "3个月", "paid": None}
    assert post(client, "wage_arrears", told).json() == post(client, "wage_arrears", WAGES).json()


def test_regulations_not_held_are_named_without_text(client: TestClient) -> None:
    facts = {"grade": "十级", "own_wage": 6000, "injured_on": "2026-03-01"}
    made = post(client, "work_injury", facts).json()
    assert any("《工伤保险条例》第三十七条" in law for law in made["unheld"])
    assert {c["law"] for c in made["citations"]} == {"中华人民共和国社会保险法"}


def test_demonstration_values_are_marked(client: TestClient) -> None:
    facts = {"grade": "十级", "own_wage": 6000, "injured_on": "2026-03-01"}
    made = post(client, "work_injury", facts).json()
    (average,) = made["parameters"]
    assert average["demo"] and average["valid_from"] == "2026-01-01"
    assert any("演示数据" in line for line in made["uncertain"])


@pytest.mark.parametrize(
    ("name", "facts", "status", "code", "field"),
    [
        ("wage_arrears", {"months": 3}, 422, "fact_invalid", "monthly_wage"),
        ("wage_arrears", {**WAGES, "months": 0}, 422, "fact_invalid", "months"),
        ("wage_arrears", {**WAGES, "wage": 1}, 422, "fact_invalid", "wage"),
        ("wage_arrears", {**WAGES, "monthly_wage": True}, 422, "fact_invalid", "monthly_wage"),
        ("wage_arrears", [1], 422, "request_invalid", "facts"),
        ("wage_arrears", {**WAGES, "monthly_wage": [1]}, 422, "request_invalid", None),
        ("tax", WAGES, 404, "rule_missing", None),
        ("../x", WAGES, 404, "not_found", None),
    ],
)
def test_one_error_shape(
    client: TestClient, name: str, facts: object, status: int, code: str, field: str | None
) -> None:
    answer = post(client, name, facts)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "field", "reference"}
    assert error["code"] == code
    assert field is None or error["field"] == field


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_a_page_that_asks_for_every_input(client: TestClient, name: str) -> None:
    page = client.get(f"/tools/{name}")
    assert page.status_code == 200
    assert RULES[name].title in page.text
    assert [i.name for i in RULES[name].inputs if f'name="{i.name}"' not in page.text] == []
    assert f'href="/tools/{name}"' in client.get("/tools").text


def test_a_page_works_out_without_script(client: TestClient) -> None:
    page = client.post("/tools/wage_arrears", data={"monthly_wage": "5000", "months": "3"})
    assert page.status_code == 200
    for word in ("15,000元", "7,500元到15,000元", "第八十五条", "这些要留意", "要拿的证据"):
        assert word in page.text
    assert 'value="5000"' in page.text


def test_a_wrong_fact_keeps_the_form_and_names_the_field(client: TestClient) -> None:
    page = client.post("/tools/wage_arrears", data={"monthly_wage": "<b>", "months": "3"})
    assert page.status_code == 422
    assert "还不能算：“月工资”看不出是多少：&lt;b&gt;" in page.text
    assert 'aria-invalid="true"' in page.text
    assert 'value="&lt;b&gt;"' in page.text and "拖欠的工资" not in page.text


def test_an_unknown_page_is_a_page(client: TestClient) -> None:
    page = client.get("/tools/tax")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")


def test_the_dialogue_reaches_any_rule_by_name(
    parts: Application, say: Callable[..., object]
) -> None:
    facts = {"rule": "overtime", "monthly_wage": "4350", "workday_hours": "10"}
    parts.services.dialogue.step = Handoff("calculate", facts)
    reply = say("算加班费").json()
    assert reply["decision"] == "release"
    assert "375元" in reply["answer"]
    assert "第四十四条" in [c["article"] for c in reply["citations"]]


def test_what_was_put_right_is_said_first(parts: Application, say: Callable[..., object]) -> None:
    facts = {"rule": "overtime", "monthly_wage": "4350", "workday_hours": "10"}
    lead = "好，平常加班几小时改成10小时。"
    parts.services.dialogue.step = Handoff("calculate", facts, lead=lead)
    reply = say("不是20个小时，是10个小时").json()
    assert reply["answer"].startswith(f"{lead}\n") and "375元" in reply["answer"]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"rule": "overtime", "monthly_wage": "None"}, "还不知道“月工资”"),
        ({"rule": "tax"}, "没有叫“tax”的计算工具"),
    ],
)
def test_a_hand_off_that_cannot_be_worked_out_is_asked_back(
    parts: Application, say: Callable[..., object], facts: dict[str, str], says: str
) -> None:
    parts.services.dialogue.step = Handoff("calculate", facts)
    reply = say("算一算").json()
    assert reply["decision"] == "clarify"
    assert says in reply["answer"]


def test_a_last_day_that_is_near_goes_to_a_lawyer_first(
    parts: Application, say: Callable[..., object]
) -> None:
    near = {"rule": "appeal_period", "kind": "civil_judgment", "received": "2026-11-20"}
    parts.services.dialogue.step = Handoff("calculate", near)
    reply = say("判决书昨天收到的，最晚哪天上诉").json()
    assert reply["decision"] == "hold"
    assert "办事的最后期限就在三十日以内" in reply["why_held"]
    far = {"rule": "limitation", "kind": "general", "since": "2026-01-05"}
    parts.services.dialogue.step = Handoff("calculate", far)
    assert say("借条到期了多久要起诉").json()["decision"] == "release"


def test_the_operators_figures_replace_the_demonstration(
    settings: Settings, tmp_path: Path
) -> None:
    county = tmp_path / "county"
    shutil.copytree(ROOT / "county", county)
    (county / "params").mkdir(exist_ok=True)
    (county / "params/local.yml").write_text(
        "average_wage_month: {label: 平均工资, unit: 元/月, source: 某市统计公报,"
        " values: [{valid_from: 2026-07-01, value: 8123}]}",
        encoding="utf-8",
    )
    built = build(settings.model_copy(update={"county_files": county}))
    value = built.services.parameters.on("average_wage_month", date(2026, 11, 22))
    assert (value.number, value.demo) == (Decimal(8123), False)
    built.engine.dispose()
