"""Builds the resident's own side from the settings: ratings, the personal file, retention."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from api.casework.county import read_strictly
from api.casework_wiring import Casework
from api.daily import Daily
from api.erasure import Erasure
from api.home.retention import Retention
from api.office import Office
from api.satisfaction import Satisfaction
from api.settings import Settings
from api.storage.consents import Consents
from api.storage.erasing import Eraser
from api.storage.messages import Messages
from api.storage.personal import Personal
from api.storage.phones import digest_with, key_of
from api.storage.ratings import Ratings
from api.storage.residents import Residents
from api.storage.retention import Keeper


@dataclass(frozen=True)
class Home:
    """What the resident's own pages stand on."""

    ratings: Ratings
    satisfaction: Satisfaction
    residents: Residents
    consents: Consents
    personal: Personal
    erasure: Erasure
    keeper: Keeper
    daily: Daily


def open_home(
    settings: Settings,
    engine: Engine,
    office: Office,
    work: Casework,
    messages: Messages,
    now: Callable[[], datetime],
    forget: Callable[[Sequence[str]], None],
) -> Home:
    """The resident's own side over these parts; opens no connection yet.

    `forget` makes the dialogue forget erased conversations.

    Raises:
        CountyInvalid: `retention.yml` cannot be read.
        ErasureRefused: it leaves something out.
    """
    secret = settings.secret_key.get_secret_value()
    digest = digest_with(key_of("phones", secret))
    ratings, consents = Ratings(engine, work.vault, now), Consents(engine, now)
    residents = Residents(engine, work.vault, now, digest, key_of("residents", secret))
    personal = Personal(
        engine=engine,
        residents=residents,
        consents=consents,
        ratings=ratings,
        messages=messages,
        aid=work.aid,
        orders=work.orders,
        papers=work.papers,
        services=work.services,
        digest=digest,
    )
    eraser = Eraser(work.vault, now)
    rules = read_strictly(settings.county_files / "retention.yml", Retention)
    keeper = Keeper(engine, eraser, office.trail, rules, now, forget)
    return Home(
        ratings=ratings,
        satisfaction=Satisfaction(
            ratings, office.desk, office.cases, work.orders, work.aid, work.papers, now
        ),
        residents=residents,
        consents=consents,
        personal=personal,
        erasure=Erasure(engine, personal, eraser, office.trail, now, forget),
        keeper=keeper,
        daily=Daily(keeper.run, now),
    )
