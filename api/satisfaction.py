"""Rating a service: what may be rated by whom, and what a bad rating sets in motion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from api.casework.orders import RECTIFY, Told
from api.core.types import Draft, Hold, Message, Promise
from api.home.errors import RatingRefused
from api.home.ratings import GRADE_NAMES, KIND_NAMES, REASONS, SCORES, Grade, Kind, Opinion, Rated
from api.review.errors import WrongState
from api.review.service import Desk
from api.storage.aid import AidStore
from api.storage.orders import OrderStore
from api.storage.papers import PaperStore
from api.storage.queue import Cases
from api.storage.ratings import Answer, Ratings

_WHY = "居民对答复不满意，48小时内整改"
_RATEABLE_AID = frozenset({"granted", "assigned", "refused", "closed"})


@dataclass(frozen=True)
class Satisfaction:
    """One rating for every service (一事一评); bad ones are put right within 48 hours."""

    ratings: Ratings
    desk: Desk
    cases: Cases
    orders: OrderStore
    aid: AidStore
    papers: PaperStore
    now: Callable[[], datetime]

    def rate(self, kind: Kind, subject: str, conversation: str | None, opinion: Opinion) -> Rated:
        """Rate a service: `subject` is a message's number with its conversation, else a token.

        Raises:
            CaseUnknown: there is no such order, application or paper.
            RatingRefused: there is nothing to rate yet, or the rating cannot be changed any more.
        """
        if kind is Kind.REPLY:
            return self._reply(subject, conversation or "", opinion)
        if kind is Kind.ORDER:
            return self.order(subject, SCORES[opinion.grade], opinion)
        return (
            self._application(subject, opinion)
            if kind is Kind.AID
            else self._paper(subject, opinion)
        )

    def order(self, token: str, stars: int, opinion: Opinion) -> Rated:
        """Rate an order in one to five stars; the order's own machine does what follows."""
        order, known = self.orders.get(token), self.ratings.of(Kind.ORDER, token)
        if order.state == "answered":
            order = self.orders.rate(order.id, stars, opinion.words)
        elif order.rating is None:
            raise RatingRefused("这张工单还没有办结，办结后再请您评价。")
        elif known is None or known.grade is not opinion.grade:
            raise RatingRefused("这张工单已经按您的评价归档或者整改；还有话说请拨打12348。")
        remedy = _named(order.reference) if order.state == "rectifying" else None
        return self.ratings.keep(Kind.ORDER, token, order.conversation, opinion, remedy)

    def _reply(self, subject: str, conversation: str, opinion: Opinion) -> Rated:
        number = int(subject) if subject.isascii() and subject.isdigit() else 0
        answer = self.ratings.answer(conversation, number)
        if answer.case is not None:
            return self._lawyers(answer, answer.case, opinion)
        if answer.question is None:
            raise RatingRefused("这是一条通知，请在办理页面上评价。")
        remedy = _named(answer.waiting) if answer.waiting else self._new_case(answer, opinion)
        return self.ratings.keep(Kind.REPLY, subject, conversation, opinion, remedy)

    def _lawyers(self, answer: Answer, case: int, opinion: Opinion) -> Rated:
        """A lawyer's answer: the case itself is rated, and comes back when it was bad."""
        try:
            reference = self.desk.rate(case, SCORES[opinion.grade]).reference
        except WrongState:  # already being put right, or closed: the words are kept all the same
            reference = self.cases.get(case).reference
        remedy = _named(reference)
        return self.ratings.keep(Kind.REPLY, str(answer.id), answer.conversation, opinion, remedy)

    def _new_case(self, answer: Answer, opinion: Opinion) -> Callable[[Connection], str]:
        """A machine's answer that was bad goes to a lawyer, as if it had been held."""
        now = self.now()
        why = (_WHY, *(REASONS[name] for name in opinion.reasons))
        promise = self.desk.policy.promise(answer.words, why, now)
        due = min(promise.due_at, now + RECTIFY)
        hold = Hold(
            question=answer.words,
            topic=answer.topic,
            why=why,
            promise=Promise(due, promise.kind, min(promise.urgency, 1)),
            draft=_draft(answer),
        )
        message = Message(answer.conversation, answer.channel, answer.words, "")

        def open_case(connection: Connection) -> str:
            return self.cases.open(connection, message, answer.question or 0, hold)

        return open_case

    def _application(self, token: str, opinion: Opinion) -> Rated:
        case = self.aid.get(token)
        if case.state not in _RATEABLE_AID:
            raise RatingRefused("申请还在办，有了结果再请您评价。")
        who = Told(case.applicant.name, case.applicant.phone, "", case.applicant.township)
        return self._put_right(Kind.AID, token, case.reference, case.conversation, who, opinion)

    def _paper(self, token: str, opinion: Opinion) -> Rated:
        paper = self.papers.get(token)
        who = Told(paper.values.get("name", ""), paper.values.get("phone", ""), "")
        return self._put_right(Kind.PAPER, token, paper.kind, paper.conversation, who, opinion)

    def _put_right(
        self,
        kind: Kind,
        token: str,
        reference: str,
        conversation: str | None,
        who: Told,
        opinion: Opinion,
    ) -> Rated:
        """An order opens where there is no machine of its own; its number stands at the rating."""
        known = self.ratings.of(kind, token)
        remedy = None
        if opinion.grade is Grade.BAD and not (known and known.follow_up):
            words = opinion.words or "没有说原因"
            story = f"对{KIND_NAMES[kind]}（{reference}）评价{GRADE_NAMES[Grade.BAD]}：{words}"
            told = Told(who.name, who.phone, story, who.township)
            remedy = _named(self.orders.rectify(told, conversation).reference)
        return self.ratings.keep(kind, token, conversation, opinion, remedy)


def _draft(answer: Answer) -> Draft:
    """What the machine said, for the lawyer to start from."""
    said = answer.reply
    return Draft(
        answer=said.answer,
        citations=said.citations,
        steps=said.steps,
        materials=said.materials,
        deadlines=said.deadlines,
        where=said.where,
        topic=answer.topic,
    )


def _named(reference: str) -> Callable[[Connection], str]:
    """What puts it right is there already."""
    return lambda _connection: reference
