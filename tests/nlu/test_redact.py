"""Redacting: nothing that identifies a person is left, sums and dates are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.redact import is_bank_card, is_identity_number, redact

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

CASES = [
    ("身份证11010519491231002X", "身份证〔身份证号〕"),
    ("身份证11010519491231002x。", "身份证〔身份证号〕。"),
    ("１１０１０５１９４９１２３１００２Ｘ", "〔身份证号〕"),
    ("110105 19491231 002X", "〔身份证号〕"),
    ("110105491231002", "〔身份证号〕"),
    ("写错一位110105194912310021", "写错一位〔号码〕"),
    ("电话13812345678", "电话〔手机号〕"),
    ("138-1234-5678打给我", "〔手机号〕打给我"),
    ("+8613812345678", "+〔手机号〕"),
    ("一三八零零一三八零零零", "〔手机号〕"),
    ("幺三八〇〇幺三八〇〇〇", "〔手机号〕"),
    ("卡号6222021234567890128", "卡号〔银行卡号〕"),
    ("卡号6222 0212 3456 7890 128", "卡号〔银行卡号〕"),
    ("订单20261122000123456789", "订单〔号码〕"),
    ("欠我12000元，2026年11月22日", "欠我12000元，2026年11月22日"),
    ("打12348或110", "打12348或110"),
    ("电话0817-8221234", "电话〔号码〕"),
    ("三千五百六十七块", "三千五百六十七块"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_table(text: str, wanted: str) -> None:
    assert redact(text) == wanted


@given(st.text(alphabet="0123456789", min_size=17, max_size=17), st.text(max_size=5))
def test_no_identity_number_survives(body: str, around: str) -> None:
    check = "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
    assert is_identity_number(body + check)
    assert body not in redact(f"{around}，{body}{check}，{around}")


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_no_mobile_number_survives(number: str) -> None:
    assert redact(f"我的电话是{number}，") == "我的电话是〔手机号〕，"


@given(st.text(alphabet="0123456789", min_size=15, max_size=18))
def test_cards_are_known_by_their_check_digit(body: str) -> None:
    valid = [digit for digit in "0123456789" if is_bank_card(body + digit)]
    assert len(valid) == 1
    assert body not in redact(body + valid[0])


@given(st.text())
def test_twice_is_once(text: str) -> None:
    assert redact(redact(text)) == redact(text)


@pytest.mark.parametrize("number", ["", "1", "a" * 18, "6222x", "62220212345678901"])
def test_other_numbers_are_neither(number: str) -> None:
    assert not is_identity_number(number)
    assert not is_bank_card(number)
