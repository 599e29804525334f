"""What somebody says to “您是说…吗？”: yes, no, or which of several; in many regions' words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LONGEST = 40  # more is a story, not an answer
_MARKS = re.compile(r"[\s，。！、；：,.!;:~～…“”\"'‘’「」]+")
_KINDS = {
    "yes": "对 对头 对着 对咯 是 是滴 正是 就是 可不是 不错 没错 没有错 冇错 无错 毋错 莫错 都对 "
    "都是 全对 全是 说得对 说的对 听得对 听对了 中 得 要得 好 好的 行 可以 系 就系 啱 着 "
    "确实 当然 ok OK",
    "no": "不 不是 不对 不对头 不中 不得 不行 不好 不可以 不要 不系 不着 毋是 毋着 唔 唔系 唔是 "
    "唔啱 唔对 伓是 伓着 弗是 要不得 都不是 都不对 全不对 没 没有 没得 没说 没有说 冇 无 "
    "否 错 错了 都错 听错 搞错 弄错 原话 问原话 问听到的原话",
    "hm": "嗯 恩 嗯嗯 嗯哼 嗯呐",
    "is": "我说的 我讲的 我问的 我指的 我说 我讲 我是说 我是讲 我想说 我要说 说的 讲的 只改 而",
    "then": "怎么办 咋办 咋个办 么办 么样办 该怎么办 我该怎么办 要怎么办",
    "tone": "的 了 啊 呀 哇 哦 喔 噢 嘛 呢 哩 咧 嘞 啦 嘅 喽 咯 哈 哎 唉 诶 那 就 和 跟 还有 你 "
    "您 我 这个 那个 问这个 这样 这个意思 这意思 再说一遍 我再说一遍 再说一次",
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_ORDER = re.compile(r"(?:第|头)([一二三四1-4])(?:个|项|条|种)?|([1-4])$")
_NUMBERS = dict(zip("一二三四1234", (0, 1, 2, 3) * 2, strict=True))
_INSTEAD = re.compile(
    r"(?=不|唔|毋)(?:(?:不是|不对|唔系|毋是|不)[的啊呀嘛]?[，。,！!]+)*"
    r"(?:(?:不是|唔系|毋是)[^，。,！!是]{1,6}[，。,！!]*)?(?:而|我(?:想|要|是)?(?:说|讲|问|指)的?)?是(?P<rest>[^，。不].*)"
)


def chosen(words: str, ways: Sequence[str]) -> int | None:
    """Which way somebody takes: 0 is yes, `len(ways)` no; None where the words answer nothing.

    Args:
        words: normalised.
        ways: words that name each way but no; "" for one that stands for all the others.

    >>> chosen("对头", ["离婚"]), chosen("唔系", ["离婚"]), chosen("对，要多久", ["离婚"])
    (0, 1, None)
    >>> both = ("", "欠钱", "离婚")
    >>> [chosen(words, both) for words in ("都对", "第二个", "我说的是欠钱", "不是欠钱", "不对")]
    [0, 2, 1, 2, 3]
    """
    named = [number for number, way in enumerate(ways) if way]
    tokens = list(_tokens(words, [_MARKS.sub("", way) for way in ways], named))
    if not tokens or None in tokens:
        return None
    affirmed, denied = _named(tokens)
    if affirmed or denied:
        left = affirmed or set(named) - denied
        if not left:
            return len(ways)
        return _one(left, named)
    kinds = {str(token) for token in tokens} & {"yes", "no", "hm"}
    if kinds == {"yes", "no"} or not kinds:
        return None
    return len(ways) if "no" in kinds else 0


def instead(words: str) -> str:
    """What is said in the place of what is denied; the words themselves where nothing is denied.

    >>> instead("不是，我说的是结婚"), instead("不是里婚，是离婚"), instead("这不是我的")
    ('结婚', '离婚', '这不是我的')
    """
    found = _INSTEAD.fullmatch(words)
    return found["rest"] if found else words


def _tokens(words: str, ways: Sequence[str], named: Sequence[int]) -> Iterator[str | int | None]:
    """Kinds of words and numbers of ways, one by one; None where something else is said."""
    rest = _MARKS.sub("", words)
    if len(rest) > _LONGEST + max(map(len, ways), default=0):
        yield None
        return
    while rest:
        token, length = _first(rest, ways, named)
        yield token
        if token is None:
            return
        rest = rest[length:]


def _first(rest: str, ways: Sequence[str], named: Sequence[int]) -> tuple[str | int | None, int]:
    """The longest name of a way, number or known word that the rest begins with."""
    names = [number for number in named if rest.startswith(ways[number])]
    if names:
        best = max(names, key=lambda number: len(ways[number]))
        return best, len(ways[best])
    if order := _ORDER.match(rest):
        number = _NUMBERS[order[1] or order[2]]
        return (named[number] if number < len(named) else None), order.end()
    for length in range(min(len(rest), 7), 0, -1):
        if kind := _KIND.get(rest[:length]):
            return kind, length
    return None, 0


def _named(tokens: Sequence[str | int | None]) -> tuple[set[int], set[int]]:
    """The ways named as meant and as not meant: the words before them say which."""
    affirmed: set[int] = set()
    denied: set[int] = set()
    into = affirmed
    for token in tokens:
        if isinstance(token, int):
            into.add(token)
        elif token == "no":  # noqa: S105  a kind of word
            into = denied
        elif token in ("yes", "is"):
            into = affirmed
    return affirmed, denied


def _one(left: set[int], named: Sequence[int]) -> int | None:
    """The one way left, or the way that stands for all."""
    if len(left) == 1:
        return next(iter(left))
    return 0 if left == set(named) and 0 not in named else None
