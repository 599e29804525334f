"""Numbers: a table of ways to write them, and a round trip over all of them."""

from __future__ import annotations

import contextlib
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.errors import NluError, NumberUnreadable
from nlu.numerals import plain, read_number

DIGITS = "零一二三四五六七八九"

NUMBERS = """
零 0|〇 0|十 10|十五 15|二十 20|二十三 23|两百 200|两百五 250|一百零五 105|一百一十 110
一百一十五 115|一百二 120|三百五十 350|九百九十九 999|一千 1000|一千零五 1005|一千零五十 1050
一千五 1500|三千五 3500|三千五百 3500|三千五百二 3520|两千零二十六 2026|五千八百六十一 5861
一万 10000|一万二 12000|一万二千 12000|一万二千三 12300|一万零五百 10500|两万零五 20005
十万 100000|十二万五 125000|三十万 300000|一百万 1000000|一百二十万 1200000|一千万 10000000
一亿 100000000|一亿两千万 120000000|两 2|俩 2|三千六百五十块 x|1万 10000|1万2 12000|1万2千 12000
3万5 35000|3万5000 35000|1万200 10200|1.2万 12000|0.5 0.5|12.50 12.5|6k 6000|6K 6000|6k5 6500
1.5w 15000|3W 30000|5千 5000|3千5 3500|1,200 1200|12,345 12345|1，200 1200|2026 2026|007 7
三点五 3.5|三点五万 35000|一点二五 1.25|零点五 0.5|三五零零 3500|二〇二六 2026|一三八 138
幺三八 138|六千 6000|八百 800|四十 40|一十 10|九千九 9900
"""


@pytest.mark.parametrize("case", [c for line in NUMBERS.split("\n") for c in line.split("|") if c])
def test_table(case: str) -> None:
    text, wanted = case.split(" ")
    if wanted == "x":
        with pytest.raises(NumberUnreadable):
            read_number(text)
    else:
        assert read_number(text) == Decimal(wanted)


UNREADABLE = """
abc|三四千|两三万|五五|几千|十几万|千|万|亿|百|三百千|一万亿|三点|点五|1零5
1.2.3|-5|五块|3 5|十十|百一|一二三四x
"""


@pytest.mark.parametrize("text", ["", " ", *re.split(r"[|\n]", UNREADABLE.strip())])
def test_no_definite_number(text: str) -> None:
    with pytest.raises(NumberUnreadable, match="读不出"):
        read_number(text)


def chinese(number: int) -> str:
    """The full reading of 1 to 99,999,999, written independently of the reader."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return chinese(high) + "万" + gap + (chinese(low) if low else "")
    text, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if gap else "") + DIGITS[digit] + unit
            gap = False
        elif text and number:
            gap = True
    return text


@given(st.integers(1, 99_999_999))
def test_full_readings_come_back(number: int) -> None:
    assert read_number(chinese(number)) == number


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(["百", "千", "万"]))
def test_a_last_digit_counts_a_tenth(first: int, last: int, unit: str) -> None:
    size = {"百": 100, "千": 1000, "万": 10_000}[unit]
    assert read_number(f"{DIGITS[first]}{unit}{DIGITS[last]}") == first * size + last * size // 10


@given(st.decimals(0, 10_000_000, places=2))
def test_arabic_digits_are_themselves(number: Decimal) -> None:
    assert read_number(str(number)) == number


@given(st.text(alphabet="零一二三十百千万点0.5kw,", max_size=8))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    with contextlib.suppress(NluError):
        assert read_number(text) >= 0


@given(st.decimals(0, 10_000_000, places=3))
def test_plain_writes_no_exponent_and_no_idle_zero(number: Decimal) -> None:
    written = str(plain(number))
    assert Decimal(written) == number
    assert "E" not in written
    assert not ("." in written and written.endswith("0"))
