"""What is made of each kind of message: words to keep, and what to think about them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from api.casework.kiosks import REGIONS
from api.channels.wechat.menus import chosen
from api.core.consult import consult
from api.core.incoming import Incoming, Kind
from api.core.ports import Services
from api.core.receive import Think
from api.core.tasks import STARTERS
from api.core.types import Context, Decision, Link, Message, Outcome, Reply, Suggestion
from api.storage.inbox import Inbox, Person
from nlu.dialect import speaks
from nlu.normalise import normalise

#: The words stored for what came in, and what is thought about them.
Read = tuple[str, Think]
#: Reads one kind of message; None where nothing is to be said.
Reader = Callable[[Incoming, Person], Awaitable[Read | None]]

_SPEAKS = "记下了，您的语音按{}来听。要改，再说一句就行，比如“我说普通话”。"
_UNREADABLE = "我只看得懂文字、语音、位置和照片。请用几句话说说：谁和谁、因为什么、到了哪一步？"


def say(reply: Reply, goes_on: Context | None = None) -> Think:
    """A reply that needs no thought; silent while a lawyer speaks with the resident.

    `goes_on` is what is talked about from here on, where that changes.
    """

    async def think(_message: Message, context: Context, _use: Services) -> Outcome:
        if context.in_charge:
            return Outcome(Reply(Decision.SILENT, "", label="", human=""))
        return Outcome(reply, context=goes_on)

    return think


def short(
    answer: str, suggestions: tuple[Suggestion, ...] = (), links: tuple[Link, ...] = ()
) -> Reply:
    """Words about a message itself, which need no word about who made them."""
    return Reply(Decision.CLARIFY, answer, suggestions=suggestions, links=links, label="", human="")


def text(inbox: Inbox) -> Reader:
    """What was written, or what the number written stands for."""

    async def read(incoming: Incoming, person: Person) -> Read | None:
        told = await region_told(inbox, incoming, incoming.text)
        return told or (chosen(incoming.text, person.menu) or incoming.text, consult)

    return read


async def region_told(inbox: Inbox, incoming: Incoming, words: str) -> Read | None:
    """Whose dialect is spoken from here on, where the words say so and nothing else."""
    region = speaks(normalise(words))
    if region is None:
        return None
    await asyncio.to_thread(inbox.note, incoming.conversation, region=region)
    return words, say(short(_SPEAKS.format(REGIONS[region])))


async def other(_incoming: Incoming, _person: Person) -> Read | None:
    """A video, a link, a card: we say what we can read."""
    return "〔视频、链接或者名片〕", say(Reply(Decision.CLARIFY, _UNREADABLE, suggestions=STARTERS))


async def unsubscribed(_incoming: Incoming, _person: Person) -> Read | None:
    """Who leaves is not spoken to; that they left was noted on the way in."""
    return None


def granted(inbox: Inbox) -> Reader:
    """The resident agreed to be told, once for each notice, or wants to be told no more."""

    async def read(incoming: Incoming, person: Person) -> Read | None:
        grants = dict(person.grants)
        for template in filter(None, incoming.text.split(",")):
            more = grants.get(template, 0) + 1
            grants[template] = more if incoming.kind is Kind.GRANT else 0
        await asyncio.to_thread(inbox.note, incoming.conversation, grants=grants)
        return None

    return read
