"""The desk under load: make bench-desk.

5,000 held cases, 20 lawyers over HTTP, each a step a second (queue, list, claim, read, give back),
then a race: 10,000 claims from 20 threads for 500 free cases, where each must have one winner. On
SQLite and, where its programs are, on PostgreSQL. The database and the law are real; the lawyers'
browsers are a process of their own. Prints JSON lines.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import httpx
import numpy as np
from sqlalchemy import select

from api.core.errors import CoreError
from api.core.types import Decision, Draft, Hold, Message, Outcome, Reply
from api.review.people import Person, Role
from api.review.types import State
from api.storage.db import transaction
from api.storage.migrate import migrate
from api.storage.tables import reviews
from api.wiring import Application, now
from knowledge.corpus import Corpus
from knowledge.statutes import read_statutes
from knowledge.versions import settle
from tests.conftest import ROOT, STATUTES
from tests.databases import has_postgres, private_postgres
from tests.faked import over_fakes, serving, settings_in

Took = dict[str, list[float]]
_T = TypeVar("_T")
_STEPS = ("page", "list", "claim", "case", "release")
_chance = np.random.default_rng(7)
QUESTION = "公司拖欠我三个月工资不给，说好上个月结清，现在电话也不接，该怎么办？"


def _one_of(values: Sequence[_T]) -> _T:
    return values[int(_chance.integers(len(values)))]


def fill(parts: Application, count: int) -> None:
    """Held questions by the ordinary way."""
    promise = parts.office.policy.promise(QUESTION, ("把握不够",), now())
    draft = Draft("可以投诉。依据《中华人民共和国劳动合同法》第三十条。", topic="劳动")
    held = Hold(QUESTION, "劳动", ("把握不够",), promise, draft)
    for number in range(count):
        message = Message(f"bench-{number:06d}", "web", QUESTION, f"message-{number}")
        outcome = Outcome(Reply(Decision.HOLD, "已转律师。"), held)
        parts.messages.finish(parts.messages.accept(message), message, outcome)


async def lawyer(url: str, body: dict[str, str], rounds: int, thought: float, took: Took) -> None:
    """List, claim somebody's case, read it, give it back; so many seconds' thought before each."""
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
        session = (await http.post("/api/v1/session", json=body)).json()
        token = {"X-CSRF-Token": session["csrf"]}

        async def timed(what: str, method: str, path: str) -> httpx.Response:
            await asyncio.sleep(2 * thought * _chance.random())
            started = time.perf_counter()
            answer = await http.request(method, path, headers=token)
            took[what].append(1000 * (time.perf_counter() - started))
            return answer

        for _ in range(rounds):
            await timed("page", "GET", "/desk")
            cases = (await timed("list", "GET", "/api/v1/reviews")).json()["cases"]
            number = _one_of(cases)["id"]
            claimed = await timed("claim", "POST", f"/api/v1/reviews/{number}/claim")
            if claimed.status_code == 200:
                await timed("case", "GET", f"/api/v1/reviews/{number}")
                await timed("release", "POST", f"/api/v1/reviews/{number}/release")


def day(url: str, doors: Sequence[dict[str, str]], rounds: int, thought: float) -> Took:
    """All lawyers at once, in a process of their own as browsers are; milliseconds per step."""
    took: Took = {name: [] for name in _STEPS}

    async def all_at_once() -> None:
        await asyncio.gather(*(lawyer(url, door, rounds, thought, took) for door in doors))

    asyncio.run(all_at_once())
    return took


def race(parts: Application, people: list[Person], free: list[int], claims: int) -> dict[str, int]:
    """Claims at random; who won what, and what the table says afterwards."""
    tries = [(_one_of(people), _one_of(free)) for _ in range(claims)]

    def claim(one: tuple[Person, int]) -> tuple[int, str] | None:
        try:
            return one[1], parts.office.desk.claim(one[1], one[0]).owner
        except CoreError:
            return None

    with ThreadPoolExecutor(len(people)) as pool:
        won = {result for result in pool.map(claim, tries) if result}
    owners = Counter(number for number, _ in won)
    query = select(reviews.c.id, reviews.c.owner).where(reviews.c.owner != "")
    with transaction(parts.engine, reading=True) as connection:
        held = {(row.id, row.owner) for row in connection.execute(query)}
    wanted = {number for _, number in tries}
    return {
        "claims": claims,
        "cases": len(wanted),
        "double": sum(count > 1 for count in owners.values()),
        "lost": len(wanted - set(owners)) + len(won ^ held),
    }


def measure(
    parts: Application, cases: int, rounds: int, thought: float, claims: int
) -> dict[str, object]:
    """Everything on one database."""
    with serving(parts) as office, ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
        fill(parts, cases)
        names = [f"律师{number:02d}" for number in range(20)]
        doors = [{"name": name, "password": office.colleague(name)} for name in names]
        took = elsewhere.submit(day, office.url, doors, rounds, thought).result()
    query = select(reviews.c.id).where(reviews.c.state == State.QUEUED).limit(500)
    with transaction(parts.engine, reading=True) as connection:
        free = list(connection.execute(query).scalars())
    started = time.perf_counter()
    raced = race(parts, [Person(name, Role.LAWYER) for name in names], free, claims)
    figures = {
        what: {"p50": round(float(np.median(ms))), "p95": round(float(np.percentile(ms, 95)))}
        for what, ms in took.items()
    }
    seconds = round(time.perf_counter() - started, 1)
    return {"cases": cases, "ms": figures, "race": raced, "race seconds": seconds}


def main() -> None:
    """Both databases, one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--thought", type=float, default=1.0, help="seconds before each step")
    parser.add_argument("--claims", type=int, default=10_000)
    options = parser.parse_args()
    corpus = Corpus(settle(read_statutes(STATUTES, ROOT / "knowledge/corrections.yml")))
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        urls = {"sqlite": f"sqlite:///{folder / 'bench.sqlite3'}"}
        if has_postgres() and options.database != "sqlite":
            (folder / "pg").mkdir()
            urls["postgresql"] = stack.enter_context(private_postgres(folder / "pg"))
        for kind, url in urls.items():
            if options.database not in (None, kind):
                continue
            (folder / kind).mkdir()
            parts = over_fakes(settings_in(folder / kind, database_url=url), corpus, now)
            migrate(parts.engine)
            figures = measure(parts, options.cases, options.rounds, options.thought, options.claims)
            parts.engine.dispose()
            sys.stdout.write(json.dumps({"database": kind} | figures, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
