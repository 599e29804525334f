"""What is said to “您是说…吗？”: tests/nlu/tables/confirming.yml."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.confirming import chosen, instead
from nlu.normalise import normalise
from tests.nlu.test_tables import table

CASES = [
    (one["asked"], words, way) for one in table("confirming") for words, way in one["said"].items()
]


@pytest.mark.parametrize(("asked", "words", "way"), CASES)
def test_answers(asked: list[str], words: str, way: int | str | None) -> None:
    assert chosen(normalise(words), asked) == (len(asked) if way == "none" else way)


@pytest.mark.parametrize(
    ("words", "rest"),
    {
        "不是，我说的是结婚": "结婚",
        "不对。我想说的是老板不给钱": "老板不给钱",
        "不是里婚，是离婚": "离婚",
        "唔系，我讲的是出粮": "出粮",
        "不是我的错": "不是我的错",
        "不对，这是我家的地": "不对，这是我家的地",
        "不是": "不是",
        "老板不是好人": "老板不是好人",
    }.items(),
)
def test_what_is_said_instead(words: str, rest: str) -> None:
    assert instead(words) == rest


@given(
    st.text(alphabet="对是的嗯不没有离婚欠钱第一二个，。和我说怎么办吗老板12 ", max_size=60),
    st.lists(st.sampled_from(["离婚", "欠钱", "工资"]), min_size=1, max_size=3, unique=True),
)
def test_no_words_break_the_reader_of_answers(words: str, terms: list[str]) -> None:
    ways = terms if len(terms) == 1 else ["", *terms]
    way = chosen(words, ways)
    assert way is None or 0 <= way <= len(ways)
    assert instead(words) in words


@given(st.sampled_from(CASES), st.sampled_from(["老板拖欠我工资", "我家的地被占了", "要多久"]))
def test_an_answer_with_a_question_behind_it_is_no_answer(
    case: tuple[list[str], str, object], question: str
) -> None:
    asked, words, _ = case
    assert chosen(f"{words}，{question}", asked) is None
