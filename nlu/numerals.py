"""Numbers as people write and say them: 三千五, 1万2, 两万零五百, 6k, 三点五万."""

from __future__ import annotations

import re
from decimal import Decimal

from nlu.errors import NumberUnreadable

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "幺": 1,
}
_SMALL = {"十": 10, "百": 100, "千": 1000, "k": 1000}
_BIG = {"万": 10_000, "w": 10_000, "亿": 100_000_000}

# In 六千一个月 and 260一天 the 一 begins a rate ("a month") and is no digit of the sum.
_NO_RATE = r"(?!(?<=[\d一二两三四五六七八九百千万kKwW块元])一个?[月天日年])"
#: One Chinese numeral of a number in running text.
NUMERAL = rf"{_NO_RATE}[零〇一二两俩三四五六七八九十百千万亿点]"
#: A run of characters that may be a number; `read_number` decides.
NUMBER = rf"(?:\d{{1,3}}(?:[,，]\d{{3}}(?!\d))+|\d+(?:\.\d+)?|(?<=\d)[kKwW]|{NUMERAL})+"

_MARK = re.compile(r"[0-9]+(?:\.[0-9]+)?|[零〇一二两俩幺三四五六七八九十百千k万w亿]")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_SPOKEN_DIGITS = re.compile(r"[零〇一二三四五六七八九幺]{3,}")
_POINT = re.compile(r"(.+)点([零〇一二三四五六七八九]+)([千k万w亿]?)")


def read_number(text: str) -> Decimal:
    """Read a text that is one definite number.

    A last digit after a unit counts a tenth of that unit (三千五 is 3500) unless 零 stands
    between. Two neighbouring digits are a range in speech (三四千), hence no number.

    Raises:
        NumberUnreadable: the text is empty, a range, or something else.

    >>> [str(read_number(t)) for t in ("三千五", "1万2", "两百五", "一千零五", "十五", "6k")]
    ['3500', '12000', '250', '1005', '15', '6000']
    >>> str(read_number("三点五万")), str(read_number("1.2万")), str(read_number("三五零零"))
    ('35000', '12000', '3500')
    """
    tidy = _THOUSANDS.sub("", text.strip().lower())
    if _SPOKEN_DIGITS.fullmatch(tidy):
        return Decimal("".join(str(_DIGITS[char]) for char in tidy))
    point = _POINT.fullmatch(tidy)
    if point:
        return plain(_read_decimal(*point.groups()))
    marks = _MARK.findall(tidy)
    if not marks or "".join(marks) != tidy:
        raise NumberUnreadable(text)
    return plain(_Reader(text).read(marks))


def _read_decimal(whole: str, digits: str, unit: str) -> Decimal:
    fraction = "".join(str(_DIGITS[char]) for char in digits)
    size = (_SMALL | _BIG).get(unit, 1)
    return Decimal(f"{read_number(whole)}.{fraction}") * size


def plain(number: Decimal) -> Decimal:
    """Drop trailing zeros, without the exponent that `normalize` alone would write.

    >>> str(plain(Decimal("6.0"))), str(plain(Decimal("35000")))
    ('6', '35000')
    """
    return Decimal(f"{number.normalize():f}")


class _Reader:
    """Adds up digits and units; every unit must be smaller than the one before it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.total, self.section = Decimal(0), Decimal(0)
        self.pending: str | None = None
        self.unit, self.big = 0, 10**12
        self.after_zero = False

    def read(self, marks: list[str]) -> Decimal:
        for mark in marks:
            if mark in ("零", "〇"):
                self._zero()
            elif mark in _SMALL:
                self._small(mark)
            elif mark in _BIG:
                self._big(_BIG[mark])
            else:
                self._digit(mark)
        return self.total + self.section + self._last()

    def _digit(self, mark: str) -> None:
        if self.pending is not None:
            raise NumberUnreadable(self.text)
        self.pending = mark

    def _zero(self) -> None:
        if self.pending is not None:
            raise NumberUnreadable(self.text)
        self.after_zero = True

    def _small(self, mark: str) -> None:
        size = _SMALL[mark]
        if self.section and size >= self.unit:
            raise NumberUnreadable(self.text)
        if self.pending is None and size != 10:
            raise NumberUnreadable(self.text)
        self.section += self._take(default=1) * size
        self.unit, self.after_zero = size, False

    def _big(self, size: int) -> None:
        group = self.section + self._take(default=0)
        if size >= self.big or not group:
            raise NumberUnreadable(self.text)
        self.total += group * size
        self.section, self.unit, self.big, self.after_zero = Decimal(0), size, size, False

    def _take(self, default: int) -> Decimal:
        mark, self.pending = self.pending, None
        if mark is None:
            return Decimal(default)
        return Decimal(_DIGITS.get(mark, mark))

    def _last(self) -> Decimal:
        single = self.pending is not None and len(self.pending) == 1
        tenth = self.unit // 10 if single and self.unit > 10 and not self.after_zero else 1
        return self._take(default=0) * tenth
