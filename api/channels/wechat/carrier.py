"""Brings messages over an account's own API: implements core.delivering.Carrier."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from api.channels.wechat.reply import belated, pieces
from api.clients.wechat import Notice, OfficialAccount
from api.core.deadlines import COUNTY
from api.core.delivering import Impossible, NotDelivered, OnContact, Parcel, WindowClosed
from api.notify.links import Links
from api.storage.inbox import Inbox, Person


class Noticed(OnContact):
    """The resident was told by a notice; the words follow when they write or open its link."""

    code = "noticed"


@dataclass(frozen=True)
class AccountCarrier:
    """`template` is the granted notice; `asks_first` says whether each resident has to agree."""

    account: OfficialAccount
    inbox: Inbox
    links: Links
    now: Callable[[], datetime]
    template: str = ""
    asks_first: bool = False

    async def carry(self, parcel: Parcel) -> int:
        """Send the next piece; outside the 48 hours a notice, where one was granted.

        Raises:
            NotDelivered: as the account's API says.
        """
        person = await asyncio.to_thread(self.inbox.person, parcel.conversation)
        if person is None:
            raise Impossible("不知道这位居民的微信账号")
        if person.menu and not parcel.answers:
            # A number written after a lawyer's words is no choice from an older menu.
            await asyncio.to_thread(self.inbox.note, parcel.conversation, menu=[])
        texts = pieces(parcel.reply, parcel.message, parcel.created_at, self.links)
        done = min(parcel.parts_done, len(texts) - 1)
        text = texts[done] if done else belated(texts[0], parcel.created_at, self.now())
        try:
            await self.account.say(person.name, text)
        except WindowClosed as closed:
            await self._notify(person, parcel, closed)
        return len(texts) - done - 1

    async def _notify(self, person: Person, parcel: Parcel, closed: WindowClosed) -> None:
        """Tell by a notice; always ends with an exception that says what came of it."""
        granted = person.grants.get(self.template, 0)
        if not self.template or parcel.answers or (self.asks_first and not granted):
            raise closed
        notice = Notice(
            title="您的法律咨询有了答复",
            reference=parcel.reply.reference or "",
            at=parcel.created_at.astimezone(COUNTY),
            url=self.links.answer(parcel.message, parcel.created_at),
        )
        try:
            await self.account.notify(person.name, notice)
        except NotDelivered as refused:
            if isinstance(refused, OnContact):
                await self._keep(parcel, person, 0)
            raise closed from None
        await self._keep(parcel, person, granted - 1)
        raise Noticed("已用微信通知提醒居民来看，居民点开或者再发消息就能看到答复")

    async def _keep(self, parcel: Parcel, person: Person, left: int) -> None:
        """How many notices the resident still agreed to."""
        if self.asks_first:
            grants = person.grants | {self.template: left}
            await asyncio.to_thread(self.inbox.note, parcel.conversation, grants=grants)
