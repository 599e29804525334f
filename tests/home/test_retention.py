"""What was kept long enough goes by itself; what is younger, or waits for somebody, stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from api.casework.aid import Applicant
from api.casework.county import load_county, read_strictly
from api.casework.orders import Told, load_services
from api.casework.steps import Role as Side
from api.casework.uploads import Scan
from api.core.errors import StorageUnavailable
from api.core.types import Decision, Draft, Hold, Message, Outcome, Promise, Reply
from api.daily import Daily
from api.home.errors import ErasureRefused
from api.home.ratings import Grade, Kind, Opinion
from api.home.retention import Class, Keep, Retention
from api.review.policy import load_policy
from api.review.types import State
from api.storage.aid import AidStore
from api.storage.audit import Trail
from api.storage.carried import Carried
from api.storage.erasing import GONE, Eraser
from api.storage.messages import Messages
from api.storage.orders import OrderStore
from api.storage.papers import PaperStore
from api.storage.phones import digest_with
from api.storage.queue import Cases
from api.storage.ratings import Ratings
from api.storage.residents import Residents
from api.storage.retention import Keeper
from api.storage.tables import audit_texts, conversations
from api.storage.tables import messages as message_table
from api.storage.vault import Vault
from knowledge.citations.types import Verdict
from knowledge.citations.verify import verify
from knowledge.corpus import Corpus
from knowledge.legal_aid import AidFacts, Matter
from tests.conftest import NOW, ROOT, TODAY, Clock
from tests.databases import engine, postgres_url

__all__ = ["engine", "postgres_url"]

RULES = read_strictly(ROOT / "county/retention.yml", Retention)
COUNTY = load_county(ROOT / "county/county.yml")
SERVICES = load_services(ROOT / "county/services.yml")
VAULT = Vault({"k": bytes(32)})
SECRET = "东湾砖厂"


class Years:
    """A county's database over the years."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.clock = engine, Clock(NOW)
        self.trail = Trail(engine, b"key")
        self.cases = Cases(engine, self.clock, self.trail, load_policy())
        self.messages = Messages(engine, self.clock, self.cases)
        self.aid = AidStore(engine, VAULT, COUNTY, self.clock)
        self.orders = OrderStore(engine, VAULT, COUNTY, SERVICES, self.clock)
        self.papers = PaperStore(engine, VAULT, self.clock)
        self.carried = Carried(engine, VAULT, self.clock)
        self.ratings = Ratings(engine, VAULT, self.clock)
        self.forgotten: list[str] = []
        self.keeper = Keeper(
            engine,
            Eraser(VAULT, self.clock),
            self.trail,
            RULES,
            self.clock,
            self.forgotten.extend,
        )

    def say(self, conversation: str, *, held: bool = False) -> int:
        """Something asked and answered, or held for a lawyer; the number of the answer."""
        message = Message(conversation, "web", f"{SECRET}欠薪", f"m-{conversation}")
        promise = Promise(self.clock() + timedelta(days=1))
        hold = Hold(f"{SECRET}欠薪", "劳动", ("把握不够",), promise, Draft(SECRET))
        reply = Reply(Decision.HOLD if held else Decision.RELEASE, f"{SECRET}可以投诉")
        outcome = Outcome(reply, hold if held else None)
        return self.messages.finish(self.messages.accept(message), message, outcome).id

    def words(self) -> str:
        """All that conversations and audit say."""
        with self.engine.connect() as connection:
            rows = [connection.execute(select(table)).all() for table in
                    (message_table, conversations, audit_texts)]  # fmt: skip
        return str(rows)


@pytest.fixture
def years(engine: Engine) -> Years:
    """On both databases."""
    return Years(engine)


def test_conversations_go_after_their_time(years: Years) -> None:
    answer = years.say("conversation-old")
    years.ratings.keep(Kind.REPLY, str(answer), "conversation-old", Opinion(Grade.BAD, note=SECRET))
    years.clock.forward(days=200)
    years.say("conversation-new")
    years.clock.forward(days=166)
    assert years.keeper.due()[Class.CONVERSATIONS] == 1
    assert years.keeper.run()[Class.CONVERSATIONS] == 1
    assert years.messages.history("conversation-old") == []
    assert years.forgotten == ["conversation-old"]
    assert len(years.messages.history("conversation-new")) == 2
    assert years.ratings.of(Kind.REPLY, str(answer)) is None  # the number may be another's now
    assert years.ratings.tallies()[0].counts == {Grade.BAD: 1}
    assert years.trail.verify() == []
    assert [entry.action for entry in years.trail.all()][-1] == "retention"


def test_what_waits_for_a_lawyer_does_not_go(years: Years) -> None:
    years.say("conversation-held", held=True)
    years.clock.forward(days=400)
    assert years.keeper.run()[Class.CONVERSATIONS] == 0


def test_a_case_stays_without_words(years: Years) -> None:
    years.say("conversation-held", held=True)
    with years.engine.begin() as connection:
        assert years.keeper.eraser.conversation(connection, "conversation-held")
        assert not years.keeper.eraser.conversation(connection, "conversation-held")
    case = years.cases.all()[0]
    assert (case.state, case.question, case.draft, case.draft_text) == (
        State.CLOSED, GONE, None, ""
    )  # fmt: skip
    assert SECRET not in years.words() and "conversation-held" not in years.words()
    years.clock.forward(days=4000)
    assert years.keeper.due()[Class.CONVERSATIONS] == 0  # it is not taken away again and again


def test_an_application_loses_photos_then_words(years: Years) -> None:
    who = Applicant("张小满", "13800001234", SECRET)
    made = years.aid.apply(
        AidFacts(matter=Matter.WAGES, age=46), who, verdict="eligible", lane="ordinary"
    )
    years.aid.add_photo(made.token, "case", Scan("image/jpeg", b"picture"))
    years.clock.forward(days=2000)
    assert years.keeper.run()[Class.AID] == 0  # nobody decided yet
    years.aid.take(made.id, "refuse", Side.STAFF, "王律师", f"{SECRET}不属于范围")
    years.clock.forward(days=201)
    assert years.keeper.run()[Class.PHOTOS] == 1
    assert years.aid.get(made.token).applicant == who
    years.clock.forward(days=900)
    assert years.keeper.run()[Class.AID] == 1
    kept = years.aid.numbered(made.id)
    assert (kept.reference, kept.state) == (made.reference, "refused")
    assert kept.applicant.name == "张**" and kept.facts == AidFacts(matter=Matter.WAGES)
    assert SECRET not in str(kept) and years.keeper.run()[Class.AID] == 0


def test_orders_papers_and_what_was_carried(years: Years) -> None:
    order = years.orders.open("mediation", Told("张小满", "13800001234", SECRET))
    years.papers.add("mediation", {"name": SECRET}, None)
    years.carried.put({"name": SECRET}, None)
    years.clock.forward(days=31)
    assert years.keeper.run()[Class.CARRIED] == 1
    years.clock.forward(days=340)
    assert years.keeper.run()[Class.PAPERS] == 1
    years.clock.forward(days=2000)
    assert years.keeper.due()[Class.ORDERS] == 0  # still open
    years.orders.take(order.id, "cancel", Side.RESIDENT, "居民")
    years.clock.forward(days=1096)
    assert years.keeper.run()[Class.ORDERS] == 1
    assert years.orders.numbered(order.id).told.story == GONE


def test_an_answer_nobody_rated_is_done_too(years: Years) -> None:
    order = years.orders.open("mediation", Told("张小满", "13800001234", SECRET))
    for step in ("dispatch", "accept", "finish"):
        years.orders.take(order.id, step, Side.STAFF, "王律师", "双方签了协议")
    years.clock.forward(days=1096)
    assert years.keeper.run()[Class.ORDERS] == 1
    kept = years.orders.numbered(order.id)
    assert (kept.state, kept.result, kept.told.name) == ("closed", "", "张**")


def test_an_empty_file_goes_with_its_phone(years: Years) -> None:
    people = Residents(years.engine, VAULT, years.clock, digest_with(b"k"), b"key")
    for phone in ("13800001234", "13900000000"):
        asked = people.ask(phone, "10.0.0.1")
        people.enter(asked.ticket, asked.code)
    full = people.with_phone("13900000000")
    assert full
    people.link(full.resident, "aid", "a" * 32)
    years.clock.forward(days=364)
    assert years.keeper.run()[Class.RESIDENTS] == 0
    years.clock.forward(days=2)
    assert years.keeper.run()[Class.RESIDENTS] == 1
    assert people.with_phone("13800001234") is None and people.with_phone("13900000000")


def test_every_class_of_the_county_has_reasons_in_law(corpus: Corpus) -> None:
    assert set(RULES.keep) == set(Class)
    for keep in RULES.keep.values():
        assert keep.reason and keep.laws
        for law in keep.laws:
            assert [found.verdict for found in verify(law, corpus, TODAY)] == [Verdict.OK], law


def test_a_county_that_leaves_something_out() -> None:
    keep = dict(RULES.keep)
    del keep[Class.PHOTOS]
    with pytest.raises(ErasureRefused, match="photos"):
        Retention(keep)
    with pytest.raises(ErasureRefused, match="至少是1"):
        Retention({**RULES.keep, Class.CODES: Keep("验证码", 0, "没有", ())})


def test_once_a_day_in_the_small_hours() -> None:
    clock, done = Clock(NOW), []
    daily = Daily(lambda: done.append(clock()), clock)  # 10:00 in the county
    assert daily.tick() and not daily.tick()
    clock.forward(hours=15)  # 01:00
    assert not daily.tick()
    clock.forward(hours=3)
    assert daily.tick() and len(done) == 2


def test_a_job_that_fails_is_tried_again_after_an_hour() -> None:
    clock, tried = Clock(NOW), []

    def job() -> None:
        tried.append(clock())
        if len(tried) == 1:
            raise StorageUnavailable("full")

    daily = Daily(job, clock)
    with pytest.raises(StorageUnavailable):
        daily.tick()
    clock.forward(minutes=59)
    assert not daily.tick()
    clock.forward(minutes=2)
    assert daily.tick() and len(tried) == 2


def test_what_another_table_refers_to_stays_and_the_rest_goes(
    years: Years, caplog: pytest.LogCaptureFixture
) -> None:
    years.say("conversation-used")
    years.say("conversation-free")
    with years.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE others (conversation VARCHAR(64) REFERENCES conversations(id))"
        )
        connection.exec_driver_sql("INSERT INTO others VALUES ('conversation-used')")
    years.clock.forward(days=400)
    try:
        assert years.keeper.run()[Class.CONVERSATIONS] == 1
    finally:
        with years.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE others")
    assert "another table" in caplog.text and "conversation-used" not in caplog.text
    assert len(years.messages.history("conversation-used")) == 2


def test_the_commands(tmp_path: Path) -> None:
    names = ("RASA_TOKEN", "ACTION_SECRET", "SECRET_KEY")
    secrets = {f"WENFA_{name}": "x" * 16 for name in names}
    environment = os.environ | secrets | {"WENFA_DATA": str(tmp_path)}

    def run(*command: str) -> str:
        line = [sys.executable, "-m", "api.cli", *command]
        done = subprocess.run(
            line, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    counts = json.loads(run("retention", "--dry-run", "--json"))
    assert set(counts) == {one.value for one in Class} and set(counts.values()) == {0}
    out = tmp_path / "file.zip"
    run("export-resident", "13800001234", "--out", str(out))
    assert "数据.json" in zipfile.ZipFile(out).namelist()
    assert "才会删除" in run("erase-resident", "13800001234")
    assert json.loads(run("erase-resident", "13800001234", "--yes", "--json"))["erased"] == {}
