"""The way of one question: words -> danger? -> dialogue -> search -> draft -> gate."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

from api.core import calculating, offers, readings, tasks
from api.core.clarify import Fact, asked, deciding_fact
from api.core.compose import as_text
from api.core.deadlines import COUNTY
from api.core.errors import DialogueUnavailable, SearchUnavailable
from api.core.feelings import meet
from api.core.followup import in_context
from api.core.gate import UNSURE, Judgement, decide
from api.core.ports import Services
from api.core.risks import Alarm, caution, raised, risks, wants_human
from api.core.types import (
    Ask,
    Context,
    Decision,
    Draft,
    Handoff,
    Hold,
    Message,
    OpenCases,
    Outcome,
    Reading,
    Reply,
    Stage,
    Step,
)
from knowledge.danger import Danger
from knowledge.retriever import Found
from nlu.forms.webhook import takes_figure

_HITS = 20
_NO_DIALOGUE = "对话服务暂时不可用，已直接为您查找法律。"
_NO_SEARCH = "法律检索暂时不可用"
_SAFE_NOW = (
    "您的问题已经转给律师复核。等待期间，请先把证据收好（合同、收据、聊天记录、照片），"
    "不要签看不懂的文件；有人身危险马上打110。"
)
_CHINESE = re.compile(r"[㐀-鿿]")


async def consult(message: Message, context: Context, use: Services) -> Outcome:
    """What a message brings about; stores nothing.

    A question is released, held for a lawyer, asked back or declined. Danger named in the words
    is met first, whatever else they ask. While a lawyer speaks with the resident, the machine is
    silent about everything else.
    """
    use.progress(Stage.READING)
    message, told = readings.taken(message, use.normalise(message.text), context.asked)
    words = use.normalise(message.text)
    sensed = await _sense(words, use)
    danger = raised(words, sensed)
    if danger:
        return _urgent(danger, words, use)
    if context.in_charge:
        return Outcome(tasks.silence())
    if words == readings.AGAIN:
        return readings.say_again()
    if wants_human(words):
        return _held(words, ("您要求找真人",), None, context.topic, use)
    if not _CHINESE.search(words) and not takes_figure(context.cases, words):
        return Outcome(tasks.clarify())
    step, notices = await _step(words, message.conversation, context.cases, use)
    if isinstance(step, Ask):
        return Outcome(Reply(Decision.CLARIFY, step.question, notices=(*told, *notices)))
    outcome = await _do(step, message, words, context, use)
    reply = outcome.reply
    own = (step.said,) if step.said else ()
    said = (*told, *caution(words, sensed), *meet(words), *notices, *own)
    answer = f"{step.lead}\n{reply.answer}" if step.lead else reply.answer
    return replace(outcome, reply=replace(reply, answer=answer, notices=(*said, *reply.notices)))


async def _sense(words: str, use: Services) -> Danger | None:
    """What the words sound like; without an encoder, None: the patterns alone decide."""
    try:
        return await asyncio.to_thread(use.library.danger, words)
    except SearchUnavailable:
        return None


async def _step(
    words: str, conversation: str, cases: OpenCases | None, use: Services
) -> tuple[Step, tuple[str, ...]]:
    """What the dialogue wants done; without it every message is taken as a question."""
    try:
        return await use.dialogue.next(words, conversation, cases), ()
    except DialogueUnavailable:
        return Handoff("answer"), (_NO_DIALOGUE,)


async def _do(
    step: Handoff, message: Message, words: str, context: Context, use: Services
) -> Outcome:
    served = await asyncio.to_thread(use.counter.serve, step, message, words)
    if served:
        return Outcome(served)
    reading = None
    if message.spoken is not None:
        reading = await asyncio.to_thread(use.reading, words, message.spoken)
    match step.task:
        case "smalltalk":
            return Outcome(tasks.smalltalk(step))
        case "out_of_scope" if not (reading or risks(words) or in_context(words, context) != words):
            return Outcome(tasks.out_of_scope())
        case "progress":
            return Outcome(tasks.progress())
        case "human":
            return _held(words, ("您要求找真人",), None, context.topic, use)
        case "calculate":
            on = use.now().astimezone(COUNTY).date()
            reply = calculating.calculate(step, use, on)
            if isinstance(reply, Draft):
                return _held(words, (calculating.DUE_SOON,), reply, context.topic, use)
            return Outcome(await asyncio.to_thread(use.counter.after, step, message, reply))
        case _:
            return await _answer(words, message.standard, reading, context, use)


async def _answer(
    words: str, standard: str, reading: Reading | None, context: Context, use: Services
) -> Outcome:
    """Search, compose, verify every citation, decide."""
    on = use.now().astimezone(COUNTY).date()
    question = in_context(words, context)
    before = question.removesuffix(words)
    sure = before + standard if standard else ""
    use.progress(Stage.SEARCHING)
    try:
        found = await asyncio.to_thread(use.library.search, question, on, _HITS, sure)
        use.progress(Stage.CHECKING)
        draft = await asyncio.to_thread(use.library.compose, found, on)
        findings = await asyncio.to_thread(use.library.verify, as_text(draft), on)
        both = found
        if reading:
            other = before + reading.text
            both = await asyncio.to_thread(use.library.search, question, on, _HITS, other)
    except SearchUnavailable:
        return _held(words, (_NO_SEARCH,), None, context.topic, use)
    judgement = decide(question, draft, findings, use.policy, on)
    if reading and not readings.agrees(judgement, found, both, reading):
        if readings.may_be_asked(judgement):
            return readings.ask_back(words, reading)
        judgement = replace(judgement, why=(*judgement.why, readings.unconfirmed(reading)))
    fact = _unclear(question, found, judgement)
    if fact:
        return Outcome(
            Reply(Decision.CLARIFY, fact.ask), context=Context(asked(question, fact), draft.topic)
        )
    if judgement.decision is Decision.HOLD:
        return _held(question, judgement.why, draft, draft.topic, use)
    reply = Reply(
        decision=Decision.RELEASE,
        answer=draft.answer,
        citations=draft.citations,
        steps=draft.steps,
        materials=draft.materials,
        deadlines=draft.deadlines,
        where=draft.where,
        confidence=draft.confidence,
        suggestions=offers.in_talk(draft.rules),
        links=offers.on_pages(draft.rules),
    )
    return Outcome(reply, context=Context(question, draft.topic), source=draft.source)


def _unclear(question: str, found: Found, judgement: Judgement) -> Fact | None:
    """The fact to ask for when the machine is not sure and nothing else speaks against it."""
    if judgement.why != (UNSURE,):
        return None
    return deciding_fact(question, [hit.entry.question for hit in found.faq])


def _held(
    words: str, why: tuple[str, ...], draft: Draft | None, topic: str, use: Services
) -> Outcome:
    """Kept for a lawyer: the resident gets what is safe now, and a promise with a time."""
    promise = use.deadlines.promise(words, why, use.now())
    local = promise.due_at.astimezone(COUNTY)
    # The matter is understood and only its risk holds it: what it comes to can be worked out.
    rules = draft.rules if draft and use.policy.trusts(draft) else ()
    reply = Reply(
        decision=Decision.HOLD,
        answer=_SAFE_NOW,
        why_held=why,
        promise=f"律师将在{local.month}月{local.day}日{local:%H:%M}前答复您，请留着这个页面，或者记下编号。",
        suggestions=offers.in_talk(rules),
        links=offers.on_pages(rules),
        confidence=draft.confidence if draft else None,
    )
    return Outcome(reply, Hold(words, topic, why, promise, draft), Context(words, topic))


def _urgent(danger: Alarm, words: str, use: Services) -> Outcome:
    """The right number first; a lawyer sees the case as well."""
    reply = Reply(Decision.URGENT, danger.say, numbers=danger.numbers)
    why = (f"紧急：{danger.kind}",)
    return Outcome(reply, Hold(words, "", why, use.deadlines.promise(words, why, use.now())))
