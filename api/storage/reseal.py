"""After a change of keys: everything sealed with an older key is sealed anew, row by row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Engine, Table, Text, select, type_coerce, update

from api.storage.casework_tables import aid_applications, carried, orders, papers, uploads
from api.storage.channel_tables import case_pictures
from api.storage.db import transaction
from api.storage.home_tables import ratings, resident_codes, residents
from api.storage.sealed import SealedJson, SealedText, key_of
from api.storage.tables import metadata
from api.storage.vault import Vault

_SEALED = (
    (carried, "carried"),
    (papers, "paper"),
    (aid_applications, "aid"),
    (uploads, "upload"),
    (orders, "order"),
    (case_pictures, "picture"),
    (residents, "resident"),
    (resident_codes, "code"),
    (ratings, "rating"),
)


def reseal(engine: Engine, vault: Vault) -> int:
    """Seal every value with the current key; returns how many were changed. May be run again.

    The engine must have been opened with the same vault. What was stored before there was a key
    is sealed too.
    """
    return _reseal_rows(engine, vault) + sum(
        _reseal_column(engine, vault, table, column)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, SealedText | SealedJson)
    )


def _reseal_column(engine: Engine, vault: Vault, table: Table, column: Column[Any]) -> int:
    """Write back every value whose key is not the current one; the column seals by itself."""
    (key,) = table.primary_key.columns
    raw = Text() if isinstance(column.type, SealedText) else JSON()
    stored = type_coerce(column, raw).label("stored")
    with transaction(engine, reading=True) as connection:
        rows = connection.execute(select(key, stored)).all()
    old = [number for number, value in rows if value and _key(value, vault) != vault.current]
    for number in old:
        with transaction(engine) as connection:
            plain = connection.execute(select(column).where(key == number)).scalar_one()
            connection.execute(update(table).where(key == number).values({column.name: plain}))
    return len(old)


def _key(stored: Any, vault: Vault) -> str:
    return key_of(stored, vault) if isinstance(stored, str) else ""


def _reseal_rows(engine: Engine, vault: Vault) -> int:
    changed = 0
    for table, purpose in _SEALED:
        with transaction(engine, reading=True) as connection:
            tokens = [row.token for row in connection.execute(select(table.c.token))]
        for token in tokens:
            with transaction(engine) as connection:
                mine = table.c.token == token
                old = connection.execute(select(table.c.sealed).where(mine)).scalar_one()
                if vault.key_of(old) != vault.current:
                    name = f"{purpose}:{token}"
                    fresh = vault.seal(vault.open(old, name), name)
                    connection.execute(update(table).where(mine).values(sealed=fresh))
                    changed += 1
    return changed
