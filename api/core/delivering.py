"""Bringing a reply to somebody: what is brought, by whom, and why it may not arrive.

CoreError
└── NotDelivered         base; `code` is kept with the message, `resident` and the text are shown
    ├── Later            a passing fault: tried again by itself
    │   └── TokenRefused     the account's access token was not accepted
    ├── OnContact        possible again once the resident writes
    │   ├── WindowClosed     more than 48 hours since the resident last wrote
    │   ├── QuotaSpent       too many messages since the resident last wrote
    │   └── NotAuthorised    the account may not send by itself at all
    └── Impossible           trying again changes nothing; a person has to act
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from api.core.errors import CoreError
from api.core.types import Reply


class NotDelivered(CoreError):
    """A message did not arrive; the text says why and what to do, for the lawyer."""

    code = "not_delivered"


class Later(NotDelivered):
    """A passing fault: network, an overloaded service."""

    code = "later"


class TokenRefused(Later):
    """The access token was not accepted, not even a fresh one."""

    code = "token_refused"


class OnContact(NotDelivered):
    """Nothing can be sent until the resident writes again; then it is sent by itself."""

    code = "on_contact"


class WindowClosed(OnContact):
    """More than 48 hours since the resident last wrote."""

    code = "window_closed"


class QuotaSpent(OnContact):
    """Too many messages since the resident last wrote."""

    code = "quota_spent"


class NotAuthorised(OnContact):
    """The account may only answer, never send by itself."""

    code = "not_authorised"


class Impossible(NotDelivered):
    """Trying again changes nothing."""

    code = "impossible"


@dataclass(frozen=True)
class Parcel:
    """A message on its way. `parts_done` pieces of it are with the resident already.

    `answers` says whether it answers something just written, or comes by itself.
    """

    id: int
    message: int
    conversation: str
    channel: str
    reply: Reply
    created_at: datetime
    answers: bool
    attempts: int = 0
    parts_done: int = 0

    @property
    def key(self) -> str:
        """Names this delivery for services that send a key once only."""
        return f"wenfa-{self.message}-{self.channel}-{self.parts_done}"


class Carrier(Protocol):
    """One way to a resident."""

    async def carry(self, parcel: Parcel) -> int:
        """Bring the next piece; returns how many pieces are still to be brought.

        Raises:
            NotDelivered: it did not arrive, and whether it may later.
        """


#: By `code`: why a message did not arrive and what helps, for the desk.
HELP = {
    "window_closed": "居民超过48小时没有发消息，微信不让主动发。居民一发消息就会自动送到；"
    "急的话请打电话告诉居民。",
    "quota_spent": "微信限制了主动发送的条数。居民一发消息就会自动送到；急的话请打电话。",
    "not_authorised": "公众号没有客服消息权限（需要微信认证），"
    "只能在居民发消息时送到；请打电话告诉居民。",
    "noticed": "已经用微信通知提醒居民来看，居民点开或者发消息就算送到。",
    "token_refused": "微信不认本系统的密钥。请管理员核对AppID和AppSecret，再按“再发一次”。",
    "later": "暂时连不上，系统会自己再试。",
    "impossible": "对方不收：账号、号码不对，或者没有开通。请打电话告诉居民。",
    "on_contact": "要等居民再联系。急的话请打电话。",
    "not_delivered": "系统会自己再试。急的话请打电话告诉居民。",
}
