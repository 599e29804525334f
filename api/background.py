"""What runs beside the requests: warming up, answering, the clocks, the day's work, delivery."""

from __future__ import annotations

import asyncio
import logging

from api.channels.wechat.setup import Channels
from api.core.deadlines import COUNTY
from api.core.errors import CoreError
from api.daily import Daily
from api.faq_live import LiveFaq
from api.notifying import open_delivery
from api.stopping import Endless, Work, passed
from api.wiring import Application
from speech.errors import SpeechError

_log = logging.getLogger(__name__)
_PATIENCE = 180
_INDEX_FIRST = 5  # seconds
_TICK_SECONDS = 1.0


def warmings(parts: Application) -> tuple[Work, ...]:
    """What is loaded before the first resident waits for it."""
    return asyncio.to_thread(_warm, parts), _warm_dialogue(parts), _warm_hearing(parts)


def clocks(parts: Application, channels: Channels, faq: LiveFaq) -> tuple[Endless, ...]:
    """Deadlines, the night's work, delivery.

    Several processes may run them at once: rows are claimed by lease or compare-and-set.
    """
    return (lambda stop: _tick(parts, faq, stop)), open_delivery(parts, channels).run


def answerers(channels: Channels) -> tuple[Endless, ...]:
    """Who answers what channels bring: in every process that takes in what they bring."""
    return tuple(account.answering.run for account in channels.accounts.values())


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


async def _tick(parts: Application, faq: LiveFaq, stop: asyncio.Event) -> None:
    """Run the clocks; a failure is logged and the next second tries again."""
    now = parts.services.now
    law = Daily(lambda: faq.check(parts.library, now().astimezone(COUNTY).date()), now)
    while not stop.is_set():
        for clock in (parts.office.clockwork.tick, parts.home.daily.tick, law.tick):
            try:
                await asyncio.to_thread(clock)
            except CoreError as error:
                _log.warning("clock: %s", error.code)
        await passed(_TICK_SECONDS, stop)
