"""Greetings, the account's menu, codes that were scanned, and where a resident is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from api.casework.errors import CaseUnknown
from api.casework.places import nearby_reply, place_reply
from api.casework_wiring import Casework
from api.channels.wechat.reading import Read, Reader, say
from api.core.consult import consult
from api.core.deadlines import COUNTY
from api.core.incoming import Incoming
from api.core.ports import Services
from api.core.receive import Think
from api.core.tasks import STARTERS
from api.core.types import Author, Context, Decision, Link, Reply
from api.review.states import STATE_NAMES
from api.review.types import OPEN, Case
from api.storage.inbox import Inbox, Person
from api.storage.messages import Messages
from api.storage.queue import Cases

_HELLO = (
    "您好，这里是{county}公共法律服务。遇到欠工资、离婚、土地、借钱、工伤这些事，"
    "把经过说给我听就行：打字、按住说话都可以。"
)
_CONSENT = (
    "先说清楚：答复由人工智能查现行法律写成，仅供参考；没有把握的会转给律师，律师的答复也发到这里。"
    "您发的内容会加密保存，只用来回答您、交给律师复核。请不要发身份证号和银行卡号。"
    "不同意就不用再发；想删掉，打{hotline}。"
)
_NEAREST = "最近的司法所在哪"
_KIOSK = "您刚才在服务站问的事，在这里接着说。"
_THERE = "看服务站那次谈话，律师的答复也在那里"
_KEEP_PAGE = "请留着这个页面，或者记下编号"
_KEEP_NUMBER = "答复不会发到这里：请点下面的链接看，或者打12348报编号"
_MENU = {
    "human": "转人工",
    "places": "最近的公共法律服务中心在哪",
    "aid": "我想申请法律援助",
    "paper": "帮我写文书",
}
#: The keys of the account's menu that are understood; any other one is greeted.
KEYS = (*_MENU, "progress")


class Welcome:
    """Readers for what comes without a question."""

    def __init__(
        self,
        inbox: Inbox,
        messages: Messages,
        cases: Cases,
        casework: Casework,
        services: Services,
        hotline: str,
        page: Callable[[str], str],
    ) -> None:
        """`page` is where a conversation held at a kiosk can be read."""
        self._inbox, self._messages, self._cases = inbox, messages, cases
        self._casework, self._services, self._hotline = casework, services, hotline
        self._page = page

    def readers(self) -> tuple[Reader, Reader, Reader, Reader]:
        """For subscribing, scanning, the menu, and a position."""
        return self._subscribed, self._scanned, self._pressed, self._stands

    async def _subscribed(self, incoming: Incoming, person: Person) -> Read | None:
        if incoming.text:
            _, think = await self._scene(incoming, person, first=True)
            return "〔关注，扫码〕", think
        return "〔关注〕", say(self._hello())

    async def _scanned(self, incoming: Incoming, person: Person) -> Read | None:
        return await self._scene(incoming, person, first=False)

    async def _scene(self, incoming: Incoming, _person: Person, *, first: bool) -> Read:
        """`town:<township>` or `kiosk:<token of what is carried over>`; others only greet."""
        kind, _, value = incoming.text.partition(":")
        if kind == "kiosk":
            think = await asyncio.to_thread(self._from_kiosk, value, first)
            return "〔从服务站扫码〕", think
        township = self._casework.county.township_in(value) if kind == "town" else None
        if township is None:
            return "〔扫码〕", say(self._hello())
        await asyncio.to_thread(self._inbox.note, incoming.conversation, township=township.name)
        now = self._services.now()
        near = place_reply(self._casework.county, {"township": township.name}, _NEAREST, now)
        notice = (self._hello().answer, *self._hello().notices) if first else ()
        return f"〔扫码：{township.name}〕", say(replace(near, notices=(*notice, *near.notices)))

    async def _pressed(self, incoming: Incoming, person: Person) -> Read | None:
        if incoming.text == "progress":
            return "〔菜单：办理进度〕", say(await asyncio.to_thread(self._progress, incoming))
        words = _MENU.get(incoming.text)
        if words is None:
            return "〔菜单〕", say(self._hello())
        if incoming.text == "places" and person.township:
            words = f"我在{person.township}，{words}"
        return words, consult

    async def _stands(self, incoming: Incoming, _person: Person) -> Read | None:
        """Where somebody is goes into the answer and is kept nowhere else."""
        position = (incoming.latitude, incoming.longitude)
        reply = nearby_reply(self._casework.county, position, self._services.now())
        return "〔位置〕", say(reply)

    def _hello(self) -> Reply:
        return Reply(
            Decision.SMALLTALK,
            _HELLO.format(county=self._casework.county.county),
            notices=(_CONSENT.format(hotline=self._hotline),),
            suggestions=STARTERS,
        )

    def _progress(self, incoming: Incoming) -> Reply:
        """Where the resident's questions stand that a lawyer has or had."""
        lines = [
            _stands_at(case) for case in self._cases.of_conversation(incoming.conversation)[-5:]
        ]
        if not lines:
            return Reply(Decision.SMALLTALK, "您没有正在等律师办的问题。", label="", human="")
        return Reply(Decision.SMALLTALK, "\n".join(lines), label="")

    def _from_kiosk(self, token: str, first: bool) -> Think:
        """The kiosk's last answer once more, and its matter goes on here."""
        try:
            conversation = self._casework.carried.get(token).conversation or ""
        except CaseUnknown:
            return say(self._hello())
        entries = self._messages.history(conversation)
        last = [e for e in entries if e.reply and e.author is not Author.RESIDENT][-1:]
        if not last or last[0].reply is None:
            return say(self._hello())
        notices = (_KIOSK, *(self._hello().notices if first else ()), *last[0].reply.notices)
        reply = replace(last[0].reply, notices=notices)
        if reply.promise:  # what was asked there is answered there
            there = Link(_THERE, self._page(conversation))
            promise = reply.promise.replace(_KEEP_PAGE, _KEEP_NUMBER)
            reply = replace(reply, promise=promise, links=(*reply.links, there))
        before = self._messages.context(conversation)
        return say(reply, Context(before.question, before.topic))


def _stands_at(case: Case) -> str:
    due = case.due_at.astimezone(COUNTY)
    by = f"，{due.month}月{due.day}日{due:%H:%M}前答复" if case.state in OPEN else ""
    return f"{case.reference}：{STATE_NAMES[case.state]}{by}"
