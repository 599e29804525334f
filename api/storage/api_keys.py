"""Keys of programs that use the API: made once, stored as digests, counted by the day."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    ForeignKey,
    Integer,
    String,
    Table,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from api.core.deadlines import COUNTY
from api.core.errors import KeyInvalid, KeyUnknown, QuotaSpent, ScopeMissing
from api.review.accounts import digest_of
from api.storage.db import aware, transaction
from api.storage.tables import metadata

SCOPES = ("ask", "law", "tools", "counter", "speech")
_PREFIX = "wenfa_"

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("scopes", JSON, nullable=False),
    Column("per_day", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
)
api_usage = Table(
    "api_usage",
    metadata,
    Column("key", ForeignKey("api_keys.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("count", Integer, nullable=False),
)


@dataclass(frozen=True)
class ApiKey:
    """A program's key, without the key itself; `used` counts the county's present day."""

    name: str
    scopes: tuple[str, ...]
    per_day: int
    created_at: datetime
    revoked_at: datetime | None
    used: int


class ApiKeys:
    """The keys on a database; every method is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine, self._now = engine, now

    def add(self, name: str, scopes: Iterable[str], per_day: int) -> str:
        """A new key; it is shown this once and stored as a digest.

        Raises:
            KeyInvalid: the name is empty or taken, a scope is unknown, the quota is not positive.
        """
        wanted = tuple(dict.fromkeys(scopes))
        unknown = [scope for scope in wanted if scope not in SCOPES]
        if unknown or not wanted:
            raise KeyInvalid(f"没有这样的范围：{'、'.join(unknown)}；可选{'、'.join(SCOPES)}")
        if not 0 < len(name.strip()) <= 64 or per_day < 1:
            raise KeyInvalid("名字要有1到64个字，每天的次数要大于0")
        token = _PREFIX + secrets.token_urlsafe(32)
        row = {"name": name.strip(), "digest": digest_of(token), "scopes": list(wanted)}
        try:
            with transaction(self._engine) as connection:
                connection.execute(
                    insert(api_keys).values(**row, per_day=per_day, created_at=self._now())
                )
        except IntegrityError as error:
            raise KeyInvalid(f"已经有叫“{name}”的密钥") from error
        return token

    def all(self) -> list[ApiKey]:
        """Every key, the oldest first."""
        today = (api_usage.c.key == api_keys.c.id) & (api_usage.c.day == self._today())
        query = select(api_keys, api_usage.c.count.label("used")).outerjoin(api_usage, today)
        with transaction(self._engine, reading=True) as connection:
            return [
                ApiKey(
                    name=row.name,
                    scopes=tuple(row.scopes),
                    per_day=row.per_day,
                    created_at=aware(row.created_at),
                    revoked_at=row.revoked_at and aware(row.revoked_at),
                    used=row.used or 0,
                )
                for row in connection.execute(query.order_by(api_keys.c.id))
            ]

    def revoke(self, name: str) -> None:
        """The key stops working at once.

        Raises:
            KeyInvalid: no key has this name.
        """
        with transaction(self._engine) as connection:
            done = connection.execute(
                update(api_keys).where(api_keys.c.name == name).values(revoked_at=self._now())
            )
        if not done.rowcount:
            raise KeyInvalid(f"没有叫“{name}”的密钥")

    def admit(self, token: str, scope: str | None) -> None:
        """Count one request of a program against its key.

        Raises:
            KeyUnknown: there is no such key, or it was revoked.
            ScopeMissing: the key does not open this part of the API; None is open to no key.
            QuotaSpent: the day's requests are used up.
        """
        with transaction(self._engine) as connection:
            found = select(api_keys).where(api_keys.c.digest == digest_of(token)).with_for_update()
            key = connection.execute(found).first()
            if key is None or key.revoked_at:
                raise KeyUnknown("密钥不对，或者已经停用。")
            if scope not in key.scopes:
                raise ScopeMissing("这个密钥不能用这个接口。")
            used = _used(connection, key.id, self._today())
            if (used or 0) >= key.per_day:
                raise QuotaSpent(f"今天的{key.per_day}次已经用完，明天再试。")
            self._count(connection, key.id, used)

    def _count(self, connection: Connection, key: int, used: int | None) -> None:
        today = self._today()
        if used is None:
            connection.execute(insert(api_usage).values(key=key, day=today, count=1))
            return
        here = (api_usage.c.key == key, api_usage.c.day == today)
        connection.execute(update(api_usage).where(*here).values(count=api_usage.c.count + 1))

    def _today(self) -> date:
        return self._now().astimezone(COUNTY).date()


def _used(connection: Connection, key: int, day: date) -> int | None:
    query = select(api_usage.c.count).where(api_usage.c.key == key, api_usage.c.day == day)
    found: int | None = connection.execute(query).scalar()
    return found
