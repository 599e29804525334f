"""The audit trail: tampering of every kind is found, erased words leave it whole."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from api.review.audit import Entry
from tests.review.conftest import CHEN, WANG, Bench


@pytest.fixture
def trail(bench: Bench) -> Bench:
    """A case claimed, taken over with a reason, released."""
    number = bench.hold()
    bench.office.desk.claim(number, WANG)
    bench.office.desk.take_over(number, CHEN, "当事人催办")
    bench.office.desk.release(number, CHEN)
    assert bench.office.trail.verify() == []
    return bench


def tamper(engine: Engine, *statements: str) -> None:
    """What somebody does who has the database but not the key."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        else:
            for name in ("audit_no_update", "audit_no_delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        for statement in statements:
            connection.execute(text(statement))


TAMPERED = {
    "changed": ["UPDATE audit SET action = 'release' WHERE number = 2"],
    "somebody else": ["UPDATE audit SET by = '李律师' WHERE number = 2"],
    "reordered": [
        "UPDATE audit SET number = 99 WHERE number = 2",
        "UPDATE audit SET number = 2 WHERE number = 4",
        "UPDATE audit SET number = 4 WHERE number = 99",
    ],
    "missing": ["DELETE FROM audit WHERE number = 2"],
    "cut at the end": ["DELETE FROM audit WHERE number = 4"],
    "words changed": ["UPDATE audit_texts SET text = '我自己要的'"],
    "added": [
        "INSERT INTO audit SELECT 5, at, by, action, review, before, after, details, hash, hash"
        " FROM audit WHERE number = 4"
    ],
}


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_found(trail: Bench, engine: Engine, what: str) -> None:
    statements = TAMPERED[what]
    if "number = 99" in statements[0] or "DELETE" in statements[0]:
        statements = ["DELETE FROM audit_texts", *statements]
    tamper(engine, *statements)
    assert trail.office.trail.verify() != []


def test_erased_words_leave_the_chain_whole(trail: Bench, engine: Engine) -> None:
    tamper(engine, "DELETE FROM audit_texts")
    assert trail.office.trail.verify() == []


@pytest.mark.parametrize("statement", ["UPDATE audit SET by = '别人'", "DELETE FROM audit"])
def test_the_database_itself_refuses_changes(trail: Bench, engine: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    assert trail.office.trail.verify() == []


def test_another_key_opens_nothing(trail: Bench) -> None:
    rows = list(trail.office.trail.all())
    assert [type(row) for row in rows] == [Entry] * 4
    trail.office.trail._key = b"another"
    assert len(trail.office.trail.verify()) == 4
