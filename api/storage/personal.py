"""Reads everything that is kept about one resident, through the stores that know how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Engine, or_, select

from api.casework.aid import FINAL as AID_FINAL
from api.casework.aid import MACHINE as AID_STEPS
from api.casework.orders import FINAL, Services
from api.casework.orders import MACHINE as ORDER_STEPS
from api.casework.papers.forms import form_of
from api.home.file import Elsewhere, Matter, Opinion, PersonalFile, Said, Talk
from api.home.ratings import GRADE_NAMES, KIND_NAMES, REASONS, Kind
from api.storage.aid import AidStore
from api.storage.casework_tables import aid_applications, orders, papers
from api.storage.consents import Consents
from api.storage.db import transaction
from api.storage.messages import Entry, Messages
from api.storage.orders import OrderStore
from api.storage.papers import PaperStore
from api.storage.phones import PhoneDigest
from api.storage.ratings import Ratings
from api.storage.residents import Residents, Visit

_NAMES = {
    "name": "姓名", "phone": "电话", "story": "事情经过", "township": "乡镇",
    "opponent": "对方", "id_number": "身份证号", "address": "住址",
}  # fmt: skip
_TABLES = {Kind.AID: aid_applications, Kind.ORDER: orders, Kind.PAPER: papers}


@dataclass(frozen=True)
class Personal:
    """One resident's file, gathered."""

    engine: Engine
    residents: Residents
    consents: Consents
    ratings: Ratings
    messages: Messages
    aid: AidStore
    orders: OrderStore
    papers: PaperStore
    services: Services
    digest: PhoneDigest

    def file(self, who: Visit, *, at_the_counter: bool = False) -> PersonalFile:
        """All that is in the file, and what was told under this phone beside it.

        At the counter, where the identity card was seen, that is part of the file.
        """
        links = self.residents.links(who.resident)
        talks = links.get("conversation", [])
        if at_the_counter:
            for kind, told in self.told_under(who.phone).items():
                links[kind] = [*links.get(kind, []), *told]
        tokens = self.tokens(links)
        matters = [
            *(self._aid(token) for token in tokens[Kind.AID]),
            *(self._order(token) for token in tokens[Kind.ORDER]),
            *(self._paper(token) for token in tokens[Kind.PAPER]),
        ]
        return PersonalFile(
            phone=who.phone,
            since=who.since,
            talks=tuple(self._talk(one) for one in talks),
            matters=tuple(sorted(matters, key=lambda matter: matter.at, reverse=True)),
            ratings=tuple(self._ratings(talks, tokens)),
            consents=tuple(self.consents.of(who.resident, talks)),
            elsewhere=tuple(self._elsewhere(who.phone, tokens)),
        )

    def tokens(self, links: Mapping[str, Sequence[str]]) -> dict[Kind, list[str]]:
        """Tokens of all that came out of the linked conversations, or is linked by itself."""
        talks, found = links.get("conversation", []), {}
        with transaction(self.engine, reading=True) as connection:
            for kind, table in _TABLES.items():
                linked = table.c.token.in_(links.get(kind, []))
                query = select(table.c.token).where(or_(table.c.conversation.in_(talks), linked))
                found[kind] = list(connection.execute(query).scalars())
        return found

    def told_under(self, phone: str) -> dict[Kind, list[str]]:
        """Tokens of all applications and orders told under a phone, in a file or not."""
        known, found = self.digest(phone), {}
        for kind in (Kind.AID, Kind.ORDER):
            table = _TABLES[kind]
            with transaction(self.engine, reading=True) as connection:
                query = select(table.c.token).where(table.c.phone == known)
                found[kind] = list(connection.execute(query).scalars()) if known else []
        return found

    def _talk(self, conversation: str) -> Talk:
        return Talk(conversation, tuple(map(_said, self.messages.history(conversation))))

    def _aid(self, token: str) -> Matter:
        case = self.aid.get(token)
        notes = [event.note for event in case.events if event.note and event.step != "upload"]
        return Matter(
            kind=Kind.AID,
            token=token,
            title="法律援助申请",
            reference=case.reference,
            state=AID_STEPS.states[case.state],
            at=case.received_at,
            due_at=case.due_at,
            slot_at=None,
            told=_named(asdict(case.applicant)) | {"初步判断依据": _plain(asdict(case.facts))},
            result="；".join(notes),
            photos=tuple(photo.token for photo in case.photos),
            finished=case.state in AID_FINAL,
        )

    def _order(self, token: str) -> Matter:
        order = self.orders.get(token)
        return Matter(
            kind=Kind.ORDER,
            token=token,
            title=self.services.of_order(order.service).label,
            reference=order.reference,
            state=ORDER_STEPS.states[order.state],
            at=order.created_at,
            due_at=order.due_at,
            slot_at=order.slot_at,
            told=_named(asdict(order.told)),
            result=order.result,
            finished=order.state in FINAL,
        )

    def _paper(self, token: str) -> Matter:
        draft = self.papers.get(token)
        form = form_of(draft.kind)
        labels = {field.name: field.label for field in form.fields}
        return Matter(
            kind=Kind.PAPER,
            token=token,
            title=form.title,
            reference="",
            state="已写好",
            at=draft.updated_at,
            due_at=None,
            slot_at=None,
            told={labels.get(name, name): value for name, value in draft.values.items() if value},
        )

    def _ratings(self, talks: list[str], tokens: dict[Kind, list[str]]) -> list[Opinion]:
        given = self.ratings.of_file(talks, tokens)
        return [
            Opinion(
                one.changed_at,
                KIND_NAMES[one.kind],
                GRADE_NAMES[one.grade],
                tuple(REASONS[name] for name in one.reasons),
                one.note,
            )
            for one in sorted(given, key=lambda one: one.changed_at)
        ]

    def _elsewhere(self, phone: str, tokens: dict[Kind, list[str]]) -> list[Elsewhere]:
        found = []
        for kind, some in self.told_under(phone).items():
            for token in set(some) - set(tokens[kind]):
                one = self._aid(token) if kind is Kind.AID else self._order(token)
                found.append(Elsewhere(one.title, one.reference, one.state, one.at))
        return sorted(found, key=lambda one: one.at, reverse=True)


def _said(entry: Entry) -> Said:
    reply = entry.reply
    return Said(
        at=entry.created_at,
        author=entry.author.value,
        text=entry.text,
        citations=tuple(citation.ref for citation in reply.citations) if reply else (),
        reference=(reply.reference or "") if reply else "",
    )


def _named(told: dict[str, str]) -> dict[str, Any]:
    return {_NAMES[name]: value for name, value in told.items() if value}


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}
