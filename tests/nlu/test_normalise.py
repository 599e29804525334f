"""Normalising: one way of writing, never another meaning."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nlu.normalise import normalise

CASES = [
    ("３５００块", "3500块"),
    ("ＡＢＣ公司", "ABC公司"),
    ("你好！！！！", "你好！"),
    ("怎么办？？？？？", "怎么办？"),
    ("在吗。。。。", "在吗。"),
    ("……………", "……"),
    ("等等......再说", "等等……再说"),
    ("拖 欠 工 资", "拖欠工资"),
    ("老板 Wang 跑了", "老板Wang跑了"),
    ("hello   world", "hello world"),
    ("第一行\r\n第二行", "第一行\n第二行"),
    ("一\n\n\n二", "一\n二"),
    ("零\u200b宽\u200d字符", "零宽字符"),
    ("方向\u202e控制", "方向控制"),
    ("坏\ud800字", "坏字"),
    ("\x00\x07", ""),
    ("10²平方米", "10²平方米"),
    ("第①项", "第①项"),
    ("50㎡", "50㎡"),
    ("⼯资", "工资"),
    ("ﾊﾟ", "パ"),
    ("欠5，000元", "欠5，000元"),
    ("他说：“不给”", "他说：“不给”"),
    ("A——B", "A——B"),
    ("", ""),
    ("   ", ""),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_table(text: str, wanted: str) -> None:
    assert normalise(text) == wanted


@given(st.text())
@example("﹅ ﹆")
@example("\u0340 \u0341")
@example(". . .")
def test_twice_is_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    kinds = {unicodedata.category(char) for char in normalise(text) if char not in "\n\t"}
    assert not kinds & {"Cc", "Cf", "Cs"}


@given(st.text(alphabet="老板拖欠我工资三个月每五千元，。？！", max_size=60))
def test_plain_chinese_keeps_its_words(text: str) -> None:
    def words(line: str) -> str:
        return "".join(char for char in line if char not in "，。？！")

    assert words(normalise(text)) == words(text)


@given(st.text(alphabet="0123456789. ", max_size=30))
def test_digits_are_never_lost(text: str) -> None:
    assert [c for c in normalise(text) if c.isdigit()] == [c for c in text if c.isdigit()]
