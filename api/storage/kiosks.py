"""Kiosks on a database: added, registered once by a link, heard of every minute, revoked."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from api.casework.county import County
from api.casework.errors import CaseUnknown, FormInvalid
from api.casework.kiosks import REGIONS, Kiosk, Microphone, Supply
from api.review.accounts import digest_of
from api.storage.casework_tables import kiosks
from api.storage.db import aware, transaction


@dataclass(frozen=True)
class Keys:
    """What is shown once: the link's token, and that of a program beside the printer."""

    link: str
    agent: str


class KioskStore:
    """The kiosks' table; every method is one transaction."""

    def __init__(self, engine: Engine, county: County, now: Callable[[], datetime]) -> None:
        self._engine, self._county, self._now = engine, county, now

    def add(self, name: str, township: str, place: str, region: str, phone: str) -> Keys:
        """A new kiosk, not yet registered.

        Raises:
            FormInvalid: the name is taken, or the township or the dialect is unknown.
        """
        name = name.strip()
        if not name or len(name) > 64:
            raise FormInvalid("请给一体机起一个名字，不超过64个字", "name")
        if township not in {one.name for one in self._county.townships}:
            raise FormInvalid(f"县情里没有乡镇“{township}”", "township")
        if region not in REGIONS:
            raise FormInvalid(
                f"不认识的方言“{region}”：{'、'.join(filter(None, REGIONS))}", "region"
            )
        keys = Keys(secrets.token_urlsafe(24), secrets.token_urlsafe(24))
        row = {"name": name, "township": township, "place": place[:128], "region": region}
        row |= {"phone": phone[:32], "link": digest_of(keys.link), "agent": digest_of(keys.agent)}
        try:
            with transaction(self._engine) as connection:
                connection.execute(insert(kiosks).values(**row, created_at=self._now()))
        except IntegrityError as error:
            raise FormInvalid(f"已经有叫“{name}”的一体机", "name") from error
        return keys

    def renew(self, name: str) -> Keys:
        """New link and agent's token; what was registered before is out.

        Raises:
            CaseUnknown: there is no such kiosk.
        """
        keys = Keys(secrets.token_urlsafe(24), secrets.token_urlsafe(24))
        values = {"link": digest_of(keys.link), "agent": digest_of(keys.agent), "token": None}
        self._change(name, values | {"revoked_at": None, "registered_at": None})
        return keys

    def revoke(self, name: str) -> None:
        """Shut a kiosk out at once.

        Raises:
            CaseUnknown: there is no such kiosk.
        """
        gone: dict[str, Any] = {"link": None, "token": None, "agent": None}
        self._change(name, gone | {"revoked_at": self._now()})

    def waiting(self, link: str) -> Kiosk:
        """The kiosk an unused link is for.

        Raises:
            CaseUnknown: the link was used or never given.
        """
        found = self._one(kiosks.c.link == digest_of(link))
        if found is None:
            raise CaseUnknown("这个登记链接已经用过，或者不对；请让管理员再发一个")
        return found

    def register(self, link: str) -> str:
        """Spend the link; returns the token the browser keeps.

        Raises:
            CaseUnknown: the link was used or never given.
        """
        kiosk, token, now = self.waiting(link), secrets.token_urlsafe(24), self._now()
        mine = (kiosks.c.id == kiosk.id) & (kiosks.c.link == digest_of(link))
        values = {"link": None, "token": digest_of(token), "registered_at": now, "seen_at": now}
        with transaction(self._engine) as connection:
            if connection.execute(update(kiosks).where(mine).values(**values)).rowcount != 1:
                raise CaseUnknown("这个登记链接刚刚被用过")
        return token

    def known(self, token: str) -> Kiosk | None:
        """The kiosk of a browser's or an agent's token."""
        held = digest_of(token)
        return self._one(or_(kiosks.c.token == held, kiosks.c.agent == held)) if token else None

    def beat(self, kiosk: Kiosk, microphone: Microphone | None, paper: Supply | None) -> None:
        """It was heard of; what is not said stays as it was. A word on paper alone is no beat."""
        values: dict[str, Any] = {"paper": paper} if paper else {}
        if microphone or not paper:
            values |= {"seen_at": self._now()}
        values |= {"microphone": microphone} if microphone else {}
        with transaction(self._engine) as connection:
            connection.execute(update(kiosks).where(kiosks.c.id == kiosk.id).values(**values))

    def numbered(self, number: int) -> Kiosk:
        """The kiosk of a number.

        Raises:
            CaseUnknown: there is none.
        """
        found = self._one(kiosks.c.id == number)
        if found is None:
            raise CaseUnknown("没有这台一体机")
        return found

    def all(self) -> list[Kiosk]:
        """Every kiosk, those in use first."""
        order = (kiosks.c.revoked_at.is_not(None), kiosks.c.township, kiosks.c.name)
        with transaction(self._engine, reading=True) as connection:
            return [_kiosk(row) for row in connection.execute(select(kiosks).order_by(*order))]

    def _change(self, name: str, values: dict[str, Any]) -> None:
        with transaction(self._engine) as connection:
            done = connection.execute(update(kiosks).where(kiosks.c.name == name).values(**values))
        if done.rowcount != 1:
            raise CaseUnknown(f"没有叫“{name}”的一体机")

    def _one(self, which: Any) -> Kiosk | None:
        with transaction(self._engine, reading=True) as connection:
            row = connection.execute(select(kiosks).where(which)).first()
        return _kiosk(row) if row else None


def _kiosk(row: Row[Any]) -> Kiosk:
    kept = ("id", "name", "township", "place", "region", "phone")
    return Kiosk(
        **{name: getattr(row, name) for name in kept},
        registered_at=row.registered_at and aware(row.registered_at),
        seen_at=row.seen_at and aware(row.seen_at),
        revoked_at=row.revoked_at and aware(row.revoked_at),
        paper=Supply(row.paper),
        microphone=Microphone(row.microphone),
    )
