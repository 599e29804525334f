"""Work orders; every method is one transaction, every change leaves an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from api.casework.county import County
from api.casework.errors import CaseUnknown, FormInvalid, StepRefused
from api.casework.orders import (
    MACHINE,
    RECTIFY_NAME,
    Services,
    Told,
    due,
    office_for,
    rating_step,
    slots,
)
from api.casework.steps import Role
from api.core.deadlines import COUNTY as ZONE
from api.core.types import Author, Decision, Link, Reply
from api.storage.casework_events import Event, events, new_token, record, tell
from api.storage.casework_tables import orders
from api.storage.db import aware, transaction
from api.storage.phones import PhoneDigest, unknown
from api.storage.sending import new_id
from api.storage.vault import Vault

_TOLD = TypeAdapter(Told)
_TAKEN = "这个时间刚被别人约走了，请换一个"


@dataclass(frozen=True)
class Order:
    """One order with all a clerk needs."""

    id: int
    token: str
    reference: str
    service: str
    conversation: str | None
    state: str
    office: str
    place: str
    owner: str | None
    told: Told
    due_at: datetime | None
    slot_at: datetime | None
    result: str
    rating: int | None
    created_at: datetime
    version: int
    events: tuple[Event, ...] = ()


class OrderStore:
    """The orders' table."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        county: County,
        services: Services,
        now: Callable[[], datetime],
        digest: PhoneDigest = unknown,
    ) -> None:
        self._engine, self._vault, self._now = engine, vault, now
        self._county, self._services, self._digest = county, services, digest

    def open(
        self,
        service: str,
        told: Told,
        *,
        conversation: str | None = None,
        slot_at: datetime | None = None,
        place: str = "",
    ) -> Order:
        """Take an order in; an office near the resident is proposed.

        `place` is the kiosk it was made at.

        Raises:
            CaseUnknown: there is no such service.
            FormInvalid: the hour wanted is not on offer, or was taken a moment ago.
        """
        if slot_at and slot_at not in self.free_slots(service, told.township):
            raise FormInvalid(_TAKEN, "slot_at")
        self._services.named(service)
        return self._open(service, told, MACHINE.first, conversation, slot_at, place)

    def rectify(self, told: Told, conversation: str | None) -> Order:
        """What was rated badly is to be put right within 48 hours; such an order starts there."""
        return self._open(RECTIFY_NAME, told, "rectifying", conversation, None)

    def _open(
        self,
        service: str,
        told: Told,
        state: str,
        conversation: str | None,
        slot_at: datetime | None,
        place: str = "",
    ) -> Order:
        kind, token, now = self._services.of_order(service), new_token(), self._now()
        office = office_for(kind, told.township, self._county)
        row = {
            "token": token,
            "reference": token[:24],
            "service": service,
            "conversation": conversation,
            "state": state,
            "office": office.name if office else "",
            "place": place,
            "sealed": self._vault.seal_json(asdict(told), f"order:{token}"),
            "phone": self._digest(told.phone),
            "due_at": due(state, kind, now, self._county),
            "slot_at": slot_at,
            "created_at": now,
        }
        try:
            with transaction(self._engine) as connection:
                number = new_id(connection.execute(insert(orders).values(**row)))
                reference = f"GD{now.astimezone(ZONE):%Y%m%d}-{number:04d}"
                named = update(orders).where(orders.c.id == number)
                connection.execute(named.values(reference=reference))
                record(connection, "order", number, now, "居民", "open", "")
        except IntegrityError as error:
            raise FormInvalid(_TAKEN, "slot_at") from error
        return self.get(token)

    def free_slots(self, service: str, township: str) -> tuple[datetime, ...]:
        """Half hours (UTC) the service's office still has; none for services without hours."""
        kind = self._services.named(service)
        office = office_for(kind, township, self._county)
        if not kind.appointment or office is None:
            return ()
        query = select(orders.c.slot_at).where(
            orders.c.office == office.name, orders.c.slot_at.is_not(None)
        )
        with transaction(self._engine, reading=True) as connection:
            taken = {aware(row.slot_at) for row in connection.execute(query)}
        return tuple(at for at in slots(self._county, office, self._now()) if at not in taken)

    def get(self, token: str) -> Order:
        """The order of a token.

        Raises:
            CaseUnknown: there is none.
        """
        return self._one(orders.c.token == token)

    def numbered(self, number: int) -> Order:
        """The order of a number.

        Raises:
            CaseUnknown: there is none.
        """
        return self._one(orders.c.id == number)

    def all(self, limit: int = 200) -> list[Order]:
        """Those with something due first, by deadline; then the latest."""
        query = select(orders).order_by(
            orders.c.due_at.is_(None), orders.c.due_at, orders.c.id.desc()
        )
        with transaction(self._engine, reading=True) as connection:
            return [self._read(row, connection) for row in connection.execute(query.limit(limit))]

    def rate(self, number: int, stars: int, note: str) -> Order:
        """The resident's rating; a bad one is put right within 48 hours.

        Raises:
            FormInvalid: not one to five stars.
            StepRefused: there is nothing to rate.
        """
        return self._take(number, rating_step(stars), Role.RESIDENT, "居民", note, rating=stars)

    def take(
        self, number: int, step: str, role: Role, actor: str, note: str = "", office: str = ""
    ) -> Order:
        """One step; `office` only when dispatching elsewhere than proposed.

        Raises:
            StepRefused: not from this state, not for this role, or somebody was faster.
            FormInvalid: what the step needs was not said.
        """
        if step in ("rate_well", "rate_badly"):
            raise StepRefused("请选星级评价")
        if office and self.numbered(number).slot_at:
            raise StepRefused("已经约好时间的工单不能换单位，请先请居民撤销重约")
        return self._take(number, step, role, actor, note, **({"office": office} if office else {}))

    def _take(
        self, number: int, step: str, role: Role, actor: str, note: str, **more: Any
    ) -> Order:
        order, now = self.numbered(number), self._now()
        state = MACHINE.after(order.state, step, role, note)
        kind = self._services.of_order(order.service)
        values = more | {
            "state": state,
            "due_at": due(state, kind, now, self._county),
            "version": order.version + 1,
        }
        if role is Role.STAFF:
            values["owner"] = None if step == "return" else actor
        if step in ("finish", "rectify"):
            values["result"] = note.strip()
        if state == "cancelled":
            values["slot_at"] = None
        with transaction(self._engine) as connection:
            mine = (orders.c.id == number) & (orders.c.version == order.version)
            if connection.execute(update(orders).where(mine).values(**values)).rowcount != 1:
                raise StepRefused(f"{order.reference}刚刚被别人办过，请刷新再看")
            record(connection, "order", number, now, actor, step, note)
            if role is Role.STAFF:
                tell(connection, order.conversation, self._news(order, state, step, note), now)
        return self.numbered(number)

    def _one(self, which: Any) -> Order:
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(select(orders).where(which)).first()
            if row is None:
                raise CaseUnknown("没有这张工单；请核对网址，或者拨打12348查询")
            return self._read(row, connection)

    def _read(self, row: Row[Any], connection: Connection) -> Order:
        kept = ("id", "token", "reference", "service", "conversation", "state", "office", "place")
        return Order(
            **{name: getattr(row, name) for name in kept},
            owner=row.owner,
            told=_TOLD.validate_python(self._vault.open_json(row.sealed, f"order:{row.token}")),
            due_at=aware(row.due_at) if row.due_at else None,
            slot_at=aware(row.slot_at) if row.slot_at else None,
            result=row.result,
            rating=row.rating,
            created_at=aware(row.created_at),
            version=row.version,
            events=events(connection, "order", row.id),
        )

    def _news(self, order: Order, state: str, step: str, note: str) -> Reply:
        label = self._services.of_order(order.service).label
        shown = MACHINE.steps[step].note
        told = f"\n{shown}：{note.strip()}" if shown and step != "return" else ""
        return Reply(
            Decision.RELEASE,
            f"您的{label}工单{order.reference}：{MACHINE.states[state]}。{told}",
            links=(Link("看办理进度", f"/orders/o/{order.token}"),),
            author=Author.LAWYER,
            reviewed=True,
            reference=order.reference,
            label=f"本通知由{self._county.county}公共法律服务中心发出。",
        )
