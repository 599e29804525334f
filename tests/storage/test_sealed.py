"""What residents and lawyers write cannot be read in the database without the key."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, String, cast, insert, select, text

from api.casework.errors import SealBroken
from api.storage.db import open_engine, transaction
from api.storage.migrate import migrate
from api.storage.reseal import reseal
from api.storage.sealed import seal_with
from api.storage.tables import conversations, messages, metadata
from api.storage.vault import Vault
from api.wiring import Application
from tests.conftest import NOW
from tests.databases import VAULT
from tests.desk import Colleague

SECRET = "我叫欧阳守密，老板拖欠我工资"
REPLY = {"answer": SECRET, "list": ["甲", 1, None]}


def write(engine: Engine) -> None:
    talk = {"id": "c1", "channel": "web", "question": SECRET, "created_at": NOW}
    said = {"id": 1, "conversation": "c1", "channel": "web", "author": "resident"}
    with transaction(engine) as connection:
        connection.execute(insert(conversations).values(talk))
        connection.execute(
            insert(messages).values(said | {"text": SECRET, "reply": REPLY, "created_at": NOW})
        )


def read(engine: Engine) -> tuple[object, ...]:
    query = select(conversations.c.question, messages.c.text, messages.c.reply).join(messages)
    with transaction(engine, reading=True) as connection:
        return tuple(connection.execute(query).one())


def everything(engine: Engine) -> str:
    """All the database holds, as text."""
    with engine.connect() as connection:
        return "\n".join(
            str(row)
            for table in metadata.sorted_tables
            for row in connection.execute(
                select(
                    *(cast(text(f'"{column.name}"'), String) for column in table.columns)
                ).select_from(text(f'"{table.name}"'))
            )
        )


def test_sealed_in_the_database_plain_in_the_program(engine: Engine) -> None:
    write(engine)
    assert read(engine) == (SECRET, SECRET, REPLY)
    assert "守密" not in everything(engine) and "\\u5b88" not in everything(engine)


def test_without_the_key_nothing_is_read(engine: Engine) -> None:
    write(engine)
    seal_with(engine, Vault({"other": b"3" * 32}))
    with pytest.raises(SealBroken, match="k1"):
        read(engine)


def test_rows_from_before_are_read_and_then_sealed(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    migrate(engine)
    write(engine)
    assert "守密" in everything(engine)
    seal_with(engine, VAULT)
    assert read(engine) == (SECRET, SECRET, REPLY)
    assert reseal(engine, VAULT) == 3 and reseal(engine, VAULT) == 0
    assert "守密" not in everything(engine)
    both = Vault({"k1": bytes(32), "k2": b"2" * 32})
    seal_with(engine, both)
    assert reseal(engine, both) == 3
    seal_with(engine, Vault({"k2": b"2" * 32}))
    assert read(engine) == (SECRET, SECRET, REPLY)


def test_a_case_from_the_question_to_the_answer(
    parts: Application, client: TestClient, staff: Colleague
) -> None:
    parts.library.confidence = 0.1
    body = {"conversation": "b1946ac92492d2347c6235b4d2611184", "text": SECRET}
    client.post("/api/v1/messages", json=body | {"client_message_id": "m-00000001"})
    (case,) = parts.reviews.all()
    staff.do(case.id, "claim")
    kept = staff.api("PUT", f"/{case.id}/working", {"text": "请保存好证据，欧阳守密先生。"})
    assert kept.status_code == 200
    assert case.reference in staff.page("?words=守密")
    assert case.reference not in staff.page("?words=没人这样说")
    told = everything(parts.engine)
    assert "守密" not in told and "工资" not in told
