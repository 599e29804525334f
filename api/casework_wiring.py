"""Builds casework from the settings: the county's profile, the vault, the counter in the chat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from api.casework.counter import CountyCounter
from api.casework.county import County, load_county
from api.settings import Settings
from api.storage.vault import Vault, load_vault


@dataclass(frozen=True)
class Casework:
    """What the pages of casework stand on."""

    county: County
    vault: Vault
    counter: CountyCounter


def open_casework(settings: Settings, _engine: Engine, now: Callable[[], datetime]) -> Casework:
    """Casework of these settings.

    Raises:
        CountyInvalid: the county's profile cannot be read.
        SealBroken: the key file cannot be read.
    """
    county = load_county(settings.county_files / "county.yml")
    return Casework(county, load_vault(settings.keys), CountyCounter(county, now))
