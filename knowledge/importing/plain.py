"""Plain text: the first line is the title, what stands before the first 章 or 条 is its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from knowledge.refs import NUMERAL

_BODY = re.compile(rf"^(?:第(?:一|1)[编章节条](?:[\s　]|$)|目\s*录$|{NUMERAL}、)")


def read(path: Path) -> tuple[str, list[str], list[str]]:
    """Title, head and body of a file in UTF-8 or GB 18030.

    Raises:
        OSError, UnicodeDecodeError: it cannot be read.
    """
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    return split([line.strip() for line in text.splitlines()])


def split(lines: Sequence[str]) -> tuple[str, list[str], list[str]]:
    """Title, head and body of the lines of a text.

    >>> split(["某某条例", "（2020年1月1日公布）", "第一条　为了……"])
    ('某某条例', ['（2020年1月1日公布）'], ['第一条　为了……'])
    """
    kept = [line for line in lines if line]
    first = next((i for i, line in enumerate(kept) if _BODY.match(line)), len(kept))
    head = next((i for i, line in enumerate(kept) if line.startswith(("（", "("))), first)
    cut = min(head, first)
    if first == len(kept):
        return (kept or [""])[0], [], list(kept[1:])
    return "".join(kept[:cut]), list(kept[cut:first]), list(kept[first:])
