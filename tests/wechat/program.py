"""The program as a process of its own: its own fakes for dialogue and search, all else as in life.

Started by the bench: python -m tests.wechat.program FOLDER PORT TENCENT DELAY
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil
import uvicorn

from api.app import create_app
from api.settings import Settings
from knowledge.corpus import Corpus
from knowledge.statutes import read_statutes
from knowledge.versions import settle
from tests.conftest import STATUTES
from tests.faked import over_fakes, settings_in
from tests.running import ROOT, free_port
from tests.wechat.account import Account

_PATIENCE = 120


@dataclass(frozen=True)
class Started:
    """Where it answers, and its process."""

    url: str
    process: psutil.Process

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


def account_settings(account: Account, tencent: str) -> dict[str, str]:
    """The settings an account in safe mode needs."""
    return {
        "wechat_app_id": account.app_id,
        "wechat_app_secret": account.secret,
        "wechat_token": account.token,
        "wechat_aes_key": account.aes_key,
        "wechat_api": tencent,
        "public_url": "https://law.example",
    }


@contextmanager
def program(folder: Path, tencent: str, *, delay: float = 0.0) -> Iterator[Started]:
    """It runs until the block is left; its data is in the folder.

    The dialogue thinks for `delay` seconds.
    """
    port = free_port()
    command = [sys.executable, "-m", "tests.wechat.program"]
    child = subprocess.Popen([*command, str(folder), str(port), tencent, str(delay)], cwd=ROOT)
    url, deadline = f"http://127.0.0.1:{port}", time.monotonic() + _PATIENCE
    try:
        while not _answers(url):
            if child.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the program did not start")
            time.sleep(0.2)
        yield Started(url, psutil.Process(child.pid))
    finally:
        child.terminate()
        try:
            child.wait(timeout=60)
        except subprocess.TimeoutExpired:
            child.kill()  # or it would go on without its folder
            raise


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def settings_of(folder: Path, tencent: str) -> Settings:
    """As a county would set it, with the emulated account."""
    return settings_in(folder, **account_settings(Account(safe=True), tencent))


def main() -> None:
    """Serve until stopped."""
    folder, port, tencent = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    corpus = Corpus(settle(read_statutes(STATUTES, ROOT / "knowledge/corrections.yml")))
    parts = over_fakes(settings_of(folder, tencent), corpus, lambda: datetime.now(UTC))
    parts.services.dialogue.delay = float(sys.argv[4])  # type: ignore[attr-defined]
    uvicorn.run(create_app(parts), port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
