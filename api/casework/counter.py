"""The county's counter in the chat: implements core.ports.Counter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from api.casework.county import County
from api.casework.orders import Services
from api.casework.papers.forms import KINDS, form_of
from api.casework.places import asks_for_place, place_reply
from api.core.types import Decision, Handoff, Link, Message, Reply

#: Seals facts for a page; returns the token.
Carry = Callable[[Mapping[str, str], str | None], str]

_LABOUR = ("labour_arbitration", "wage_complaint")
#: Which papers go on from which calculation.
_PAPERS = {
    "wage_arrears": _LABOUR,
    "overtime": ("labour_arbitration",),
    "double_wage": ("labour_arbitration",),
    "severance": ("labour_arbitration",),
    "wrongful_dismissal": ("labour_arbitration",),
    "work_injury": ("labour_arbitration",),
    "personal_injury": ("personal_injury",),
    "traffic_accident": ("personal_injury",),
    "private_loan": ("civil_debt", "payment_order"),
}
_AIDED = {"wage_arrears": "wages", "work_injury": "work_injury", "traffic_accident": "other_injury"}


class CountyCounter:
    """Answers what the dialogue hands off to it, from the county's profile."""

    def __init__(
        self, county: County, services: Services, carry: Carry, now: Callable[[], datetime]
    ) -> None:
        self._county, self._services, self._carry, self._now = county, services, carry, now

    def serve(self, step: Handoff, message: Message, words: str) -> Reply | None:
        """The reply to what belongs to the counter; None to everything else."""
        if step.task == "place" or asks_for_place(words):
            return place_reply(self._county, step.facts, words, self._now())
        if step.task == "legal_aid":
            return self._legal_aid(step, message)
        if step.task == "document":
            return self._document(step, message)
        if step.task == "refer":
            return self._refer(step, message)
        return None

    def after(self, step: Handoff, message: Message, reply: Reply) -> Reply:
        """A worked-out sum with the papers that claim it, its facts already filled in."""
        rule = step.facts.get("rule", "")
        if reply.decision is not Decision.RELEASE or rule not in _PAPERS:
            return reply
        aided = {"matter": _AIDED[rule]} if rule in _AIDED else {}
        token = self._carry({**step.facts, **aided}, message.conversation)
        links = [_to_paper(kind, token) for kind in _PAPERS[rule]]
        if aided:
            links.append(Link("看看能不能请免费律师", f"/aid?from={token}"))
        return replace(reply, links=(*reply.links, *links))

    def _legal_aid(self, step: Handoff, message: Message) -> Reply:
        token = self._carry(step.facts, message.conversation)
        return Reply(
            Decision.RELEASE,
            "法律援助不收费。点下面的按钮，回答几个问题，就能按法律一条一条看您能不能申请；"
            "您刚才说的已经替您填上，当场就能在线申请。",
            links=(Link("看看我能不能申请法律援助", f"/aid?from={token}"),),
        )

    def _document(self, step: Handoff, message: Message) -> Reply:
        token, kind = self._carry(step.facts, message.conversation), step.facts.get("document", "")
        if kind not in KINDS:
            answer = "我可以帮您写文书。点下面的按钮，选一种就行，您刚才说的会替您填上。"
            return Reply(
                Decision.RELEASE, answer, links=(Link("选一种文书", f"/papers?from={token}"),)
            )
        form = form_of(kind)
        return Reply(
            Decision.RELEASE,
            f"可以帮您写{form.title}：{form.use}。您刚才说的已经填上，"
            "点下面的按钮看一看、改一改，就能打印。",
            materials=form.needs,
            links=(_to_paper(kind, token),),
        )

    def _refer(self, step: Handoff, message: Message) -> Reply:
        token = self._carry(step.facts, message.conversation)
        name = step.facts.get("service", "")
        if name not in self._services.services:
            answer = "可以替您转给对口的单位去办。点下面的按钮，选一项服务就行。"
            links = (Link("选一项服务", f"/orders?from={token}"),)
            return Reply(Decision.RELEASE, answer, links=links)
        service = self._services.named(name)
        return Reply(
            Decision.RELEASE,
            f"{service.label}：{service.use}。{service.promise}。点下面的按钮填个单子，我们替您转过去，结果会回到这里。",
            materials=service.materials,
            links=(Link(f"申请{service.label}", f"/orders/new/{name}?from={token}"),),
        )


def _to_paper(kind: str, token: str) -> Link:
    return Link(f"写{form_of(kind).title}", f"/papers/new/{kind}?from={token}")
