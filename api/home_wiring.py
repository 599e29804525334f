"""Builds the resident's own side from the settings: ratings, the personal file, retention."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from api.casework_wiring import Casework
from api.office import Office
from api.satisfaction import Satisfaction
from api.storage.ratings import Ratings


@dataclass(frozen=True)
class Home:
    """What the resident's own pages stand on."""

    ratings: Ratings
    satisfaction: Satisfaction


def open_home(engine: Engine, office: Office, work: Casework, now: Callable[[], datetime]) -> Home:
    """The resident's own side over these parts; opens no connection yet."""
    ratings = Ratings(engine, work.vault, now)
    return Home(
        ratings=ratings,
        satisfaction=Satisfaction(
            ratings, office.desk, office.cases, work.orders, work.aid, work.papers, now
        ),
    )
