"""An access token shared by all calls: fetched once at a time, and before it runs out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

#: Asks for a token, if need be (`True`) for another one than before.
Fetch = Callable[[bool], Awaitable[tuple[str, timedelta]]]
_EARLY = timedelta(minutes=5)


class Token:
    """The token in use."""

    def __init__(self, fetch: Fetch, now: Callable[[], datetime]) -> None:
        self._fetch, self._now = fetch, now
        self._token, self._until = "", now()
        self._lock = asyncio.Lock()

    async def get(self) -> str:
        """The token; a new one from five minutes before the old one ends."""
        async with self._lock:
            if self._now() >= self._until:
                await self._renew(force=False)
            return self._token

    async def fresh(self, refused: str) -> str:
        """Another token than the refused one; who comes second finds it already there."""
        async with self._lock:
            if self._token == refused:
                await self._renew(force=False)
            if self._token == refused:
                await self._renew(force=True)
            return self._token

    async def _renew(self, *, force: bool) -> None:
        self._token, lasts = await self._fetch(force)
        self._until = self._now() + max(lasts - _EARLY, timedelta(seconds=1))
