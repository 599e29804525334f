"""The real Rasa process on the real model, with a small server in the app's place."""

from __future__ import annotations

import os
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bot.action_server import ActionServer, action_server
from tests.running import BOT_PYTHON, MODEL, free_port

ROOT = Path(__file__).parents[2]
TOKEN, SECRET = "dialogue-token", "action-secret"
_PATIENCE = 420


@dataclass
class Dialogue:
    """A running Rasa: its HTTP client, its log and the server it calls back."""

    http: httpx.Client
    log: Path
    actions: ActionServer
    pid: int

    def say(self, text: str, conversation: str = "") -> list[dict[str, Any]]:
        """One turn; the parts of the answer."""
        body = {"sender": conversation or uuid.uuid4().hex, "message": text}
        response = self.http.post("/webhooks/rest/webhook", params={"token": TOKEN}, json=body)
        response.raise_for_status()
        parts: list[dict[str, Any]] = response.json()
        return parts


@contextmanager
def running_dialogue(folder: Path) -> Iterator[Dialogue]:
    """Start bot/launch.py on free ports; end it by its process id."""
    log = folder / "rasa.log"
    with action_server(SECRET) as actions, log.open("wb") as output:
        port = str(free_port())
        environment = os.environ | {
            "WENFA_PORT": str(actions.port),
            "WENFA_RASA_PORT": port,
            "WENFA_RASA_TOKEN": TOKEN,
            "WENFA_ACTION_SECRET": SECRET,
        }
        launch = [str(BOT_PYTHON), str(ROOT / "bot/launch.py")]
        process = subprocess.Popen(
            launch, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False)
        try:
            _wait(http, process, log)
            yield Dialogue(http, log, actions, process.pid)
        finally:
            http.close()
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="session")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dialogue]:
    """One Rasa for all tests of this folder."""
    if not BOT_PYTHON.exists():
        pytest.skip("没有对话环境 bot/.venv：先运行 make setup，或设置 WENFA_BOT_PYTHON")
    if not MODEL.is_file():
        pytest.skip("没有对话模型 bot/models/wenfa.tar.gz：先运行 make setup")
    with running_dialogue(tmp_path_factory.mktemp("dialogue")) as running:
        yield running


def _wait(http: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if http.get("/status", params={"token": TOKEN}).is_success:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    pytest.fail(f"对话没有启动：\n{log.read_text(errors='replace')[-3000:]}")
