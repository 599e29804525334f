"""An application over readable fakes, in the test's own process or behind a port of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import uvicorn

from api.app import create_app
from api.casework_wiring import open_casework
from api.core.ports import Services
from api.office import open_office
from api.review.people import Person, Role
from api.settings import Settings
from api.storage.db import open_engine
from api.storage.messages import Messages
from api.storage.vault import load_vault
from api.wiring import Application, one_way_of_writing
from knowledge.corpus import Corpus
from tests.desk import PASSWORD
from tests.fakes import POLICY, FakeDialogue, FakeLibrary, FakeTexts
from tests.running import ROOT, free_port

_PATIENCE = 30  # seconds


def settings_in(folder: Path, **own: str) -> Settings:
    """Settings of a test with its data in a folder, apart from any environment."""
    secrets = {"rasa_token": "rasa-token", "action_secret": "action-secret"}
    return Settings(
        _env_file=None,
        data=folder,
        county_files=ROOT / "county",
        secret_key="secret-key",
        **secrets,
        **own,
    )


def over_fakes(settings: Settings, corpus: Corpus, now: Callable[[], datetime]) -> Application:
    """Fakes for the dialogue and the search; database and law are real."""
    engine = open_engine(settings.database, load_vault(settings.keys))
    library, dialogue = FakeLibrary(corpus), FakeDialogue()
    office = open_office(settings, engine, library, now)
    messages = Messages(engine, now, office.cases)
    casework = open_casework(settings, engine, now)
    services = Services(
        one_way_of_writing,
        dialogue,
        library,
        messages,
        POLICY,
        office.policy,
        now,
        casework.counter,
    )
    parts = (settings, services, messages, office, library, dialogue, engine, casework)
    return Application(*parts, texts=FakeTexts())


@dataclass(frozen=True)
class Faked:
    """Where such an application answers, and what it is made of."""

    url: str
    parts: Application

    def invited(self, name: str, role: Role = Role.LAWYER) -> str:
        """Somebody new at the desk who has not chosen a password; the one-time token."""
        return self.parts.office.accounts.add(Person(name, role), "测试")

    def colleague(self, name: str, role: Role = Role.LAWYER) -> str:
        """Somebody new at the desk, who comes in with the password returned."""
        self.parts.office.accounts.join(self.invited(name, role), PASSWORD)
        return PASSWORD


async def _until_told(server: uvicorn.Server) -> None:
    """Serve; whoever still listens at the end is hung up on, or a socket stays open."""
    await server.serve()
    for connection in list(server.server_state.connections):
        connection.transport.abort()
    await asyncio.sleep(0)  # sockets are closed on the loop's next turn


@contextmanager
def serving(parts: Application) -> Iterator[Faked]:
    """The application behind a port, for browsers; it answers within a second."""
    port = free_port()
    config = uvicorn.Config(
        create_app(parts), port=port, log_level="critical", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=asyncio.run, args=(_until_told(server),))
    thread.start()
    deadline = time.monotonic() + _PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            pytest.fail("测试用的应用没有启动")
        time.sleep(0.05)
    yield Faked(f"http://127.0.0.1:{port}", parts)
    server.should_exit = True
    thread.join()
