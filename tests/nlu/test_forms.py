"""The rules of the wage form: what fills a slot, what asks again, what is no answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.errors import FormUnknown
from nlu.forms import FORMS, Checked, answer_action, validate_wage_arrears

FORM = "wage_arrears_form"


def check(told: str, asked: str | None = None, turn: str = "fact", **slots: str) -> Checked:
    return validate_wage_arrears({"told": told, "requested_slot": asked, "turn": turn, **slots})


def call(slots: dict[str, Any], events: list[dict[str, str]] | None = None) -> dict[str, Any]:
    tracker = {"slots": slots, "events": events or []}
    return answer_action({"next_action": f"validate_{FORM}", "tracker": tracker})


@pytest.mark.parametrize(
    ("told", "asked", "values"),
    [
        ("帮我算欠薪", None, {}),
        ("老张欠我三个月", None, {"employer": "老张", "months_owed": "3"}),
        ("老张", "employer", {"employer": "老张"}),
        ("不知道", "employer", {"employer": "名称不详的用人单位"}),
        ("王老板，每月五千", "employer", {"employer": "王老板", "monthly_wage": "5000"}),
        ("五千五", "monthly_wage", {"monthly_wage": "5500"}),
        ("每月五千，欠三个月", "monthly_wage", {"monthly_wage": "5000", "months_owed": "3"}),
        ("一年半", "months_owed", {"months_owed": "18"}),
        ("两个半月", "months_owed", {"months_owed": "2.5"}),
        ("对了，是每月六千，欠四个月", "months_owed", {"monthly_wage": "6000", "months_owed": "4"}),
    ],
)
def test_values(told: str, asked: str | None, values: dict[str, str]) -> None:
    assert check(told, asked) == Checked(values)


@pytest.mark.parametrize(
    ("told", "asked", "why"),
    [
        ("？？", "employer", "没听明白是谁"),
        ("好多钱", "monthly_wage", "没听出一个月是多少钱"),
        ("一天两百", "monthly_wage", "一天的工钱"),
        ("一共欠两万四", "monthly_wage", "欠的总数"),
        ("记不清了", "monthly_wage", "说个大概的数"),
        ("五块钱", "monthly_wage", "不太像一个月的工资"),
        ("一个月三百万", "monthly_wage", "不太像一个月的工资"),
        ("好久了", "months_owed", "没听出欠了多久"),
        ("忘了", "months_owed", "说个大概的数"),
        ("欠了五十年", "months_owed", "时间好像太长"),
    ],
)
def test_asked_again_with_a_reason(told: str, asked: str, why: str) -> None:
    checked = check(told, asked)
    assert checked.values[asked] is None
    assert why in checked.message
    assert not checked.aside


def test_the_last_fact_completes_the_form() -> None:
    known = {"employer": "老张", "monthly_wage": "5000"}
    assert check("三个月", "months_owed", **known).values["complete"] is True
    assert "complete" not in check("三个月", "months_owed", employer="老张").values


@pytest.mark.parametrize(
    ("told", "asked", "turn", "aside"),
    [
        ("转人工", "employer", "other", True),
        ("明天下雨吗", "monthly_wage", "other", True),
        ("不给钱能去告他吗", "months_owed", "question", True),
        ("每月五千够不够告他？", "monthly_wage", "question", True),
        ("他家的房子写的是他老婆的名字现在也不住在那里了", "months_owed", "question", True),
        ("鑫源建筑公司", "employer", "question", False),
        ("三个月", "months_owed", "question", False),
        ("不知道叫啥", "employer", "question", False),
        ("那我该去哪里告", "months_owed", "unclear", True),
        ("三个月吧行吗", "months_owed", "unclear", False),
        ("嗯那个", "months_owed", "unclear", False),
        ("能不能告他", "months_owed", "fact", False),
    ],
)
def test_asides(told: str, asked: str, turn: str, aside: bool) -> None:
    assert check(told, asked, turn).aside is aside


def test_facts_in_an_aside_are_kept() -> None:
    checked = check("每月五千，他不给我能告他吗？", "employer", "question")
    assert checked == Checked({"monthly_wage": "5000"}, aside=True)


def test_action_sets_slots_and_says_why() -> None:
    answer = call({"told": "好多钱", "turn": "fact", "requested_slot": "monthly_wage"})
    assert answer["events"] == [{"event": "slot", "name": "monthly_wage", "value": None}]
    assert "没听出" in answer["responses"][0]["text"]


def test_an_aside_leaves_the_form_once() -> None:
    slots = {"told": "能去告他吗", "turn": "question", "requested_slot": "employer"}
    left = {"event": "action_execution_rejected", "name": FORM}
    assert call(slots, [{"event": "user"}])["events"] == [left]
    assert call(slots, [{"event": "user"}, left])["events"] == []
    assert call(slots, [{"event": "user"}, left, {"event": "user"}])["events"] == [left]


@pytest.mark.parametrize("action", ["", "validate_other_form", None])
def test_unknown_forms_are_refused(action: str | None) -> None:
    with pytest.raises(FormUnknown, match="没有名为"):
        answer_action({"next_action": action, "tracker": {"slots": {}}})


@given(
    st.text(max_size=40),
    st.sampled_from([None, "employer", "monthly_wage", "months_owed", "other"]),
    st.sampled_from(["fact", "question", "other", "unclear", None]),
)
def test_any_words_are_answered(told: str, asked: str | None, turn: str | None) -> None:
    slots = {"told": told, "requested_slot": asked, "turn": turn}
    answer = answer_action({"next_action": next(iter(FORMS)), "tracker": {"slots": slots}})
    assert set(answer) == {"events", "responses"}
