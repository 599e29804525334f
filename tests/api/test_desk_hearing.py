"""Which recogniser listens, with which model: on the pages of who answers for the county."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.hearing import Hearing
from api.review.people import Role
from api.storage.migrate import migrate
from api.wiring import Application
from tests.api.test_accounts import code_for, secret_on
from tests.desk import enter

PLACES = [(Role.SUPERVISOR, "/figures"), (Role.ANALYST, "/figures"), (Role.ADMIN, "/people")]


def page(parts: Application, role: Role, path: str) -> str:
    """The page as somebody of this role sees it; nobody has spoken yet."""
    migrate(parts.engine)
    client = TestClient(create_app(parts))
    person = enter(client, parts.office, "管事的人", role)
    if role is Role.ADMIN:
        code = code_for(secret_on(person.page("/code")), parts.office.desk.now())
        person.http.post("/desk/code", data={"csrf": person.csrf, "code": code})
    return person.page(path)


@pytest.mark.parametrize(("role", "path"), PLACES)
def test_the_model_that_listens(parts: Application, tmp_path: Path, role: Role, path: str) -> None:
    model = tmp_path / "vosk-model-small-cn-0.22"
    (model / "am").mkdir(parents=True)
    (model / "am/final.mdl").touch()
    words = page(dataclasses.replace(parts, hearing=Hearing(model)), role, path)
    assert "Vosk，边说边出字" in words
    assert "vosk-model-small-cn-0.22" in words
    assert "有人说话时自动装入" in words


@pytest.mark.parametrize(("role", "path"), PLACES)
def test_no_model(parts: Application, role: Role, path: str) -> None:
    assert "没有装语音模型，居民只能打字" in page(parts, role, path)
