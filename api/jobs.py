"""What the commands do; each job is one function over the settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from api.channels.web import as_plain_text
from api.core.consult import consult
from api.core.deadlines import COUNTY
from api.core.ports import Services
from api.core.risks import risks
from api.core.types import Context, Decision, Handoff, Message, OpenCases, Reply, Step
from api.office import open_office
from api.settings import Settings
from api.storage.db import open_engine
from api.storage.messages import Messages
from api.storage.migrate import migrate
from api.wiring import library, now, one_way_of_writing
from nlu.normalise import normalise


class _EveryMessageIsAQuestion:
    """Stands where the dialogue stands when a single question is asked in the terminal."""

    async def next(self, _words: str, _conversation: str, _cases: OpenCases | None = None) -> Step:
        """Hand everything off as a question."""
        return Handoff("answer")


async def ask(question: str) -> Reply:
    """Answer one question; nothing is stored."""
    settings = _settings()
    law, engine = library(settings), open_engine("sqlite://")
    office = open_office(settings, engine, law, now)
    services = Services(
        normalise=one_way_of_writing,
        dialogue=_EveryMessageIsAQuestion(),
        library=law,
        store=Messages(engine, now, office.cases),
        policy=law,
        deadlines=office.policy,
        now=now,
    )
    outcome = await consult(Message("terminal", "cli", question, "1"), Context(), services)
    return outcome.reply


def as_text(reply: Reply) -> str:
    """A reply for the terminal."""
    return as_plain_text(reply)


def search(
    questions: Iterable[dict[str, Any]], limit: int, on: date | None
) -> Iterator[dict[str, Any]]:
    """Articles, with P(one of the first three is right) and whether they could be released."""
    law = library(_settings())
    day = on or _today()
    for row in questions:
        found = law.search(row["question"], day, limit)
        confidence = law.gate().of(found).articles
        safe = confidence >= law.policy().articles and not risks(normalise(row["question"]))
        yield {
            "id": row["id"],
            "hits": [
                {"law": h.article.version.name, "article": h.article.number, "score": h.score}
                for h in found.hits
            ],
            "confidence": round(confidence, 4),
            "decision": (Decision.RELEASE if safe else Decision.HOLD).value,
        }


def classify(questions: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Topic of each question with its probability."""
    law = library(_settings())
    for row in questions:
        topic = law.topic(row["question"])
        yield {"id": row["id"], "topic": topic.name, "confidence": round(topic.share, 4)}


def verify_text(text: str, on: date | None) -> list[dict[str, Any]]:
    """What every citation in the text amounts to."""
    names = ("text", "law", "article", "paragraph", "item")
    return [
        {name: getattr(found, name) for name in names}
        | {"verdict": found.verdict.value, "reason": found.reason}
        for found in library(_settings()).verify(text, on or _today())
    ]


def migrate_database() -> None:
    """Bring the database of the settings to the newest schema."""
    settings = _settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    migrate(open_engine(settings.database))


def _settings() -> Settings:
    return Settings()  # type: ignore[call-arg]


def _today() -> date:
    return now().astimezone(COUNTY).date()
