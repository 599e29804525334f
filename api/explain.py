"""The whole way of one question with times: python -m api.cli explain "…"."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Annotated

import typer

from api.core.clarify import deciding_fact
from api.core.compose import as_text
from api.core.deadlines import COUNTY
from api.core.errors import DialogueUnavailable
from api.core.gate import decide
from api.core.risks import alarm, raised, risks
from api.core.types import Ask
from api.settings import Settings
from api.wiring import Application, build

_SHOWN = 5


def explain(
    question: Annotated[str, typer.Argument(help="What a resident would say.")],
) -> None:
    """Show every step of the way of one question, with its time; stores nothing."""
    parts = build(Settings())  # type: ignore[call-arg]
    for line in _timed(_steps(parts, question)):
        typer.echo(line)


def _steps(parts: Application, question: str) -> Iterator[str]:
    use = parts.services
    words = use.normalise(question)
    yield f"写法统一  {words}"
    named, sensed = alarm(words), use.library.danger(words)
    yield (
        f"危险      词句：{named.kind if named else '无'}；"
        f"意思：{sensed.probability:.2f}；报警：{'是' if raised(words, sensed) else '否'}；"
        f"须审：{'、'.join(risks(words)) or '无'}"
    )
    yield f"对话      {asyncio.run(_dialogue(parts, words))}"
    on = use.now().astimezone(COUNTY).date()
    found = use.library.search(words, on, 20)
    yield "问答      " + "；".join(f"{h.entry.question}（{h.score:.2f}）" for h in found.faq[:3])
    yield "法条      " + "；".join(f"{h.article.ref}（{h.score:.2f}）" for h in found.hits[:_SHOWN])
    draft = use.library.compose(found, on)
    belief = draft.confidence or 0
    yield f"起草      {draft.source or '法条'}，把握 {belief:.2f}，主题 {draft.topic}"
    findings = use.library.verify(as_text(draft), on)
    verdicts = "、".join(sorted({finding.verdict.value for finding in findings}))
    yield f"核对引用  {len(findings)} 处：{verdicts or '无'}"
    judgement = decide(words, draft, findings, use.policy, on)
    fact = deciding_fact(words, [hit.entry.question for hit in found.faq])
    yield f"决定      {judgement.decision.value}　{'；'.join(judgement.why)}"
    yield f"可以追问  {fact.ask if fact else '无'}"


async def _dialogue(parts: Application, words: str) -> str:
    try:
        step = await parts.services.dialogue.next(words, f"explain-{time.time_ns()}")
    except DialogueUnavailable:
        return "没有运行（make run 后可见）"
    finally:
        await parts.rasa.close()
    return f"追问：{step.question}" if isinstance(step, Ask) else f"{step.task} {step.facts or ''}"


def _timed(lines: Iterator[str]) -> Iterator[str]:
    started = time.perf_counter()
    for line in lines:
        now = time.perf_counter()
        yield f"{(now - started) * 1000:7.0f} ms  {line}"
        started = now
