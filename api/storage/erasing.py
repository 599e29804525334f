"""Erasing what belongs to a person: words go, numbers and dates stay, the audit chain holds.

What has been decided stays as a number, a state and dates, with the name masked: an authority's
files may not be destroyed at will (档案法第二十一条). A granted application is kept until it is
done, for its purpose is not over (个人信息保护法第四十七条第一款第一项); the resident is told so.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, null, select, update

from api.casework.orders import FINAL
from api.core.phones import masked
from api.home.ratings import Kind
from api.review.types import OPEN, State
from api.storage.casework_events import new_token, record
from api.storage.casework_tables import (
    aid_applications,
    carried,
    casework_events,
    orders,
    papers,
    uploads,
)
from api.storage.channel_tables import (
    case_pictures,
    channel_inbox,
    channel_people,
    contact_ways,
)
from api.storage.home_tables import (
    consents,
    ratings,
    resident_codes,
    resident_links,
    resident_sessions,
    residents,
)
from api.storage.tables import (
    audit,
    audit_texts,
    conversations,
    faq_drafts,
    messages,
    notes,
    outbox,
    reviews,
)
from api.storage.vault import Vault

GONE = "〔已按居民本人的要求删除〕"
KEPT_IN_HAND = frozenset({"granted", "assigned"})
_AID_OPEN = frozenset({"received", "supplement"})


class Eraser:
    """Erases in the caller's transaction; what it takes away cannot be brought back."""

    def __init__(self, vault: Vault, now: Callable[[], datetime]) -> None:
        self._vault, self._now = vault, now

    def conversation(self, connection: Connection, name: str) -> bool:
        """Every word of a conversation and of the cases made of it; False when there is none.

        The cases stay, without words, under a name that leads nowhere.
        """
        old = connection.execute(
            select(conversations).where(conversations.c.id == name).with_for_update()
        ).first()
        if old is None:
            return False
        cases = select(reviews.c.id).where(reviews.c.conversation == name)
        numbers = list(connection.execute(cases).scalars())
        fresh = f"erased-{secrets.token_hex(12)}"
        connection.execute(
            insert(conversations).values(
                id=fresh, channel=old.channel, topic=old.topic, created_at=old.created_at
            )
        )
        self._cases(connection, numbers)
        _messages(connection, name, fresh)
        connection.execute(delete(carried).where(carried.c.conversation == name))
        self._loosen(connection, name)
        for table in (reviews, messages):
            mine = table.c.conversation == name
            connection.execute(update(table).where(mine).values(conversation=fresh))
        for table in (channel_people, channel_inbox, contact_ways, consents):
            connection.execute(delete(table).where(table.c.conversation == name))
        connection.execute(delete(case_pictures).where(case_pictures.c.review.in_(numbers)))
        connection.execute(delete(resident_links).where(resident_links.c.subject == name))
        connection.execute(delete(conversations).where(conversations.c.id == name))
        if not numbers:
            connection.execute(delete(conversations).where(conversations.c.id == fresh))
        return True

    def aid(self, connection: Connection, token: str) -> bool:
        """An application; False when it is in hand and stays until it is done."""
        row = _locked(connection, aid_applications, token)
        if row is None or row.state in KEPT_IN_HAND:
            return row is None
        told = self._vault.open_json(row.sealed, f"aid:{token}")
        facts = {"matter": told["facts"].get("matter")}
        applicant = _nameless(told["applicant"])
        fresh, state = new_token(), "withdrawn" if row.state in _AID_OPEN else row.state
        sealed = self._vault.seal_json({"facts": facts, "applicant": applicant}, f"aid:{fresh}")
        connection.execute(delete(uploads).where(uploads.c.application == row.id))
        self._blank(connection, aid_applications, row, fresh, state, sealed, reason="")
        self._events(connection, "aid", row.id)
        self._rating(connection, "aid", token, fresh)
        return True

    def order(self, connection: Connection, token: str) -> bool:
        """A work order; what is not done yet is called off."""
        row = _locked(connection, orders, token)
        if row is None:
            return True
        told = _nameless(self._vault.open_json(row.sealed, f"order:{token}"))
        fresh = new_token()
        done = row.state in FINAL or row.state in ("answered", "rectifying")
        state = (row.state if row.state in FINAL else "closed") if done else "cancelled"
        sealed = self._vault.seal_json(told, f"order:{fresh}")
        slot = {} if done else {"slot_at": None}
        self._blank(connection, orders, row, fresh, state, sealed, result="", **slot)
        self._events(connection, "order", row.id)
        self._rating(connection, "order", token, fresh)
        return True

    def paper(self, connection: Connection, token: str) -> bool:
        """A paper, wholly; it is the resident's own and nobody else's file."""
        connection.execute(delete(papers).where(papers.c.token == token))
        connection.execute(delete(resident_links).where(resident_links.c.subject == token))
        self._rating(connection, "paper", token, new_token())
        return True

    def resident(self, connection: Connection, number: int) -> bool:
        """A file with nothing in it: phone, sessions, codes, links, consents."""
        mine = residents.c.id == number
        phone = select(residents.c.phone).where(mine).scalar_subquery()
        connection.execute(delete(resident_codes).where(resident_codes.c.phone == phone))
        for table in (resident_sessions, resident_links, consents):
            connection.execute(delete(table).where(table.c.resident == number))
        connection.execute(delete(residents).where(mine))
        return True

    def _cases(self, connection: Connection, numbers: Sequence[int]) -> None:
        mine = reviews.c.id.in_(numbers)
        blank: dict[str, Any] = dict.fromkeys(("draft_text", "working", "reason", "answer"), "")
        blank |= {"question": GONE, "draft": null(), "reply": null(), "in_charge": "", "owner": ""}
        # The number of a message that is gone may be given to another one day.
        blank |= {
            "sent_message": None,
            "lease_until": None,
            "send_at": None,
            "version": reviews.c.version + 1,
        }
        connection.execute(update(reviews).where(mine).values(**blank))
        still = (mine, reviews.c.state.in_(OPEN))
        connection.execute(update(reviews).where(*still).values(state=State.CLOSED))
        connection.execute(delete(notes).where(notes.c.review.in_(numbers)))
        unpublished = (faq_drafts.c.review.in_(numbers), faq_drafts.c.state == "draft")
        connection.execute(delete(faq_drafts).where(*unpublished))
        rows = select(audit.c.number).where(audit.c.review.in_(numbers))
        connection.execute(delete(audit_texts).where(audit_texts.c.audit.in_(rows)))

    def _loosen(self, connection: Connection, name: str) -> None:
        """Matters and ratings that came out of the conversation no longer lead to it."""
        for table in (aid_applications, orders, papers):
            mine = table.c.conversation == name
            connection.execute(update(table).where(mine).values(conversation=None))
        given = select(ratings).where(ratings.c.conversation == name)
        for row in connection.execute(given).all():
            fresh = new_token() if row.kind == Kind.REPLY else row.subject
            self._rating(connection, row.kind, row.subject, fresh)

    def _blank(
        self,
        connection: Connection,
        table: Table,
        row: Row[Any],
        token: str,
        state: str,
        sealed: bytes,
        **more: Any,
    ) -> None:
        values = {"token": token, "state": state, "sealed": sealed, "phone": None}
        values |= {"conversation": None, "due_at": None, "version": row.version + 1, **more}
        connection.execute(update(table).where(table.c.id == row.id).values(**values))
        connection.execute(delete(resident_links).where(resident_links.c.subject == row.token))

    def _events(self, connection: Connection, subject: str, number: int) -> None:
        mine = (casework_events.c.subject == subject, casework_events.c.number == number)
        connection.execute(update(casework_events).where(*mine).values(note=""))
        record(connection, subject, number, self._now(), "居民", "erase", "")

    def _rating(self, connection: Connection, kind: str, subject: str, fresh: str) -> None:
        """The grade counts on; the words and the way to the person go."""
        token = f"{kind}-{fresh}"
        sealed = self._vault.seal_json("", f"rating:{token}")
        mine = ratings.c.token == f"{kind}-{subject}"
        values = {"token": token, "subject": fresh, "sealed": sealed, "conversation": None}
        connection.execute(update(ratings).where(mine).values(**values))


def _messages(connection: Connection, name: str, fresh: str) -> None:
    """All messages go; those that cases stand on stay as empty rows."""
    connection.execute(delete(outbox).where(outbox.c.conversation == name))
    mine = messages.c.conversation == name
    held = select(reviews.c.message).where(reviews.c.conversation.in_((name, fresh)))
    connection.execute(delete(messages).where(mine, messages.c.reply_to.is_not(None)))
    connection.execute(delete(messages).where(mine, messages.c.id.not_in(held)))
    connection.execute(update(messages).where(mine).values(text="", reply=null(), external_id=None))


def _locked(connection: Connection, table: Table, token: str) -> Row[Any] | None:
    query = select(table).where(table.c.token == token).with_for_update()
    return connection.execute(query).first()


def _nameless(told: dict[str, Any]) -> dict[str, Any]:
    """Surname and the ends of the phone, so that a file can be matched with paper; no more."""
    blank = dict.fromkeys(told, "")
    phone = str(told.get("phone", ""))
    blank["name"] = f"{str(told.get('name', ''))[:1]}**"
    blank["phone"] = masked(phone) if len(phone) >= 11 else ""
    blank["story"] = GONE
    return blank
