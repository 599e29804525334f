"""Numbered choices: which one a resident means by "1" or "第二个"."""

from __future__ import annotations

import re

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_CHOICE = re.compile(r"^(?:我?选|要|第|回复)?\s*([1-6一二两三四五六])\s*(?:个|项|号|条)?[.。、]?$")


def chosen(text: str, menu: tuple[tuple[str, str], ...]) -> str | None:
    """What the number stands for; None when the words are no choice from the menu.

    >>> menu = (("离婚", "我要离婚怎么办"), ("工资", "老板不发工资"))
    >>> chosen("２", menu), chosen("第一个", menu), chosen("3", menu), chosen("2000元", menu)
    ('老板不发工资', '我要离婚怎么办', None, None)
    """
    plain = text.strip().translate(str.maketrans("１２３４５６", "123456"))
    found = _CHOICE.match(plain)
    if not found:
        return None
    number = _DIGITS.get(found[1]) or int(found[1])
    return menu[number - 1][1] if number <= len(menu) else None
