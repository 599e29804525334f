"""What runs beside the requests: warming up, answering, the clocks, the day's work, delivery."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine

from api.channels.wechat.setup import Channels
from api.core.deadlines import COUNTY
from api.core.errors import CoreError
from api.daily import Daily
from api.faq_live import LiveFaq
from api.notifying import open_delivery
from api.wiring import Application
from speech.errors import SpeechError

Work = Coroutine[object, object, object]
_log = logging.getLogger(__name__)
_PATIENCE = 180
_INDEX_FIRST = 5  # seconds
_TICK_SECONDS = 1.0


def warmings(parts: Application) -> tuple[Work, ...]:
    """What is loaded before the first resident waits for it."""
    return asyncio.to_thread(_warm, parts), _warm_dialogue(parts), _warm_hearing(parts)


def clocks(parts: Application, channels: Channels, faq: LiveFaq) -> tuple[Work, ...]:
    """Deadlines, the night's work, delivery: each runs until cancelled.

    Several processes may run them at once: rows are claimed by lease or compare-and-set.
    """
    return _kept_up(lambda: _tick(parts, faq)), _kept_up(open_delivery(parts, channels).run)


def answerers(channels: Channels) -> tuple[Work, ...]:
    """Who answers what channels bring: in every process that takes in what they bring."""
    return tuple(_kept_up(account.answering.run) for account in channels.accounts.values())


async def _kept_up(work: Callable[[], Work]) -> None:
    """Do what has no end; a fault that nobody foresaw must not end it."""
    while True:
        try:
            await work()
        except Exception:  # noqa: BLE001  nobody would notice that it ended
            _log.exception("stopped, and begins anew")
        await asyncio.sleep(_TICK_SECONDS)


def _warm(parts: Application) -> None:
    """Load the index before the first resident waits for it."""
    try:
        now = parts.services.now()
        found = parts.library.search("公司拖欠工资怎么办", now.date(), 1)
        parts.library.verify("《中华人民共和国民法典》第一条", now.date())
        _log.info("ready, %d articles", len(parts.library.corpus.articles) if found else 0)
    except CoreError as error:
        _log.error("%s", error)


async def _warm_dialogue(parts: Application) -> None:
    """Wait for the dialogue to come up, so that the first resident need not."""
    for _ in range(_PATIENCE):
        if await parts.rasa.ready():
            _log.warning("问法已启动：%s", parts.settings.address)
            return
        await asyncio.sleep(1)
    _log.error("对话服务没有启动；问题将直接检索法律")


async def _warm_hearing(parts: Application) -> None:
    """Load the speech model, if there is one, after the index has had the processors."""
    try:
        await asyncio.sleep(_INDEX_FIRST)
        await parts.hearing.supervisor.warm()
    except SpeechError as error:
        _log.info("speech: %s", error)


async def _tick(parts: Application, faq: LiveFaq) -> None:
    """Run the clocks; a failure is logged and the next second tries again."""
    now = parts.services.now
    law = Daily(lambda: faq.check(parts.library, now().astimezone(COUNTY).date()), now)
    while True:
        for clock in (parts.office.clockwork.tick, parts.home.daily.tick, law.tick):
            try:
                await asyncio.to_thread(clock)
            except CoreError as error:
                _log.warning("clock: %s", error.code)
        await asyncio.sleep(_TICK_SECONDS)
