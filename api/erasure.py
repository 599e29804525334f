"""Erasing one resident wholly, or one matter: one transaction, and one row in the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from api.home.ratings import KIND_NAMES, Kind
from api.review.types import Event
from api.storage.audit import Trail
from api.storage.db import transaction
from api.storage.erasing import Eraser
from api.storage.personal import Personal
from api.storage.residents import Visit

BY_THEMSELVES, AT_THE_COUNTER = "居民", "窗口"
#: What people read for the kinds that `Erased` counts.
NAMES = {str(kind): name for kind, name in KIND_NAMES.items()} | {"conversation": "对话"}


@dataclass(frozen=True)
class Erased:
    """How many of each kind went, and the numbers of what stays until it is done."""

    counts: Mapping[str, int]
    kept: tuple[str, ...]


@dataclass(frozen=True)
class Erasure:
    """Erases; see storage/erasing.py for what stays of what.

    `forget` makes the dialogue forget conversations, once they are gone here.
    """

    engine: Engine
    personal: Personal
    eraser: Eraser
    trail: Trail
    now: Callable[[], datetime]
    forget: Callable[[Sequence[str]], None]

    def resident(self, who: Visit, by: str = BY_THEMSELVES) -> Erased:
        """Everything in the file, and the file itself."""
        links = self.personal.residents.links(who.resident)
        tokens, talks = self.personal.tokens(links), links.get("conversation", [])
        with transaction(self.engine) as connection:
            done = self._matters(connection, talks, tokens)
            self.eraser.resident(connection, who.resident)
            self._account(connection, done, by)
        self.forget(talks)
        return done

    def told_under(self, phone: str) -> Erased:
        """Applications and orders told under a phone, in a file or not: for the counter, which
        has seen the person's identity card."""
        tokens = self.personal.told_under(phone)
        with transaction(self.engine) as connection:
            done = self._matters(connection, [], tokens)
            self._account(connection, done, AT_THE_COUNTER)
        return done

    def _matters(
        self,
        connection: Connection,
        talks: Sequence[str],
        tokens: Mapping[Kind, Sequence[str]],
    ) -> Erased:
        """Matters first: a conversation takes away what leads to them."""
        how = {
            Kind.AID: self.eraser.aid,
            Kind.ORDER: self.eraser.order,
            Kind.PAPER: self.eraser.paper,
        }
        counts: dict[str, int] = {}
        kept: list[str] = []
        for kind, some in tokens.items():
            for token in some:
                if how[kind](connection, token):
                    counts[kind] = counts.get(kind, 0) + 1
                else:
                    kept.append(self.personal.aid.get(token).reference)
        for talk in talks:
            if self.eraser.conversation(connection, talk):
                counts["conversation"] = counts.get("conversation", 0) + 1
        return Erased(counts, tuple(kept))

    def _account(self, connection: Connection, done: Erased, by: str) -> None:
        details = {kind: str(count) for kind, count in done.counts.items()}
        details |= {"kept": str(len(done.kept))} if done.kept else {}
        self.trail.append(connection, Event("erase", by, self.now(), details=details))
