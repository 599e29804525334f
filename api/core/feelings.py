"""What a person feels is met first, in one short sentence, and then the matter."""

from __future__ import annotations

import re

_SAID = (
    (
        re.compile(r"哭|难过|伤心|委屈|心寒|绝望|无助|没办法活|可怜|造孽|心里苦"),
        "这事换谁都难受。咱们一步一步来，先把能做的做了。",
    ),
    (
        re.compile(r"气死|气人|欺负人|太过分|黑心|畜生|王八蛋|混蛋|不要脸|老子|妈的|他妈"),
        "您生气是有道理的。先把气放一放，看看法律上怎么办。",
    ),
    (
        re.compile(r"急死|着急|怎么得了|睡不着|害怕|好怕|担心死|愁死|吓"),
        "先别慌，一件一件理清楚就好办了。",
    ),
)


def meet(words: str) -> tuple[str, ...]:
    """One sentence for the feeling in the words, or none.

    >>> meet("老板欠钱不给气死我了")
    ('您生气是有道理的。先把气放一放，看看法律上怎么办。',)
    >>> meet("公司拖欠工资怎么办")
    ()
    """
    return next(((say,) for pattern, say in _SAID if pattern.search(words)), ())
