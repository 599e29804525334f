"""Accounts and sessions on a database: implements review.accounts.StaffRows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from api.review.accounts import Account, Session
from api.review.errors import WordsMissing
from api.review.people import Person, Role
from api.review.types import Event
from api.storage.audit import Trail
from api.storage.db import aware, transaction
from api.storage.tables import sessions, staff


class Staff:
    """The people of the desk; every method is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], trail: Trail) -> None:
        self._engine, self._now, self._trail = engine, now, trail

    def all(self) -> list[Account]:
        """Every account, by name."""
        with transaction(self._engine, reading=True) as connection:
            return [
                _account(row) for row in connection.execute(select(staff).order_by(staff.c.name))
            ]

    def people(self) -> list[Person]:
        """Everybody who may come in."""
        with transaction(self._engine, reading=True) as connection:
            return people(connection)

    def add(self, person: Person, invitation: str, until: datetime, event: Event) -> None:
        """A new account without a password.

        Raises:
            WordsMissing: the name is taken.
        """
        try:
            with transaction(self._engine) as connection:
                connection.execute(
                    insert(staff).values(
                        name=person.name,
                        role=person.role,
                        topics=list(person.topics),
                        towns=list(person.towns),
                        languages=list(person.languages),
                        invitation=invitation,
                        invited_until=until,
                        created_at=self._now(),
                    )
                )
                self._trail.append(connection, event)
        except IntegrityError as error:
            raise WordsMissing(f"已经有“{person.name}”这个账号。", "name") from error

    def named(self, name: str) -> Account | None:
        """The account of a name."""
        return self._one(staff.c.name == name)

    def invited(self, invitation: str) -> Account | None:
        """The account whose one-time link has this digest."""
        return self._one(staff.c.invitation == invitation)

    def change(
        self, account: int, decide: Callable[[Account], Account], event: Event | None
    ) -> Account:
        """Store what `decide` makes of an account, and a row of the audit trail."""
        query = select(staff).where(staff.c.id == account).with_for_update()
        with transaction(self._engine) as connection:
            changed = decide(_account(connection.execute(query).one()))
            values = {
                name: getattr(changed, name)
                for name in changed.__dataclass_fields__
                if name not in ("id", "person")
            }
            connection.execute(update(staff).where(staff.c.id == account).values(values))
            if event:
                self._trail.append(connection, event)
        return changed

    def open_session(self, account: Account, token: str, csrf: str, full: bool) -> None:
        """Somebody logged in."""
        now = self._now()
        moments = {"created_at": now, "rotated_at": now, "seen_at": now}
        with transaction(self._engine) as connection:
            connection.execute(
                insert(sessions).values(
                    token=token, staff=account.id, csrf=csrf, full=full, **moments
                )
            )

    def session(self, token: str) -> Session | None:
        """The session with this digest as its token, or as the one before."""
        fits = or_(sessions.c.token == token, sessions.c.previous == token)
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(select(sessions).where(fits)).first()
            if row is None:
                return None
            mine = connection.execute(select(staff).where(staff.c.id == row.staff)).one()
        return Session(
            id=row.id,
            account=_account(mine),
            csrf=row.csrf,
            full=row.full,
            token=row.token,
            previous=row.previous,
            created_at=aware(row.created_at),
            rotated_at=aware(row.rotated_at),
            seen_at=aware(row.seen_at),
        )

    def touch(self, session: Session, token: str | None) -> None:
        """The session was used; with a new token when it is rotated."""
        values: dict[str, Any] = {"seen_at": self._now()}
        if token:
            values |= {"token": token, "previous": session.token, "rotated_at": self._now()}
        with transaction(self._engine) as connection:
            connection.execute(
                update(sessions)
                .where(sessions.c.id == session.id, sessions.c.token == session.token)
                .values(values)
            )

    def close_sessions(self, account: int, session: int | None = None) -> None:
        """One session of an account ends, or all."""
        which = [sessions.c.staff == account]
        which += [sessions.c.id == session] if session is not None else []
        with transaction(self._engine) as connection:
            connection.execute(delete(sessions).where(*which))

    def _one(self, where: Any) -> Account | None:
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(select(staff).where(where)).first()
        return _account(row) if row else None


def people(connection: Connection) -> list[Person]:
    """Everybody who may come in, in the caller's transaction."""
    query = select(staff).where(staff.c.active).order_by(staff.c.name)
    return [_account(row).person for row in connection.execute(query)]


def _account(row: Row[Any]) -> Account:
    person = Person(
        row.name, Role(row.role), tuple(row.topics), tuple(row.towns), tuple(row.languages)
    )
    return Account(
        id=row.id,
        person=person,
        active=row.active,
        password=row.password,
        totp=row.totp,
        totp_used=row.totp_used,
        failures=row.failures,
        locked_until=row.locked_until and aware(row.locked_until),
        invitation=row.invitation,
        invited_until=row.invited_until and aware(row.invited_until),
    )
