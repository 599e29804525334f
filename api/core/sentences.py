"""A reply in short sentences: what is shown one by one and read aloud at the same time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from api.core.types import Reply

_LONGEST = 48  # characters that are read in one breath
_END = re.compile(r"(?<=[。！？；])(?![”』」）])")
_PAUSE = re.compile(r"(?<=[，：、])")
_LINE = re.compile(r"(?<!\d)(110|119|120|122|12[0-9]{3}|96110)(?![\d,.%％元万天日年个条月人户亩])")
_PHONE = re.compile(r"\d{3,4}-\d{7,8}|1[3-9]\d{9}")
_REFERENCE = re.compile(r"[A-Z]{1,4}\d{6,}(?:-\d+)?")
_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_ORDER = "零一二三四五六七八九十"
_TITLES = {
    "numbers": "请先打电话",
    "steps": "下一步",
    "materials": "要带的材料",
    "deadlines": "时限",
    "where": "去哪里办",
    "laws": "法律依据",
}


@dataclass(frozen=True)
class Sentence:
    """One sentence: `part` and `line` say where it stands, `says` how it is read."""

    part: str
    line: int
    text: str
    says: str


def sentences(reply: Reply) -> tuple[Sentence, ...]:
    """The whole reply in reading order.

    >>> from api.core.types import Decision
    >>> [s.says for s in sentences(Reply(Decision.RELEASE, "可以投诉。拨打12348。", human=""))][:2]
    ['可以投诉。', '拨打一二三四八。']
    """
    found = []
    for part, lines in _parts(reply):
        for number, line in enumerate(lines):
            for index, text in enumerate(_cut(line)):
                before = _before(part, number, len(lines)) if index == 0 else ""
                found.append(Sentence(part, number, text, before + aloud(text)))
    return tuple(found)


def aloud(text: str) -> str:
    """The words as they are read: numbers to call digit by digit, brackets left out.

    >>> aloud("《中华人民共和国劳动合同法》第八十五条，拨打12348，欠了12000元")
    '劳动合同法第八十五条，拨打一二三四八，欠了12000元'
    """
    text = text.replace("中华人民共和国", "")
    text = re.sub(r"[《》“”‘’（）【】]", "", text)
    for pattern in (_REFERENCE, _PHONE, _LINE):
        text = pattern.sub(lambda match: "".join(_DIGITS.get(c, c) for c in match[0]), text)
    return text


def _parts(reply: Reply) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "numbers", tuple(f"{one.label}：{one.number}" for one in reply.numbers)
    held = (f"编号：{reply.reference}" if reply.reference else "", reply.promise or "")
    yield "held", tuple(line for line in held if line)
    yield "answer", tuple(line for line in reply.answer.splitlines() if line.strip())
    for name in ("steps", "materials", "deadlines", "where"):
        yield name, getattr(reply, name)
    yield "why", reply.why_held
    yield "laws", tuple(citation.ref for citation in reply.citations)
    yield "notices", reply.notices
    yield "label", tuple(line for line in (reply.label,) if line)


def _before(part: str, number: int, lines: int) -> str:
    title = f"{_TITLES[part]}：" if number == 0 and part in _TITLES else ""
    if part == "steps" and lines > 1 and number < 10:
        return f"{title}第{_ORDER[number + 1]}，"
    return title


def _cut(line: str) -> Iterator[str]:
    """Whole sentences; a long one is cut where one would breathe."""
    for sentence in _END.split(line.strip()):
        if not sentence:
            continue
        held = ""
        for piece in _PAUSE.split(sentence) if len(sentence) > _LONGEST else (sentence,):
            if held and len(held) + len(piece) > _LONGEST:
                yield held
                held = ""
            held += piece
        yield held
