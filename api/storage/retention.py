"""Takes away what was kept long enough; what of a thing stays is as in storage/erasing.py."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    delete,
    exists,
    func,
    select,
)
from sqlalchemy.exc import IntegrityError

from api.casework.aid import FINAL as AID_FINAL
from api.casework.orders import FINAL
from api.home.login import LONGEST
from api.home.retention import Class, Retention
from api.review.people import MACHINE
from api.review.types import OPEN, Event
from api.storage.audit import Trail
from api.storage.casework_tables import (
    aid_applications,
    carried,
    casework_events,
    orders,
    papers,
    uploads,
)
from api.storage.db import transaction
from api.storage.erasing import Eraser
from api.storage.home_tables import (
    resident_codes,
    resident_links,
    resident_sessions,
    residents,
)
from api.storage.tables import audit, audit_texts, conversations, messages, reviews

_log = logging.getLogger(__name__)
_AT_ONCE = 500
_DESK = "desk"
Take = Callable[[Connection, Any], object]


@dataclass(frozen=True)
class Keeper:
    """Run `run` once a day; several processes may.

    `forget` makes the dialogue forget conversations, once they are gone here.
    """

    engine: Engine
    eraser: Eraser
    trail: Trail
    retention: Retention
    now: Callable[[], datetime]
    forget: Callable[[Sequence[str]], None]

    def due(self) -> dict[Class, int]:
        """How much of each class is over its time; takes nothing away."""
        found = {}
        with transaction(self.engine, reading=True) as connection:
            for name, end in self.retention.ends(self.now()):
                query = select(func.count()).select_from(_over(name, end).subquery())
                found[name] = int(connection.execute(query).scalar_one())
        return found

    def run(self) -> dict[Class, int]:
        """Take it away, each thing in a transaction of its own; returns how much went."""
        gone = {}
        for name, end in self.retention.ends(self.now()):
            with transaction(self.engine, reading=True) as connection:
                query = _over(name, end).limit(_AT_ONCE)
                keys = list(connection.execute(query).scalars())
            went = [key for key in keys if self._gone(name, key)]
            gone[name] = len(went)
            if name is Class.CONVERSATIONS:
                self.forget(went)
        with transaction(self.engine) as connection:
            over = resident_sessions.c.created_at < self.now() - LONGEST
            connection.execute(delete(resident_sessions).where(over))
        if any(gone.values()):
            counts = {name.value: str(count) for name, count in gone.items() if count}
            self.trail.record(Event("retention", MACHINE.name, self.now(), details=counts))
        return gone

    def _gone(self, name: Class, key: Any) -> bool:
        """Whether it went; what something else still refers to stays and is logged."""
        try:
            with transaction(self.engine) as connection:
                self._take(name)(connection, key)
        except IntegrityError:
            _log.error("retention: %s not erased, another table refers to it", name)
            return False
        return True

    def _take(self, name: Class) -> Take:
        takes: dict[Class, Take] = {
            Class.CODES: _row(resident_codes.c.id),
            Class.CARRIED: _row(carried.c.token),
            Class.CONVERSATIONS: self.eraser.conversation,
            Class.PAPERS: self.eraser.paper,
            Class.PHOTOS: _row(uploads.c.id),
            Class.AID: self.eraser.aid,
            Class.ORDERS: self.eraser.order,
            Class.RESIDENTS: self.eraser.resident,
            Class.AUDIT_WORDS: _row(audit_texts.c.id),
        }
        return takes[name]


def _over(name: Class, end: datetime) -> Select[Any]:
    """The keys of what is past its end."""
    aid_over = _done(aid_applications, AID_FINAL, "aid", end)
    queries: dict[Class, Select[Any]] = {
        Class.CODES: select(resident_codes.c.id).where(resident_codes.c.created_at < end),
        Class.CARRIED: select(carried.c.token).where(carried.c.created_at < end),
        Class.CONVERSATIONS: select(conversations.c.id).where(*_silent(end)),
        Class.PAPERS: select(papers.c.token).where(papers.c.updated_at < end),
        Class.PHOTOS: select(uploads.c.id).where(
            uploads.c.application.in_(select(aid_applications.c.id).where(*aid_over))
        ),
        Class.AID: select(aid_applications.c.token).where(
            *aid_over, ~_step("aid", aid_applications, "erase")
        ),
        Class.ORDERS: select(orders.c.token).where(
            *_done(orders, FINAL | {"answered"}, "order", end), ~_step("order", orders, "erase")
        ),
        Class.RESIDENTS: select(residents.c.id).where(
            residents.c.created_at < end,
            ~exists().where(resident_links.c.resident == residents.c.id),
            ~exists().where(resident_sessions.c.resident == residents.c.id),
        ),
        Class.AUDIT_WORDS: select(audit_texts.c.id)
        .join(audit, audit.c.number == audit_texts.c.audit)
        .where(audit.c.at < end.isoformat()),
    }
    return queries[name]


def _silent(end: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conversations in which nothing was said since, and nothing waits for a lawyer."""
    spoken = exists().where(
        messages.c.conversation == conversations.c.id, messages.c.created_at >= end
    )
    waiting = exists().where(
        reviews.c.conversation == conversations.c.id, reviews.c.state.in_(OPEN)
    )
    return (
        conversations.c.created_at < end,
        conversations.c.channel != _DESK,
        conversations.c.id.not_like("erased-%"),
        ~spoken,
        ~waiting,
    )


def _done(
    table: Table, states: frozenset[str], subject: str, end: datetime
) -> tuple[ColumnElement[bool], ...]:
    """Finished, and nothing was done with it since."""
    since = exists().where(
        casework_events.c.subject == subject,
        casework_events.c.number == table.c.id,
        casework_events.c.at >= end,
        casework_events.c.step != "look",
    )
    return table.c.state.in_(states), ~since


def _step(subject: str, table: Table, step: str) -> ColumnElement[bool]:
    return exists().where(
        casework_events.c.subject == subject,
        casework_events.c.number == table.c.id,
        casework_events.c.step == step,
    )


def _row(column: Any) -> Take:
    return lambda connection, key: connection.execute(delete(column.table).where(column == key))
