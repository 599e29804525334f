"""Verified residents: codes, sessions, and what each put into the own file."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from api.core.errors import MessageInvalid
from api.core.phones import mobile
from api.home.consents import FILE
from api.home.errors import CodeWrong, LinkTaken
from api.home.login import ATTEMPTS, CODE_LASTS, DAY, DIGITS, IDLE, LONGEST, check_often
from api.storage.casework_events import new_token
from api.storage.consents import write
from api.storage.db import aware, transaction
from api.storage.home_tables import (
    resident_codes,
    resident_links,
    resident_sessions,
    residents,
)
from api.storage.phones import PhoneDigest
from api.storage.sending import new_id
from api.storage.vault import Vault

_WRONG = "验证码不对，或者已经过期。请看清楚再填，或者重新要一个。"


@dataclass(frozen=True)
class Asked:
    """A code on its way: `ticket` stays with the browser that asked, `key` names the message."""

    ticket: str
    code: str
    phone: str
    key: str


@dataclass(frozen=True)
class Visit:
    """Somebody verified, on this request."""

    resident: int
    csrf: str
    phone: str
    since: datetime


class Residents:
    """The tables of who is verified; every method is one transaction."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        now: Callable[[], datetime],
        digest: PhoneDigest,
        key: bytes,
    ) -> None:
        self._engine, self._vault, self._now = engine, vault, now
        self._phone, self._key = digest, key

    def ask(self, phone: str, address: str) -> Asked:
        """A code for a phone; only its keyed digest is kept.

        Raises:
            MessageInvalid: that is no mobile number.
            TooOften: this phone, or this address, asked too often.
        """
        number, now = mobile(phone), self._now()
        ticket, code = secrets.token_urlsafe(24), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        token = self._digest("ticket", ticket)
        row: dict[str, Any] = {
            "token": token,
            "phone": self._known(number),
            "address": self._digest("address", address),
            "code": self._digest("code", f"{token}:{code}"),
            "sealed": self._vault.seal(number.encode(), f"code:{token}"),
            "created_at": now,
            "expires_at": now + CODE_LASTS,
        }
        with transaction(self._engine) as connection:
            check_often(
                self._asked(connection, "phone", row["phone"]),
                self._asked(connection, "address", row["address"]),
                now,
            )
            connection.execute(insert(resident_codes).values(**row))
        return Asked(ticket, code, number, f"code-{token[:24]}")

    def enter(self, ticket: str, code: str) -> str:
        """Open a session with the code that was sent; returns the session's token.

        Raises:
            CodeWrong: it is not the one, too old, used, or tried too often.
        """
        session, now = secrets.token_urlsafe(32), self._now()
        token = self._digest("ticket", ticket)
        with transaction(self._engine) as connection:
            mine = resident_codes.c.token == token
            row = connection.execute(select(resident_codes).where(mine).with_for_update()).first()
            given = self._digest("code", f"{token}:{code.strip()}")
            right = hmac.compare_digest(given, row.code if row else self._digest("code", ""))
            entered = row is not None and _alive(row, now) and right
            if row is not None:
                used = now if entered else row.used_at
                tried = {"attempts": row.attempts + 1, "used_at": used}
                connection.execute(update(resident_codes).where(mine).values(**tried))
            if row is not None and entered:
                resident = self._resident(connection, row)
                fresh = {"token": self._digest("session", session), "resident": resident}
                fresh |= {"csrf": secrets.token_urlsafe(24), "created_at": now, "seen_at": now}
                connection.execute(insert(resident_sessions).values(**fresh))
        if not entered:  # the attempt is counted above, before this is said
            raise CodeWrong(_WRONG)
        return session

    def visit(self, session: str) -> Visit | None:
        """Who holds this session; None when it is over. Each look keeps it open for longer."""
        now, mine = self._now(), resident_sessions.c.token == self._digest("session", session)
        with transaction(self._engine) as connection:
            row = connection.execute(select(resident_sessions).where(mine)).first()
            if row is None:
                return None
            if now - aware(row.seen_at) > IDLE or now - aware(row.created_at) > LONGEST:
                connection.execute(delete(resident_sessions).where(mine))
                return None
            connection.execute(update(resident_sessions).where(mine).values(seen_at=now))
            who = connection.execute(select(residents).where(residents.c.id == row.resident)).one()
        phone = self._vault.open(who.sealed, f"resident:{who.token}").decode()
        return Visit(who.id, row.csrf, phone, aware(who.created_at))

    def leave(self, session: str) -> None:
        """End a session."""
        mine = resident_sessions.c.token == self._digest("session", session)
        with transaction(self._engine) as connection:
            connection.execute(delete(resident_sessions).where(mine))

    def with_phone(self, phone: str) -> Visit | None:
        """The resident of a phone, for an operator's command; opens no session."""
        with transaction(self._engine, reading=True) as connection:
            who = connection.execute(
                select(residents).where(residents.c.phone == self._known(mobile(phone)))
            ).first()
        return Visit(who.id, "", mobile(phone), aware(who.created_at)) if who else None

    def link(self, resident: int, kind: str, subject: str) -> None:
        """Put something into the file.

        Raises:
            LinkTaken: it is in somebody else's.
        """
        values = {"resident": resident, "kind": kind, "subject": subject}
        try:
            with transaction(self._engine) as connection:
                connection.execute(insert(resident_links).values(**values, created_at=self._now()))
        except IntegrityError:
            if subject not in self.links(resident).get(kind, []):
                raise LinkTaken("这一项已经在另一个人的档案里了。") from None

    def unlink(self, resident: int, kind: str) -> list[str]:
        """Take everything of a kind out of the file; returns what it was."""
        mine = (resident_links.c.resident == resident, resident_links.c.kind == kind)
        with transaction(self._engine) as connection:
            found = connection.execute(select(resident_links.c.subject).where(*mine)).scalars()
            subjects = list(found)
            connection.execute(delete(resident_links).where(*mine))
        return subjects

    def links(self, resident: int) -> dict[str, list[str]]:
        """What is in the file, by kind, oldest first."""
        query = (
            select(resident_links)
            .where(resident_links.c.resident == resident)
            .order_by(resident_links.c.id)
        )
        found: dict[str, list[str]] = {}
        with transaction(self._engine, reading=True) as connection:
            for row in connection.execute(query):
                found.setdefault(row.kind, []).append(row.subject)
        return found

    def _resident(self, connection: Connection, code: Row[Any]) -> int:
        known = select(residents.c.id).where(residents.c.phone == code.phone)
        found = connection.execute(known).scalar()
        if found is not None:
            return int(found)
        phone, token = self._vault.open(code.sealed, f"code:{code.token}"), new_token()
        row = {"token": token, "phone": code.phone, "created_at": self._now()}
        sealed = self._vault.seal(phone, f"resident:{token}")
        made = new_id(connection.execute(insert(residents).values(**row, sealed=sealed)))
        write(connection, FILE, self._now(), given=True, resident=made)
        return made

    def _asked(self, connection: Connection, column: str, value: str) -> list[datetime]:
        table = resident_codes
        recent = table.c.created_at > self._now() - DAY
        query = select(table.c.created_at).where(table.c[column] == value, recent)
        return [aware(at) for at in connection.execute(query).scalars()]

    def _known(self, phone: str) -> str:
        found = self._phone(phone)
        if found is None:
            raise MessageInvalid("phone_invalid", "请写11位手机号，例如13800000000。", "phone")
        return found

    def _digest(self, what: str, value: str) -> str:
        return hmac.new(self._key, f"{what}\0{value}".encode(), hashlib.sha256).hexdigest()


def _alive(code: Row[Any], now: datetime) -> bool:
    fresh = code.used_at is None and code.attempts < ATTEMPTS
    return bool(fresh and now < aware(code.expires_at))
