"""Every route of the desk against every role: what a role may not do answers 403."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from api.review.people import Role
from api.wiring import Application
from tests.api.test_accounts import code_for, secret_on
from tests.desk import PASSWORD, Colleague, enter
from tests.routes import paths

L, S, A, N = Role.LAWYER, Role.SUPERVISOR, Role.ANALYST, Role.ADMIN
WORKERS = {L, S}
TABLE: dict[tuple[str, str], set[Role]] = {
    ("GET", "/desk/cases/1"): WORKERS,
    ("POST", "/desk/cases/1/claim"): WORKERS,
    ("POST", "/desk/cases/1/reveal"): WORKERS,
    ("POST", "/desk/cases/1/to-faq"): WORKERS,
    ("GET", "/desk/answers"): WORKERS,
    ("POST", "/desk/answers/1/publish"): {S},
    ("POST", "/desk/answers/1/withdraw"): {S},
    ("POST", "/desk/notices/1"): {S},
    ("GET", "/desk/aid"): WORKERS,
    ("GET", "/desk/aid/1"): WORKERS,
    ("POST", "/desk/aid/1"): WORKERS,
    ("GET", "/desk/orders"): WORKERS,
    ("GET", "/desk/orders/1"): WORKERS,
    ("POST", "/desk/orders/1"): WORKERS,
    ("GET", "/desk/cases/1/pictures/token"): WORKERS,
    ("GET", "/desk/kiosks"): WORKERS,
    ("POST", "/desk/kiosks/1"): WORKERS,
    ("GET", "/desk/deliveries"): WORKERS,
    ("GET", "/desk/deliveries/1/slip"): WORKERS,
    ("POST", "/desk/deliveries/1/claim"): WORKERS,  # whatever the action
    ("GET", "/desk/figures"): {S, A},
    ("GET", "/desk/audit"): {S, N},
    ("GET", "/desk/people"): {N},
    ("POST", "/desk/people"): {N},
    ("POST", "/desk/people/某人/disable"): {N},
    ("GET", "/api/v1/reviews"): WORKERS,
    ("GET", "/api/v1/reviews/1"): WORKERS,
    ("GET", "/api/v1/reviews/1/candidates"): WORKERS,
    ("POST", "/api/v1/reviews/1/claim"): WORKERS,
    ("POST", "/api/v1/reviews/1/renew"): WORKERS,
    ("POST", "/api/v1/reviews/1/release"): WORKERS,
    ("POST", "/api/v1/reviews/1/reveal"): WORKERS,
    ("POST", "/api/v1/reviews/1/charge"): WORKERS,
    ("DELETE", "/api/v1/reviews/1/charge"): {S},  # a lawyer only while in charge
    ("DELETE", "/api/v1/reviews/1/decision"): WORKERS,
    ("POST", "/api/v1/reviews/1/retry"): WORKERS,
}
ELSEWHERE = frozenset(
    {"/desk/login", "/desk/logout", "/desk/code", "/desk/code.svg", "/desk/events"}
    | {"/desk/aid/{number}/photos/{token}"}
)


@pytest.fixture
def staff(
    client: TestClient, parts: Application, say: Callable[..., object]
) -> dict[Role, Colleague]:
    """One person of each role; the administrator's code is left out of this table."""
    parts.library.confidence = 0.1
    say("公司拖欠工资怎么办")
    people = {role: enter(client, parts.office, f"{role}甲", role) for role in (L, S, A)}
    people[N] = enter(client, parts.office, "何管理", N)
    page = people[N].http.get("/desk/code").text
    form = {"csrf": people[N].csrf, "code": code_for(secret_on(page), parts.office.desk.now())}
    people[N].http.post("/desk/code", data=form)
    people[N].csrf = people[N].http.get("/api/v1/session").json()["csrf"]
    return people


def test_what_a_role_may_not_do_is_forbidden(staff: dict[Role, Colleague]) -> None:
    wrong = []
    for (method, path), allowed in TABLE.items():
        for role, person in staff.items():
            data = {"csrf": person.csrf} if path.startswith("/desk") and method == "POST" else None
            response = person.http.request(
                method,
                path,
                data=data,
                headers={"X-CSRF-Token": person.csrf},
                follow_redirects=False,
            )
            if (response.status_code == 403) is (role in allowed):
                wrong.append(f"{role} {method} {path}: {response.status_code}")
    assert wrong == []


def test_the_table_names_every_page_of_the_desk(client: TestClient) -> None:
    known = {path.replace("/1", "/{number}").replace("/某人", "/{name}") for _, path in TABLE}
    missing = []
    for path in paths(client.app, "GET") | paths(client.app, "POST"):
        if path.startswith("/desk/") and path not in ELSEWHERE and "join" not in path:
            plain = path.replace("{action}", "claim").replace("{message}", "{number}")
            plain = plain.replace("{name}/claim", "{name}/disable").replace("{token}", "token")
            missing += [] if plain in known else [path]
    assert missing == []


def test_nobody_without_a_case_role_sees_the_queue(staff: dict[Role, Colleague]) -> None:
    for role, place in ((A, "/desk/figures"), (N, "/desk/people")):
        response = staff[role].http.get("/desk", follow_redirects=False)
        assert response.status_code == 303 and response.headers["location"] == place


def test_an_administrator_makes_and_stops_accounts(
    staff: dict[Role, Colleague], client: TestClient
) -> None:
    admin = staff[N]
    form = {"csrf": admin.csrf, "name": "赵律师", "role": "lawyer", "towns": "柳河镇"}
    page = admin.http.post("/desk/people", data=form).text
    link = "/desk/join/" + page.split("/desk/join/")[1].split("<")[0]
    fields = {"password": PASSWORD, "again": PASSWORD}
    newcomer = TestClient(client.app)
    assert "待办" in newcomer.post(link, data=fields).text
    assert newcomer.get(link).status_code == 410
    admin.http.post("/desk/people/赵律师/disable", data={"csrf": admin.csrf})
    assert newcomer.get("/desk", follow_redirects=False).status_code == 303
