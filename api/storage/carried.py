"""Facts on their way from a conversation to a page: sealed, named by an unguessable token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, insert, select

from api.casework.errors import CaseUnknown
from api.storage.casework_events import new_token
from api.storage.casework_tables import carried
from api.storage.db import transaction
from api.storage.vault import Vault


@dataclass(frozen=True)
class Load:
    """What was carried over, and from which conversation."""

    facts: dict[str, str]
    conversation: str | None


class Carried:
    """Keeps facts between the chat and a form."""

    def __init__(self, engine: Engine, vault: Vault, now: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._now = engine, vault, now

    def put(self, facts: Mapping[str, str], conversation: str | None) -> str:
        """Seal the facts; returns the token."""
        token = new_token()
        sealed = self._vault.seal_json(dict(facts), f"carried:{token}")
        row = {"token": token, "conversation": conversation, "sealed": sealed}
        with transaction(self._engine) as connection:
            connection.execute(insert(carried).values(**row, created_at=self._now()))
        return token

    def get(self, token: str) -> Load:
        """The facts of a token.

        Raises:
            CaseUnknown: there is no such token.
        """
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(select(carried).where(carried.c.token == token)).first()
        if row is None:
            raise CaseUnknown("这个链接已经失效，请回到对话里重新点一次")
        return Load(self._vault.open_json(row.sealed, f"carried:{token}"), row.conversation)
