"""Every documented call of the API with input made from its own description: never a crash, and
every refusal in the one shape."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case

from api.review.people import STAFF, Role
from api.wiring import now
from knowledge.corpus import Corpus
from tests.faked import Faked, over_fakes, serving, settings_in

pytestmark = pytest.mark.slow

LEAVING = "/api/v1/session"  # logging out ends the test
ENDLESS = "events"  # streams do not end by themselves
RECORDINGS = "/api/v1/speech"  # sound cannot be made from a description: tests/api/test_speech.py


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Iterator[Faked]:
    """An application over fakes behind a port."""
    own = settings_in(tmp_path_factory.mktemp("contract"))
    with serving(over_fakes(own, corpus, now)) as started:
        yield started


def session(office: Faked, name: str, role: Role) -> dict[str, dict[str, str]]:
    """What a colleague's browser sends along."""
    body = {"name": name, "password": office.colleague(name, role)}
    answer = httpx.post(f"{office.url}/api/v1/session", json=body, timeout=30)
    assert answer.cookies
    return {"headers": {"X-CSRF-Token": answer.json()["csrf"]}, "cookies": dict(answer.cookies)}


@pytest.mark.parametrize("who", ["resident", *STAFF])
def test_no_documented_call_crashes(office: Faked, who: str) -> None:
    along = {} if who == "resident" else session(office, f"试{who}", Role(who))
    schema = schemathesis.openapi.from_url(f"{office.url}/api/v1/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 40
    for operation in operations:
        if ENDLESS in operation.path or operation.path in (RECORDINGS, LEAVING):
            continue

        @given(operation.as_strategy())
        @settings(
            max_examples=4,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def holds(case: Case) -> None:
            answer = case.call(timeout=60, **along)
            assert answer.status_code < 500, (case.as_curl_command(), answer.text[:500])
            if answer.status_code >= 400 and "json" in str(answer.headers.get("content-type")):
                assert set(answer.json()) == {"error"}, answer.text[:500]
                assert answer.json()["error"]["message"]

        holds()
