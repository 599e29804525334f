"""Chinese numerals as statutes write them: 第一千零七十九条."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"〇": 0, "两": 2}


def to_chinese(number: int) -> str:
    """Write 1..9999 the way articles are numbered.

    >>> to_chinese(10), to_chinese(110), to_chinese(1079), to_chinese(1200)
    ('十', '一百一十', '一千零七十九', '一千二百')
    """
    if not 0 < number < 10_000:
        raise ValueError(f"{number} is outside 1..9999")
    text, rest, gap = "", number, False
    for size, unit in _UNITS:
        digit, rest = divmod(rest, size)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + unit
        gap = bool(text) and not digit
    if rest:
        text += ("零" if gap else "") + _DIGITS[rest]
    return text.removeprefix("一") if 10 <= number < 20 else text


def from_chinese(text: str) -> int:
    """Read Chinese or Arabic digits.

    Raises:
        ValueError: text is not a whole number.

    >>> [from_chinese(text) for text in ("一千零七十九", "十二", "二〇二六", "47")]
    [1079, 12, 2026, 47]
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if text and all(char in _VALUES for char in text):
        return int("".join(str(_VALUES[char]) for char in text))
    total, digit = 0, 0
    sizes = {unit: size for size, unit in _UNITS}
    for char in text:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in sizes:
            total += (digit or 1) * sizes[char]
            digit = 0
        else:
            raise ValueError(f"{text!r} is not a whole number")
    if not text:
        raise ValueError("an empty text is not a number")
    return total + digit
