"""From the village kiosk into the official account."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from api.clients.wechat import WeChat
from api.storage.carried import Carried

#: As long as somebody may look at the picture.
_LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class Onward:
    """Codes that lead a conversation into the account; each is made for one who asks for it."""

    account: WeChat
    carried: Carried

    async def code(self, conversation: str) -> str:
        """What the code has to say.

        Raises:
            NotDelivered: WeChat gives none.
        """
        token = await asyncio.to_thread(self.carried.put, {}, conversation)
        return await self.account.code(f"kiosk:{token}", _LASTS)
