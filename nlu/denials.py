"""What somebody takes back and what they say instead: 不是三个月，是五个月."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOT = r"(?<!是)(?:并|可|也)?不是"
_INSTEAD = re.compile(
    rf"{_NOT}(?P<denied>[^，。；！？,]{{1,18}}?)(?:[，。；,]?(?:而|应该|其实|实际)*(?:是|应该)|[，,])"
)
_LAST = re.compile(rf"[，。；,]?{_NOT}(?P<denied>[^，。；！？,]{{1,18}})[。！]?$")


@dataclass(frozen=True)
class Denial:
    """The words without what they deny, and what is denied."""

    affirmed: str
    denied: tuple[str, ...] = ()


def split_denied(words: str) -> Denial:
    """Part what is denied from what is said instead.

    >>> split_denied("周末不是20个小时，是30个小时")
    Denial(affirmed='周末是30个小时', denied=('20个小时',))
    >>> split_denied("是五个月不是三个月")
    Denial(affirmed='是五个月', denied=('三个月',))
    >>> split_denied("是不是三个月")
    Denial(affirmed='是不是三个月', denied=())
    """
    denied: list[str] = []

    def taken(match: re.Match[str], instead: str) -> str:
        denied.append(match["denied"])
        return instead

    first = _INSTEAD.sub(lambda match: taken(match, "是"), words)
    affirmed = _LAST.sub(lambda match: taken(match, ""), first)
    return Denial(affirmed, tuple(denied))
