"""The audit table: append in the caller's transaction, read, verify."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from api.review.audit import Entry, Fault, faults, seal, text_digest
from api.review.types import Event
from api.storage.db import transaction
from api.storage.tables import audit, audit_head, audit_texts

_PAGE = 1000


class Trail:
    """The append-only, chained account of who did what."""

    def __init__(self, engine: Engine, key: bytes) -> None:
        self._engine, self._key = engine, key

    def append(self, connection: Connection, event: Event) -> None:
        """Add a row; the head row is locked until the caller's transaction ends.

        Call it last in a transaction: whoever appends next waits for its end.
        """
        head = connection.execute(select(audit_head).with_for_update()).one()
        salted = {name: (secrets.token_hex(16), text) for name, text in event.texts.items()}
        digests = {f"text:{name}": text_digest(*pair) for name, pair in salted.items()}
        entry = Entry(
            number=head.rows + 1,
            at=event.at.isoformat(),
            by=event.by,
            action=event.action,
            review=event.case,
            before=event.before,
            after=event.after,
            details=dict(event.details) | digests,
            previous=head.hash,
        )
        sealed = replace(entry, hash=seal(entry, self._key))
        values = {column.name: getattr(sealed, column.name) for column in audit.columns}
        connection.execute(insert(audit).values(values))
        if salted:
            rows = [
                {"audit": entry.number, "name": name, "salt": salt, "text": text}
                for name, (salt, text) in salted.items()
            ]
            connection.execute(insert(audit_texts), rows)
        connection.execute(update(audit_head).values(rows=entry.number, hash=sealed.hash))

    def record(self, event: Event) -> None:
        """Add a row for something that changes no other table."""
        with transaction(self._engine) as connection:
            self.append(connection, event)

    def of_case(self, number: int) -> list[Entry]:
        """What was done with a case, oldest first."""
        with transaction(self._engine, reading=True) as connection:
            return _entries(connection, audit.c.review == number)

    def after(self, number: int, limit: int = 500) -> list[Entry]:
        """Rows behind a number, oldest first."""
        with transaction(self._engine, reading=True) as connection:
            return _entries(connection, audit.c.number > number, limit)

    def last(self) -> int:
        """The number of the newest row."""
        with transaction(self._engine, reading=True) as connection:
            return int(connection.execute(select(audit_head.c.rows)).scalar_one())

    def all(self) -> Iterator[Entry]:
        """Every row as it stands at this moment, oldest first, read in pages."""
        with self._snapshot() as connection:
            yield from _pages(connection)

    def verify(self) -> list[Fault]:
        """Every changed, missing, added or reordered row; empty when all holds."""
        with self._snapshot() as connection:
            head = connection.execute(select(audit_head.c.rows, audit_head.c.hash)).first()
            known = (head.rows, head.hash) if head else (0, "")
            return faults(_pages(connection), known, self._key)

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        with transaction(self._engine, reading=True) as connection:
            if self._engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield connection


def _pages(connection: Connection) -> Iterator[Entry]:
    last = -1
    while page := _entries(connection, audit.c.number > last):
        yield from page
        last = page[-1].number


def _entries(connection: Connection, where: Any, limit: int = _PAGE) -> list[Entry]:
    rows = connection.execute(select(audit).where(where).order_by(audit.c.number).limit(limit))
    found = rows.all()
    if not found:
        return []
    mine = audit_texts.c.audit.in_([row.number for row in found])
    query = select(audit_texts).where(mine).order_by(audit_texts.c.audit)
    texts = {
        number: {row.name: (row.salt, row.text) for row in group}
        for number, group in groupby(connection.execute(query), key=lambda row: row.audit)
    }
    return [_entry(row, texts.get(row.number, {})) for row in found]


def _entry(row: Row[Any], texts: dict[str, tuple[str, str]]) -> Entry:
    return Entry(**dict(row._mapping), texts=texts)
