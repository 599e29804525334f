"""The real processes: the application on its index, and Rasa on its model."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parent.parent

INDEX = ROOT / "var/index/current"
MODEL = ROOT / "bot/models/wenfa.tar.gz"
BOT_PYTHON = Path(os.environ.get("WENFA_BOT_PYTHON", ROOT / "bot/.venv/bin/python"))
_PATIENCE = 420


@dataclass(frozen=True)
class Running:
    """Where the application answers, and the environment its commands need."""

    url: str
    environment: dict[str, str]

    def colleague(self, name: str, role: str = "lawyer") -> str:
        """Somebody new at the desk, made by the command and its one-time link; the password."""
        command = [sys.executable, "-m", "api.cli", "user", "add", name, "--role", role]
        made = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True
        )
        link = self.url + "/desk/join/" + made.stdout.strip().rpartition("/")[2]
        password = secrets.token_urlsafe(12)
        form = {"password": password, "again": password}
        assert httpx.post(link, data=form, timeout=30).status_code == 303
        return password


def free_port() -> int:
    """A port nobody listens on, below those the system hands to outgoing connections.

    Rasa binds its port half a minute after it was chosen: by then a connection of the tests
    may hold a port that the system chose.
    """
    for _ in range(100):
        port = 10_000 + secrets.randbelow(22_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    pytest.fail("没有空闲的端口")


@contextmanager
def running(folder: Path, *, dialogue: bool, **settings: str) -> Iterator[Running]:
    """Start the processes with a database of their own; stop them by their process ids.

    `settings` are named as in docs/operating.md, and hold for these processes alone.
    """
    if not INDEX.is_file():
        pytest.skip("没有法律索引：先运行 make setup")
    if dialogue and not (MODEL.is_file() and BOT_PYTHON.exists()):
        pytest.skip("没有对话模型：先运行 make setup")
    own = {f"WENFA_{name}": value for name, value in settings.items()}
    environment = _environment(folder) | own
    port = environment["WENFA_PORT"]
    serve = ["-m", "uvicorn", "api.asgi:app", "--host", "127.0.0.1"]
    serve += ["--port", port, "--no-access-log"]
    bot = [[str(BOT_PYTHON), "bot/launch.py"]] if dialogue else []
    commands = [[sys.executable, *serve], *bot]
    with (folder / "log").open("wb") as log:
        started = [
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            for command in commands
        ]
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, dialogue, started, folder / "log")
            yield Running(url, environment)
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(timeout=30)


def _environment(folder: Path) -> dict[str, str]:
    names = ("RASA_TOKEN", "ACTION_SECRET", "SECRET_KEY")
    return os.environ | {
        "WENFA_PORT": str(free_port()),
        "WENFA_RASA_PORT": str(free_port()),
        "WENFA_DATABASE_URL": f"sqlite:///{folder / 'wenfa.sqlite3'}",
        "OMP_WAIT_POLICY": "passive",
        "RASA_TELEMETRY_ENABLED": "false",
        **{f"WENFA_{name}": secrets.token_urlsafe(16) for name in names},
    }


def _wait(url: str, dialogue: bool, started: list[subprocess.Popen[bytes]], log: Path) -> None:
    """Until the index is loaded and, if wanted, the dialogue answers; all must stay alive."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and all(process.poll() is None for process in started):
        try:
            state = httpx.get(f"{url}/readyz", timeout=10).json()
            if state.get("articles") and (state["dialogue"] or not dialogue):
                return
        except (httpx.HTTPError, ValueError):
            pass
        time.sleep(0.5)
    codes = [process.poll() for process in started]
    text = log.read_text(errors="replace")
    pytest.fail(f"没有启动，退出码{codes}：\n{text[:1500]}\n…\n{text[-3000:]}")
