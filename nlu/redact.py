"""Personal numbers -> placeholders, for logs and anything a stranger may read.

Better one order number too many than one identity number too few: every run of eleven
digits or more is replaced, whatever it is; the placeholder says what it was when that is sure.
"""

from __future__ import annotations

import re
import unicodedata

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARS = "10X98765432"
_SPOKEN_DIGITS = str.maketrans("零一二三四五六七八九〇幺两", "0123456789012")
_DIGIT = r"[\d零〇一二两三四五六七八九幺]"
_LONG_NUMBER = re.compile(rf"{_DIGIT}(?:[ \t.\-—]?{_DIGIT}){{10,}}(?:[ -]?[xXＸｘ])?")
_MOBILE = re.compile(r"(?:0?0?86)?0?(1[3-9]\d{9})")
_OLD_ID = re.compile(r"\d{6}\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}")


def redact(text: str) -> str:
    """Replace identity, mobile and bank card numbers, spoken or written, spaced or not.

    >>> redact("我叫老王，身份证11010519491231002X，电话 138-1234-5678")
    '我叫老王，身份证〔身份证号〕，电话 〔手机号〕'
    >>> redact("卡号6222 0212 3456 7890 128，手机幺三八零零幺三八零零零，欠我12000元")
    '卡号〔银行卡号〕，手机〔手机号〕，欠我12000元'
    """
    return _LONG_NUMBER.sub(lambda match: _placeholder(match[0]), text)


def is_identity_number(number: str) -> bool:
    """Whether an 18-character identity number has a right check character (GB 11643).

    >>> is_identity_number("11010519491231002X"), is_identity_number("110105194912310021")
    (True, False)
    """
    if not re.fullmatch(r"[0-9]{17}[0-9Xx]", number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK_CHARS[total % 11] == number[-1].upper()


def is_bank_card(number: str) -> bool:
    """Whether 16 to 19 digits pass the Luhn check bank cards carry.

    >>> is_bank_card("6222021234567890128"), is_bank_card("6222021234567890123")
    (True, False)
    """
    if not re.fullmatch(r"[0-9]{16,19}", number):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _placeholder(found: str) -> str:
    number = "".join(_plain_digit(char) for char in found if char not in " \t.-—")
    if is_identity_number(number) or _OLD_ID.fullmatch(number):
        return "〔身份证号〕"
    if _MOBILE.fullmatch(number):
        return "〔手机号〕"
    return "〔银行卡号〕" if is_bank_card(number) else "〔号码〕"


def _plain_digit(char: str) -> str:
    if char in "xXＸｘ":
        return "X"
    spoken = char.translate(_SPOKEN_DIGITS)
    return spoken if spoken.isascii() else str(unicodedata.digit(spoken))
