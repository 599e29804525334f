"""Who is verified, over both databases; many at once get one file and one row each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select

from api.core.errors import CoreError
from api.home.consents import TALKS
from api.home.errors import CodeWrong, LinkTaken
from api.home.login import ATTEMPTS
from api.home.ratings import Grade, Kind, Opinion
from api.storage.consents import Consents
from api.storage.home_tables import ratings, residents
from api.storage.phones import digest_with
from api.storage.ratings import Ratings
from api.storage.residents import Residents
from api.storage.vault import Vault
from tests.conftest import NOW, Clock
from tests.databases import engine, postgres_url

__all__ = ["engine", "postgres_url"]
PHONE = "13800001234"
VAULT = Vault({"k": bytes(32)})


@pytest.fixture
def clock() -> Clock:
    """A clock of these tests."""
    return Clock(NOW)


@pytest.fixture
def people(engine: Engine, clock: Clock) -> Residents:
    """The residents' tables."""
    return Residents(engine, VAULT, clock, digest_with(b"phones"), b"key")


def come(people: Residents, phone: str = PHONE) -> str:
    asked = people.ask(phone, "10.0.0.1")
    return people.enter(asked.ticket, asked.code)


def rows(engine: Engine, table: object) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_same_phone_has_one_file(people: Residents, engine: Engine, clock: Clock) -> None:
    first = people.visit(come(people))
    clock.forward(minutes=2)
    again = people.visit(come(people, "+86 138 0000 1234"))
    assert first and again and first.resident == again.resident
    assert (again.phone, first.csrf == again.csrf) == (PHONE, False)
    assert rows(engine, residents) == 1
    found = people.with_phone(PHONE)
    assert found and found.resident == first.resident
    assert people.with_phone("13900000000") is None


def test_guesses_count_even_when_they_come_at_once(people: Residents) -> None:
    asked = people.ask(PHONE, "10.0.0.1")
    wrong = [f"{(int(asked.code) + one) % 10**6:06}" for one in range(1, 9)]

    def guess(code: str) -> str:
        try:
            return people.enter(asked.ticket, code)
        except CodeWrong:
            return ""

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(guess, wrong))
    with pytest.raises(CodeWrong):
        people.enter(asked.ticket, asked.code)
    assert len(wrong) > ATTEMPTS


def test_one_code_opens_one_session(people: Residents) -> None:
    asked = people.ask(PHONE, "10.0.0.1")

    def enter(_: int) -> bool:
        try:
            return bool(people.enter(asked.ticket, asked.code))
        except CoreError:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(enter, range(4))) == 1


def test_links_and_consents(people: Residents, engine: Engine, clock: Clock) -> None:
    mine, other = people.visit(come(people)), people.visit(come(people, "13900000000"))
    assert mine and other
    for _ in range(2):
        people.link(mine.resident, "conversation", "conversation-1")
    with pytest.raises(LinkTaken):
        people.link(other.resident, "conversation", "conversation-1")
    consents = Consents(engine, clock)
    consents.record(TALKS, mine.resident, given=True)
    assert people.unlink(mine.resident, "conversation") == ["conversation-1"]
    consents.record(TALKS, mine.resident, given=False)
    given = [(one.purpose, one.given) for one in consents.of(mine.resident, [])]
    file = ("建立个人法律服务档案", True)
    assert given == [file, ("把对话放进档案", True), ("把对话放进档案", False)]
    assert people.links(mine.resident) == {}


def test_presses_at_once_are_one_rating(engine: Engine, clock: Clock) -> None:
    store, opened = Ratings(engine, VAULT, clock), []

    def press(_: int) -> str:
        bad = Opinion(Grade.BAD, ("slow",), "等了三天")
        kept = store.keep(Kind.PAPER, "a" * 32, None, bad, lambda _c: opened.append(1) or "GD-1")
        return kept.follow_up

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(press, range(6))) == {"GD-1"}
    assert rows(engine, ratings) == 1 and len(opened) == 1
