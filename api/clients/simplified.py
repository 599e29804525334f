"""繁體 read as simplified characters: for understanding and search, never for what is shown."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC


def simplified(text: str) -> str:
    """The text in simplified characters; one that is written in them stays as it is.

    Some characters are traditional in one word and simplified in another (著, 乾, 藉), so only
    a text with a character that simplified writing lacks is converted.

    >>> simplified("老闆拖欠工資怎麼辦"), simplified("著作权和乾隆年间的字画")
    ('老板拖欠工资怎么办', '著作权和乾隆年间的字画')
    """
    return _converter().convert(text) if any(map(_is_traditional, text)) else text


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _is_traditional(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return str(_converter().convert(sign)) != sign
    return False
