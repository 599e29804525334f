"""Both sides on loopback: a server in a thread, ended by its own switch."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from tests.running import free_port
from tests.wechat import phone, tencent
from tests.wechat.account import Account
from tests.wechat.pushing import Pusher


def emulator(account: Account, callback: str = "", scale: float = 1.0) -> FastAPI:
    """Tencent's API for one account; with the address of a program also the resident's page."""

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        if callback:
            await app.state.pusher.client.aclose()

    app = FastAPI(title="WeChat emulator", docs_url=None, redoc_url=None, lifespan=life)
    app.state.account = account
    app.include_router(tencent.router)
    if callback:
        app.state.pusher = Pusher(account, callback, scale)
        app.include_router(phone.router)
        app.mount("/", StaticFiles(directory=Path(__file__).parent / "pages"))
    return app


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of an application while it runs."""
    port = free_port()
    config = uvicorn.Config(app, "127.0.0.1", port, log_level="warning", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
