"""The law of the day: stories older than the law, and laws about to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.wiring import Application
from tests.desk import Colleague

ARBITRATION = "《中华人民共和国仲裁法》第二条"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            "2006年老板欠我工资不给",
            "您说的是2006年的事，现在的《劳动合同法》从2008年1月1日起施行，当时的规定可能不同",
        ),
        ("二00六年三月我被厂里辞退了", None),  # no year anybody could be sure of
        ("2006年进的厂，2025年5月被辞退", None),
        ("2006年进的厂，现在老板要辞退我", None),
        ("去年老板欠我工资不给", None),
        ("老板欠我工资不给", None),
    ],
)
def test_a_story_older_than_its_law_goes_to_a_lawyer(
    say: Callable[..., Any], words: str, why: str | None
) -> None:
    reply = say(words).json()
    assert reply["decision"] == ("hold" if why else "release"), words
    assert reply.get("why_held") == ([why] if why else []), words


def test_the_lawyer_sees_the_law_of_that_day_beside_that_of_today(
    say: Callable[..., Any], parts: Application, staff: Colleague
) -> None:
    parts.library.finds = (ARBITRATION,)
    say("2019年签的合同里写了仲裁，对方不去怎么办")
    (case,) = staff.api("GET", "").json()["cases"]
    staff.api("POST", f"/{case['id']}/claim")
    found = staff.api("GET", f"/{case['id']}/candidates").json()
    assert [(one["verdict"], one["verdict_name"]) for one in found] == [
        ("ok", "现行有效"),
        ("not_in_force", "已被新版本取代"),
    ]
    assert found[0]["content"] != found[1]["content"]
    page = staff.page(f"/cases/{case['id']}")
    assert page.count("第二条（已被新版本取代）") == 1


def test_a_law_about_to_change_says_from_when(
    say: Callable[..., Any], client: TestClient, parts: Application
) -> None:
    parts.library.finds = ("《中华人民共和国商标法》第三条",)
    reply = say("别人用了我的商标怎么办").json()
    assert reply["citations"][0]["valid_until"] == "2027-01-01"
    form = {"words": "别人用了我的商标怎么办", "message": "form-number-1", "agreed": "yes"}
    assert "2027年1月1日起不再适用" in client.post("/talk", data=form).text
