"""Legal-aid applications and their photos; every method is one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, Row, insert, select, update

from api.casework.aid import MACHINE, Applicant, due
from api.casework.county import County
from api.casework.errors import CaseUnknown, StepRefused, UploadRefused
from api.casework.steps import Role
from api.casework.uploads import Scan
from api.core.deadlines import COUNTY as ZONE
from api.core.types import Author, Decision, Link, Reply
from api.storage.casework_events import Event, events, new_token, record, tell
from api.storage.casework_tables import aid_applications, uploads
from api.storage.db import aware, transaction
from api.storage.phones import PhoneDigest, unknown
from api.storage.sending import new_id
from api.storage.vault import Vault
from knowledge.legal_aid import AidFacts

_MOST_FILES = 20
_FACTS = TypeAdapter(AidFacts)
_APPLICANT = TypeAdapter(Applicant)
_PUBLIC_NOTES = ("ask_supplement", "grant", "refuse", "assign", "close")


@dataclass(frozen=True)
class Photo:
    """One uploaded file, without its content."""

    token: str
    material: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Application:
    """An application with all that was told."""

    id: int
    token: str
    reference: str
    conversation: str | None
    state: str
    lane: str
    verdict: str
    facts: AidFacts
    applicant: Applicant
    owner: str | None
    received_at: datetime
    due_at: datetime | None
    version: int
    photos: tuple[Photo, ...] = ()
    events: tuple[Event, ...] = ()


class AidStore:
    """The applications' tables."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        county: County,
        now: Callable[[], datetime],
        digest: PhoneDigest = unknown,
    ) -> None:
        self._engine, self._vault, self._county, self._now = engine, vault, county, now
        self._digest = digest

    def apply(
        self,
        facts: AidFacts,
        applicant: Applicant,
        *,
        verdict: str,
        lane: str,
        conversation: str | None = None,
    ) -> Application:
        """Take an application in; it gets a reference number and a deadline."""
        token, now = new_token(), self._now()
        told = {
            "facts": _FACTS.dump_python(facts, mode="json"),
            "applicant": asdict(applicant),
        }
        row = {
            "token": token,
            "reference": token[:24],
            "conversation": conversation,
            "state": MACHINE.first,
            "lane": lane,
            "verdict": verdict,
            "sealed": self._vault.seal_json(told, f"aid:{token}"),
            "phone": self._digest(applicant.phone),
            "received_at": now,
            "due_at": due(MACHINE.first, lane, now, self._county),
        }
        with transaction(self._engine) as connection:
            number = new_id(connection.execute(insert(aid_applications).values(**row)))
            reference = f"FY{now.astimezone(ZONE):%Y%m%d}-{number:04d}"
            connection.execute(
                update(aid_applications)
                .where(aid_applications.c.id == number)
                .values(reference=reference)
            )
            record(connection, "aid", number, now, "申请人", "apply", "")
        return self.get(token)

    def get(self, token: str) -> Application:
        """The application of a token.

        Raises:
            CaseUnknown: there is none.
        """
        return self._one(aid_applications.c.token == token)

    def numbered(self, number: int) -> Application:
        """The application of a number.

        Raises:
            CaseUnknown: there is none.
        """
        return self._one(aid_applications.c.id == number)

    def all(self, limit: int = 200) -> list[Application]:
        """Those with something due first, by deadline; then the latest."""
        table = aid_applications
        query = select(table).order_by(table.c.due_at.is_(None), table.c.due_at, table.c.id.desc())
        with transaction(self._engine, reading=True) as connection:
            return [self._read(row, connection) for row in connection.execute(query.limit(limit))]

    def take(self, number: int, step: str, role: Role, actor: str, note: str = "") -> Application:
        """One step; the resident hears of it in the same transaction.

        Raises:
            StepRefused: not from this state, not for this role, or somebody was faster.
            FormInvalid: what the step needs was not said.
        """
        case, now = self.numbered(number), self._now()
        state = MACHINE.after(case.state, step, role, note)
        start = case.received_at if state == "received" else now
        values: dict[str, Any] = {
            "state": state,
            "due_at": due(state, case.lane, start, self._county),
            "version": case.version + 1,
        }
        if role is Role.STAFF:
            values["owner"] = actor
        with transaction(self._engine) as connection:
            changed = connection.execute(
                update(aid_applications)
                .where(aid_applications.c.id == number, aid_applications.c.version == case.version)
                .values(**values)
            )
            if changed.rowcount != 1:
                raise StepRefused(f"{case.reference}刚刚被别人办过，请刷新再看")
            record(connection, "aid", number, now, actor, step, note)
            if role is Role.STAFF:
                tell(connection, case.conversation, self._news(case, state, step, note), now)
        return self.numbered(number)

    def add_photo(self, token: str, material: str, scan: Scan) -> Photo:
        """Keep a photo, sealed.

        Raises:
            UploadRefused: there are too many, or the application is closed.
        """
        case, name = self.get(token), new_token()
        if len(case.photos) >= _MOST_FILES:
            raise UploadRefused(f"最多传{_MOST_FILES}张，其余的请带到窗口")
        if case.state not in ("received", "supplement", "granted", "assigned"):
            raise UploadRefused("这份申请已经办结，不能再传材料")
        photo = Photo(name, material, scan.media_type, len(scan.data))
        row = asdict(photo) | {
            "application": case.id,
            "sealed": self._vault.seal(scan.data, f"upload:{name}"),
            "created_at": self._now(),
        }
        with transaction(self._engine) as connection:
            connection.execute(insert(uploads).values(**row))
            record(connection, "aid", case.id, self._now(), "申请人", "upload", material)
        return photo

    def photo(self, number: int, token: str, actor: str) -> Scan:
        """A photo's content; who looked is recorded.

        Raises:
            CaseUnknown: the application has no such photo.
        """
        query = select(uploads).where(uploads.c.application == number, uploads.c.token == token)
        with transaction(self._engine) as connection:
            row = connection.execute(query).first()
            if row is None:
                raise CaseUnknown("没有这张照片")
            record(connection, "aid", number, self._now(), actor, "look", row.material)
        return Scan(row.media_type, self._vault.open(row.sealed, f"upload:{token}"))

    def looked(self, number: int, actor: str) -> None:
        """Record that somebody opened the application."""
        with transaction(self._engine) as connection:
            record(connection, "aid", number, self._now(), actor, "look", "")

    def _one(self, which: Any) -> Application:
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(select(aid_applications).where(which)).first()
            if row is None:
                raise CaseUnknown("没有这份法律援助申请；请核对网址，或者拨打12348查询")
            return self._read(row, connection)

    def _read(self, row: Row[Any], connection: Connection) -> Application:
        told = self._vault.open_json(row.sealed, f"aid:{row.token}")
        kept = select(uploads).where(uploads.c.application == row.id).order_by(uploads.c.id)
        return Application(
            id=row.id,
            token=row.token,
            reference=row.reference,
            conversation=row.conversation,
            state=row.state,
            lane=row.lane,
            verdict=row.verdict,
            facts=_FACTS.validate_python(told["facts"]),
            applicant=_APPLICANT.validate_python(told["applicant"]),
            owner=row.owner,
            received_at=aware(row.received_at),
            due_at=aware(row.due_at) if row.due_at else None,
            version=row.version,
            photos=tuple(
                Photo(p.token, p.material, p.media_type, p.size) for p in connection.execute(kept)
            ),
            events=events(connection, "aid", row.id),
        )

    def _news(self, case: Application, state: str, step: str, note: str) -> Reply:
        told = f"\n{MACHINE.steps[step].note}：{note.strip()}" if step in _PUBLIC_NOTES else ""
        return Reply(
            Decision.RELEASE,
            f"您的法律援助申请{case.reference}：{MACHINE.states[state]}。{told}",
            links=(Link("看办理进度", f"/aid/a/{case.token}"),),
            author=Author.LAWYER,
            reviewed=True,
            reference=case.reference,
            label=f"本通知由{self._county.county}法律援助中心发出。",
        )
