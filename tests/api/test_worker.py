"""The worker in a process of its own delivers what the application only stored."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.core.types import Decision, Hold, Message, Outcome, Reply
from api.office import open_office
from api.review.answers import Choice
from api.review.people import Person, Role
from api.review.types import State
from api.settings import Settings
from api.storage.db import open_engine
from api.storage.messages import Messages
from api.storage.migrate import migrate
from api.storage.vault import load_vault
from api.wiring import now
from knowledge.corpus import Corpus
from tests.conftest import ROOT
from tests.fakes import FakeLibrary

pytestmark = pytest.mark.slow
_PATIENCE = 90


def test_a_decided_answer_is_sent(settings: Settings, corpus: Corpus, tmp_path: Path) -> None:
    engine = open_engine(settings.database, load_vault(settings.keys))
    migrate(engine)
    office = open_office(settings, engine, FakeLibrary(corpus), now)
    messages = Messages(engine, now, office.cases)
    message = Message("conversation-1", "web", "房东不退押金", "message-1")
    promise = office.policy.promise(message.text, ("把握不够",), now())
    held = Hold(message.text, "租房", ("把握不够",), promise, None)
    outcome = Outcome(Reply(Decision.HOLD, "已转律师。"), held)
    messages.finish(messages.accept(message), message, outcome)
    (case,) = office.cases.all()
    wang = Person("王律师", Role.LAWYER)
    office.desk.claim(case.id, wang)
    office.desk.decide(case.id, wang, None, Choice("answer", "房东应当退还押金。"))

    names = {"DATA": tmp_path, "COUNTY_FILES": ROOT / "county", "RASA_TOKEN": "r",
             "ACTION_SECRET": "a", "SECRET_KEY": "secret-key", "SPEECH": "false"}  # fmt: skip
    environment = os.environ | {f"WENFA_{name}": str(value) for name, value in names.items()}
    worker = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "worker"], cwd=ROOT, env=environment
    )
    try:
        deadline = time.monotonic() + _PATIENCE
        while office.cases.get(case.id).state is not State.SENT and time.monotonic() < deadline:
            time.sleep(0.5)
        assert office.cases.get(case.id).state is State.SENT
    finally:
        worker.send_signal(signal.SIGTERM)  # as supervisors do
        assert worker.wait(timeout=30) == 0
    told = messages.history("conversation-1")[-1].reply
    assert told and "房东应当退还押金" in told.answer
    engine.dispose()
