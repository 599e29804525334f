"""A reply as WeChat shows it: plain text, links, and choices by number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from api.channels.wechat.split import split
from api.core.deadlines import COUNTY
from api.core.types import Reply, Suggestion
from api.notify.links import Links

_LATE = timedelta(hours=12)
_CHOICES = 6


def pieces(reply: Reply, message: int, sent_at: datetime, links: Links) -> list[str]:
    """The messages a reply is sent as, at most 600 characters each; the same every time."""
    return split(text_of(reply, links.answer(message, sent_at), links))


def belated(text: str, sent_at: datetime, now: datetime) -> str:
    """The first piece of a reply; one that comes half a day late says from when it is."""
    if now - sent_at <= _LATE:
        return text
    day = sent_at.astimezone(COUNTY)
    return f"（这是{day.month}月{day.day}日给您的答复，当时没能发到您手里。）\n{text}"


def text_of(reply: Reply, own_page: str, links: Links) -> str:
    """The whole reply in reading order; the articles stand on a page of their own."""
    parts = [f"{number.label}：{number.number}" for number in reply.numbers]
    parts += [*reply.notices, reply.answer]
    for title, lines in (
        ("下一步", reply.steps),
        ("要带的材料", reply.materials),
        ("时限", reply.deadlines),
        ("去哪里办", reply.where),
    ):
        parts += [f"【{title}】\n" + _listed(lines)] if lines else []
    if reply.why_held:
        parts.append("为什么要律师看：" + "；".join(reply.why_held))
    if reply.citations:
        named = "；".join(citation.ref for citation in reply.citations)
        parts.append(f"【法律依据】\n{named}\n{_link('看法条原文', own_page)}")
    parts += [_link(link.title, links.page(link.url)) for link in reply.links]
    parts += [_here(reply.promise)] if reply.promise else []
    parts += [f"编号：{reply.reference}"] if reply.reference else []
    parts += [part for part in (reply.label, reply.human) if part]
    parts += [_choices(reply.suggestions)] if reply.suggestions else []
    return "\n".join(part for part in parts if part)


def menu_of(reply: Reply) -> tuple[tuple[str, str], ...]:
    """What the numbers under a reply stand for."""
    return tuple((one.title, one.text) for one in reply.suggestions[:_CHOICES])


def _choices(suggestions: Sequence[Suggestion]) -> str:
    lines = [f"{i}. {one.title}" for i, one in enumerate(suggestions[:_CHOICES], start=1)]
    return "回复数字就行：\n" + "\n".join(lines)


def _listed(lines: Sequence[str]) -> str:
    if len(lines) == 1:
        return lines[0]
    return "\n".join(f"{i}. {line}" for i, line in enumerate(lines, start=1))


def _link(title: str, url: str) -> str:
    return f'<a href="{url}">{title}</a>'


def _here(promise: str) -> str:
    """The promise without the page that WeChat does not have."""
    return promise.replace("请留着这个页面，或者记下编号", "答复会发到这里，请记下编号")
