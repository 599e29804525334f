"""Builds casework from the settings: the county's profile, the vault, the counter in the chat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from api.casework.counter import CountyCounter
from api.casework.county import County, load_county, read_strictly
from api.casework.orders import Services, load_services
from api.settings import Settings
from api.storage.aid import AidStore
from api.storage.carried import Carried
from api.storage.kiosks import KioskStore
from api.storage.orders import OrderStore
from api.storage.papers import PaperStore
from api.storage.phones import digest_with, key_of
from api.storage.vault import Vault, load_vault
from knowledge.legal_aid import CountyAidRules


@dataclass(frozen=True)
class Casework:
    """What the pages of casework stand on."""

    county: County
    vault: Vault
    aid_rules: CountyAidRules
    carried: Carried
    aid: AidStore
    papers: PaperStore
    services: Services
    orders: OrderStore
    counter: CountyCounter
    kiosks: KioskStore


def open_casework(settings: Settings, engine: Engine, now: Callable[[], datetime]) -> Casework:
    """Casework of these settings.

    Raises:
        CountyInvalid: the county's profile cannot be read.
        SealBroken: the key file cannot be read.
    """
    digest = digest_with(key_of("phones", settings.secret_key.get_secret_value()))
    folder, vault = settings.county_files, load_vault(settings.keys)
    county = load_county(folder / "county.yml")
    services = load_services(folder / "services.yml")
    carried = Carried(engine, vault, now)
    return Casework(
        county=county,
        vault=vault,
        aid_rules=read_strictly(folder / "legal_aid.yml", CountyAidRules),
        carried=carried,
        aid=AidStore(engine, vault, county, now, digest),
        papers=PaperStore(engine, vault, now),
        services=services,
        orders=OrderStore(engine, vault, county, services, now, digest),
        counter=CountyCounter(county, services, carried.put, now),
        kiosks=KioskStore(engine, county, now),
    )
