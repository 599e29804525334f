"""After a change of keys: everything sealed with an older key is sealed anew, row by row."""

from __future__ import annotations

from sqlalchemy import Engine, select, update

from api.storage.casework_tables import aid_applications, carried, orders, papers, uploads
from api.storage.db import transaction
from api.storage.vault import Vault

_SEALED = (
    (carried, "carried"),
    (papers, "paper"),
    (aid_applications, "aid"),
    (uploads, "upload"),
    (orders, "order"),
)


def reseal(engine: Engine, vault: Vault) -> int:
    """Seal every row with the current key; returns how many were changed. May be run again."""
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
