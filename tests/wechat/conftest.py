"""An application behind an emulated official account, both on loopback."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta

import pytest

from api.app import create_app
from api.settings import Settings
from api.wiring import Application
from tests.conftest import NOW, Clock
from tests.wechat.account import Account, Resident
from tests.wechat.pushing import Pusher
from tests.wechat.serving import emulator, served

ME = "o-resident-1"
SCALE = 0.2  # Tencent's five seconds are one here


class Running(Clock):
    """A clock that goes by itself and can be put forward."""

    def __init__(self, at: datetime = NOW) -> None:
        super().__init__(at)
        self._started = time.monotonic()

    def __call__(self) -> datetime:
        """The time."""
        return self.at + timedelta(seconds=time.monotonic() - self._started)


@pytest.fixture
def clock() -> Running:
    """Both sides go by this clock."""
    return Running()


@pytest.fixture
def safe() -> bool:
    """Plain mode, unless a test wants safe mode."""
    return False


@pytest.fixture
def account(clock: Running, safe: bool) -> Account:
    """The account as Tencent keeps it."""
    return Account(now=clock, safe=safe)


@pytest.fixture
def me(account: Account) -> Resident:
    """Somebody with a phone."""
    return account.resident(ME)


@pytest.fixture
def tencent(account: Account) -> Iterator[str]:
    """Tencent's API."""
    with served(emulator(account)) as url:
        yield url


@pytest.fixture
def settings(settings: Settings, account: Account, tencent: str) -> Settings:
    """The county's account set up."""
    own = {
        "wechat_app_id": account.app_id,
        "wechat_app_secret": account.secret,
        "wechat_token": account.token,
        "wechat_aes_key": account.aes_key if account.safe else "",
        "wechat_api": tencent,
        "wechat_patience": 4.5 * SCALE,
        "public_url": "https://law.example",
    }
    return Settings.model_validate(settings.model_dump() | own)


@pytest.fixture
def app_url(parts: Application) -> Iterator[str]:
    """The application, running."""
    with served(create_app(parts)) as url:
        yield url


@pytest.fixture
async def push(account: Account, app_url: str) -> AsyncIterator[Pusher]:
    """Residents' hands."""
    pusher = Pusher(account, f"{app_url}/wechat", SCALE)
    yield pusher
    await pusher.client.aclose()


async def until(true: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait for something another thread does."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.02)
