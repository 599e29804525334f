"""python -m api.cli worker: deadlines, delivery and the night's work in a process of their own."""

from __future__ import annotations

import asyncio
import contextlib
import logging

import typer

from api.background import clocks
from api.channels.wechat.setup import Channels
from api.plainly import plainly
from api.stopping import going
from api.wiring import application_of_settings, live_faq


@plainly
def worker() -> None:
    """Run them until told to stop; set WENFA_BACKGROUND=false for the application beside it."""
    logging.basicConfig(level=logging.INFO)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run())


async def _run() -> None:
    parts = application_of_settings()
    channels = Channels(parts)
    faq = live_faq(parts.settings, parts.office)
    try:
        async with going(clocks(parts, channels, faq)) as stop:
            typer.echo("后台已启动：期限、送达、夜间整理")
            await stop.wait()
    finally:
        await channels.close()
        parts.engine.dispose()
