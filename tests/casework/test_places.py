"""Where to go: over HTTP, in the chat, and at closing time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.casework.county import OfficeKind, load_county, nearest
from api.casework.errors import CountyInvalid
from api.casework.hours import is_workday, opening, week
from api.core.deadlines import COUNTY as ZONE
from api.core.types import Handoff
from api.wiring import Application
from tests.conftest import ROOT

PROFILE = ROOT / "county/county.yml"
COUNTY = load_county(PROFILE)


def office(kind: OfficeKind) -> object:
    return nearest(COUNTY, (kind,))[0].office


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "is_open", "says"),
    [
        ("2026-11-23 10:00", True, "现在开门，12:00关门"),
        ("2026-11-23 12:00", False, "现在关门，今天13:30开门"),
        ("2026-11-23 17:30", False, "现在关门，明天（11月24日）09:00开门"),
        ("2026-11-20 18:00", False, "现在关门，周一（11月23日）09:00开门"),
        ("2026-10-01 10:00", False, "现在关门，周四（10月8日）09:00开门"),  # National Day
        ("2026-10-10 10:00", True, "现在开门，12:00关门"),  # a Saturday worked in exchange
    ],
)
def test_hours_follow_the_holiday_plan(moment: str, is_open: bool, says: str) -> None:
    found = opening(COUNTY, office(OfficeKind.NOTARY), at(moment))
    assert (found.open, found.says) == (is_open, says)


def test_the_police_station_never_closes() -> None:
    found = opening(COUNTY, office(OfficeKind.POLICE), at("2026-10-01 03:00"))
    assert found.open and week(COUNTY, office(OfficeKind.POLICE)) == "24小时"


def test_a_year_without_a_plan_counts_weekdays() -> None:
    assert is_workday(COUNTY, date(2031, 1, 6)) and not is_workday(COUNTY, date(2031, 1, 5))


@given(st.integers(min_value=0, max_value=364 * 24 * 60))
def test_an_open_office_is_open_at_that_very_moment(minutes: int) -> None:
    moment = at("2026-01-01") + timedelta(minutes=minutes)
    found = opening(COUNTY, office(OfficeKind.CENTRE), moment)
    inside = moment.isoweekday() != 7 and 8.5 <= moment.hour + moment.minute / 60 < 18
    assert found.open == inside


def test_the_township_s_own_office_is_nearest() -> None:
    for township in COUNTY.townships:
        found = nearest(COUNTY, (OfficeKind.JUSTICE,), township)
        assert found[0].office.township == township.name
        assert [near.km for near in found] == sorted(near.km for near in found)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda c: c["offices"][0].pop("phone"), "缺少offices.0.phone"),
        (lambda c: c["offices"][0].update(fax="1"), "不认识的字段offices.0.fax"),
        (lambda c: c["offices"][0].update(kind="邮局"), "offices.0.kind的值“邮局”"),
        (lambda c: c["offices"][0].update(township="无名镇"), "乡镇“无名镇”不在"),
        (lambda c: c["offices"][0].update(schedule="night"), "“night”不在schedules"),
        (lambda c: c["schedules"]["office"].update(times=["9点到12点"]), "9点到12点"),
    ],
)
def test_a_wrong_profile_is_named(
    tmp_path: Path, change: Callable[[dict[str, object]], object], complaint: str
) -> None:
    raw = yaml.safe_load(PROFILE.read_text(encoding="utf-8"))
    change(raw)
    path = tmp_path / "county.yml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    with pytest.raises(CountyInvalid, match=complaint):
        load_county(path)
    with pytest.raises(CountyInvalid, match="读不到"):
        load_county(tmp_path / "absent.yml")


def test_the_chat_names_the_nearest(say: Callable[..., object]) -> None:
    reply = say("柳河镇最近的司法所在哪里").json()
    assert "离柳河镇最近的是柳河司法所" in reply["answer"]
    assert reply["where"][0].startswith("柳河司法所：演示县柳河镇政府院内；电话0000-")
    assert "现在开门，12:00关门" in reply["where"][0]
    assert reply["links"][0]["url"] == "/places?kind=justice"
    assert "虚构" in reply["notices"][0]


def test_the_chat_asks_for_the_township(say: Callable[..., object]) -> None:
    reply = say("离我最近的司法所在哪").json()
    assert "您在哪个乡镇" in reply["answer"]
    answer = say(reply["suggestions"][2]["text"]).json()["answer"]
    assert "离白石镇最近的是白石司法所" in answer


def test_a_hand_off_of_the_dialogue(say: Callable[..., object], parts: Application) -> None:
    parts.rasa.step = Handoff("place", {"kind": "公证处", "township": "双桥乡"})
    assert "演示县公证处" in say("我想去公证").json()["answer"]


@pytest.mark.parametrize(
    "words", ["在法院起诉离婚要交哪些材料", "派出所打人去哪里告", "公司拖欠工资怎么办"]
)
def test_a_question_of_law_stays_one(say: Callable[..., object], words: str) -> None:
    assert [c["article"] for c in say(words).json()["citations"]][:1] == ["第三十条"]


def test_the_page_and_the_api(client: TestClient) -> None:
    page = client.get("/places", params={"kind": "notary", "township": "双桥乡"})
    assert "演示县公证处" in page.text and "公里" in page.text and "司法所</h2>" not in page.text
    body = {"kind": "司法所", "latitude": 20.08, "longitude": 130.06}
    found = client.post("/api/v1/places", json=body).json()
    assert found["demo"] and found["places"][0]["name"] == "柳河司法所"
    wrong = client.post("/api/v1/places", json={"kind": "邮局"})
    assert wrong.status_code == 422 and wrong.json()["error"]["field"] == "kind"
