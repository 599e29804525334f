"""Builds the real objects from the settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

from sqlalchemy import Engine

from api.casework.county import load_county
from api.casework_wiring import Casework, open_casework
from api.clients.rasa import Rasa
from api.clients.simplified import simplified
from api.clients.sms import GatewayTexts, LoggedTexts, Texts
from api.core.deadlines import COUNTY
from api.core.ports import Services
from api.faq_live import LiveFaq
from api.hearing import Hearing
from api.home_wiring import Home, open_home
from api.library import LawLibrary
from api.office import Office, open_office
from api.settings import Settings
from api.storage.api_keys import ApiKeys
from api.storage.db import open_engine
from api.storage.kiosks import KioskStore
from api.storage.messages import Messages
from api.storage.migrate import migrate
from api.storage.queue import Cases
from api.storage.vault import load_vault
from knowledge.encode import Encoder, Encoders
from knowledge.faq import load_faq
from knowledge.index import Places
from knowledge.rules.parameters import load_parameters
from nlu.dialect import searchable
from nlu.normalise import normalise
from speech.dialect.candidates import Nearness
from speech.models import current


@dataclass(frozen=True)
class Application:
    """What the web application is made of."""

    settings: Settings
    services: Services
    messages: Messages
    office: Office
    library: LawLibrary
    rasa: Rasa
    engine: Engine
    casework: Casework
    hearing: Hearing = field(default_factory=lambda: Hearing(None))
    texts: Texts = field(default_factory=LoggedTexts)

    @cached_property
    def home(self) -> Home:
        """The residents' own side."""
        return open_home(
            self.settings,
            self.engine,
            self.office,
            self.casework,
            self.messages,
            self.services.now,
            self.rasa.forget,
        )

    @property
    def reviews(self) -> Cases:
        """The held questions."""
        return self.office.cases


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def one_way_of_writing(text: str) -> str:
    """What was written, as it is understood and searched for; never as it is shown."""
    return normalise(simplified(text))


def places(settings: Settings) -> Places:
    """Where the search index lives."""
    return Places(settings.data / "index", settings.vectors)


def encoders(settings: Settings) -> Encoders:
    """The encoder of passages and, where there is one, its copy tuned on questions."""
    plain = Encoder(settings.encoder, settings.encoder_threads)
    tuned = settings.query_encoder
    return Encoders(plain, Encoder(tuned, settings.encoder_threads) if tuned else None)


def library(settings: Settings) -> LawLibrary:
    """The searchable law of these settings."""
    return LawLibrary(
        places(settings),
        lambda: encoders(settings),
        searchable,
    )


def hearing(settings: Settings, near: Nearness | None = None) -> Hearing:
    """The recogniser of these settings, with the search where it is at hand; starts nothing yet."""
    folder = current(settings.speech_models) if settings.speech else None

    def examples() -> list[str]:
        entries = load_faq(settings.faq)
        return [wording for entry in entries for wording in (entry.question, *entry.variants)]

    return Hearing(folder, settings.speech_streams, settings.speech_memory_mb, examples, near)


def texts(settings: Settings) -> Texts:
    """How short messages leave with these settings."""
    if not settings.sms_url:
        return LoggedTexts(show=settings.sms_show)
    secret = settings.sms_secret.get_secret_value()
    return GatewayTexts(settings.sms_url, secret, now, settings.sms_timeout)


def corrections() -> tuple[Office, LawLibrary, date]:
    """What the export of lawyers' corrections needs."""
    office, settings = office_of_settings()
    return office, library(settings), now().astimezone(COUNTY).date()


def live_faq(settings: Settings, office: Office) -> LiveFaq:
    """How published answers come into the index of these settings."""
    return LiveFaq(
        settings,
        office.faq,
        places(settings),
        lambda: Encoder(settings.encoder, settings.encoder_threads),
    )


def office_of_settings() -> tuple[Office, Settings]:
    """The lawyers' side for a command, its database brought up to date."""
    settings, engine = _database_of_settings()
    return open_office(settings, engine, library(settings), now), settings


def kiosks_of_settings() -> tuple[KioskStore, str]:
    """The kiosks for a command, and the address their links begin with."""
    settings, engine = _database_of_settings()
    store = KioskStore(engine, load_county(settings.county_files / "county.yml"), now)
    return store, settings.address


def api_keys_of_settings() -> ApiKeys:
    """The keys of programs for a command, the database brought up to date."""
    return ApiKeys(_database_of_settings()[1], now)


def application_of_settings() -> Application:
    """Everything, for a command, its database brought up to date."""
    parts = build(Settings())  # type: ignore[call-arg]
    migrate(parts.engine)
    return parts


def _database_of_settings() -> tuple[Settings, Engine]:
    settings = Settings()  # type: ignore[call-arg]
    engine = _open_database(settings)
    migrate(engine)
    return settings, engine


def _open_database(settings: Settings) -> Engine:
    settings.data.mkdir(parents=True, exist_ok=True)
    return open_engine(settings.database, load_vault(settings.keys))


def build(settings: Settings) -> Application:
    """The application of these settings; opens no connection yet."""
    engine = _open_database(settings)
    law = library(settings)
    office = open_office(settings, engine, law, now)
    messages = Messages(engine, now, office.cases)
    rasa = Rasa(settings.dialogue, settings.rasa_token.get_secret_value(), settings.rasa_timeout)
    casework = open_casework(settings, engine, now)
    ears = hearing(settings, law.near)
    services = Services(
        normalise=one_way_of_writing,
        dialogue=rasa,
        library=law,
        store=messages,
        policy=law,
        deadlines=office.policy,
        now=now,
        counter=casework.counter,
        parameters=load_parameters(settings.county_files / "params"),
        reading=ears.reading,
    )
    return Application(
        settings,
        services,
        messages,
        office,
        law,
        rasa,
        engine,
        casework,
        ears,
        texts(settings),
    )
