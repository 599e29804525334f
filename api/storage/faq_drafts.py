"""FAQ entries that come from the desk: drafted by lawyers, published by supervisors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from api.review.errors import WrongState
from api.review.learning import FaqDraft, entry_of
from api.review.people import Person
from api.review.types import Event
from api.storage.audit import Trail
from api.storage.db import aware, transaction
from api.storage.tables import faq_drafts

_OURS = "faq:desk-"
STATES = {"draft": "草稿", "published": "已发布", "withdrawn": "已撤下"}


@dataclass(frozen=True)
class Stored:
    """An entry with its fate; `flag` says which cited articles have changed since."""

    id: int
    review: int
    state: str
    entry: Mapping[str, Any]
    articles: Mapping[str, str]
    topic: str
    author: str
    publisher: str
    created_at: datetime
    published_at: datetime | None
    hits: int
    flag: str


class FaqDrafts:
    """The table; every method is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], trail: Trail) -> None:
        self._engine, self._now, self._trail = engine, now, trail

    def add(self, draft: FaqDraft, by: Person) -> None:
        """A new draft.

        Raises:
            WrongState: the case has one already.
        """
        values = {
            "review": draft.review,
            "state": "draft",
            "entry": entry_of(draft) | {"topic": draft.topic},
            "articles": dict(draft.articles),
            "author": by.name,
            "created_at": self._now(),
        }
        try:
            with transaction(self._engine) as connection:
                connection.execute(insert(faq_drafts).values(values))
                self._trail.append(
                    connection, Event("faq_draft", by.name, self._now(), draft.review)
                )
        except IntegrityError as error:
            raise WrongState("这个案件已经做成常见问答了。") from error

    def all(self) -> list[Stored]:
        """Every entry, drafts first."""
        query = select(faq_drafts).order_by(faq_drafts.c.state, faq_drafts.c.id.desc())
        with transaction(self._engine, reading=True) as connection:
            return [_stored(row) for row in connection.execute(query)]

    def published(self) -> list[Stored]:
        """What stands in the FAQ."""
        return [stored for stored in self.all() if stored.state == "published"]

    def change(
        self, number: int, by: Person, state: str, entry: Mapping[str, Any] | None = None
    ) -> None:
        """Publish, with what the supervisor made of it, or withdraw."""
        values: dict[str, Any] = {"state": state, "publisher": by.name}
        if entry is not None:
            values |= {"entry": dict(entry), "published_at": self._now(), "flag": ""}
        with transaction(self._engine) as connection:
            review = connection.execute(
                select(faq_drafts.c.review).where(faq_drafts.c.id == number)
            ).scalar_one_or_none()
            if review is None:
                raise WrongState("没有这条常见问答。")
            connection.execute(update(faq_drafts).where(faq_drafts.c.id == number).values(values))
            self._trail.append(connection, Event(f"faq_{state}", by.name, self._now(), review))

    def flag(self, number: int, articles: Sequence[str]) -> None:
        """Cited articles have changed: somebody must look."""
        text = "；".join(articles)
        with transaction(self._engine) as connection:
            connection.execute(
                update(faq_drafts).where(faq_drafts.c.id == number).values(flag=text)
            )


def count_hit(connection: Connection, source: str) -> None:
    """An entry of the desk answered a resident, in the caller's transaction."""
    if not source.startswith(_OURS):
        return
    review = int(source.removeprefix(_OURS))
    connection.execute(
        update(faq_drafts).where(faq_drafts.c.review == review).values(hits=faq_drafts.c.hits + 1)
    )


def _stored(row: Row[Any]) -> Stored:
    values = dict(row._mapping)
    values["topic"] = row.entry.get("topic", "")
    values["created_at"] = aware(row.created_at)
    values["published_at"] = row.published_at and aware(row.published_at)
    return Stored(**values)
