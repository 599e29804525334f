"""Citations read and printed: round trips, and every refusal a ReferenceInvalid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import ReferenceInvalid
from knowledge.numbers import from_chinese, to_chinese
from knowledge.refs import article_number, parse_ref, print_ref
from knowledge.types import ArticleRef

_NUMBERS = st.integers(1, 9999)
_NAMES = st.sampled_from(
    [
        "中华人民共和国民法典",
        "保障农民工工资支付条例",
        "中华人民共和国刑法修正案（十一）",
        "全国人民代表大会常务委员会关于《中华人民共和国刑法》第三十条的解释",
        "最高人民法院关于适用〈中华人民共和国民法典〉婚姻家庭编的解释（一）",
        "最高人民法院 最高人民检察院关于办理盗窃刑事案件适用法律若干问题的解释",
    ]
) | st.text("法条例之第一款项（）《》·a1", min_size=1, max_size=12)
_ARTICLES = (
    st.builds(article_number, _NUMBERS, st.none() | _NUMBERS)
    | _NUMBERS.map(lambda number: f"条目{to_chinese(number)}")
    | st.just("全文")
)


@given(st.builds(ArticleRef, _NAMES, _ARTICLES, st.none() | _NUMBERS, st.none() | _NUMBERS))
def test_what_is_printed_is_read_back(ref: ArticleRef) -> None:
    assert parse_ref(print_ref(ref)) == ref


@given(_NUMBERS)
def test_numerals_are_read_back(number: int) -> None:
    assert from_chinese(to_chinese(number)) == from_chinese(str(number)) == number


@given(st.text() | st.text("《》第一二十百千0９条之款项（）法 \n全文目", max_size=20))
def test_anything_else_is_refused_as_invalid(text: str) -> None:
    try:
        ref = parse_ref(text)
    except ReferenceInvalid:
        return
    assert parse_ref(print_ref(ref)) == ref


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("民法典第1079条", ArticleRef("民法典", "第一千零七十九条")),
        ("《民法典》第 １０７９ 条", ArticleRef("民法典", "第一千零七十九条")),
        ("《刑法》第133条之1", ArticleRef("刑法", "第一百三十三条之一")),
        ("《刑法》第一百三十三条之一第1款第(2)项", ArticleRef("刑法", "第一百三十三条之一", 1, 2)),
        ("《劳动合同法》第三十八条第二项", ArticleRef("劳动合同法", "第三十八条", None, 2)),
        ("《刑法修正案（十一）》条目四", ArticleRef("刑法修正案（十一）", "条目四")),
        ("《关于〈刑法〉第三十条的解释》全文", ArticleRef("关于〈刑法〉第三十条的解释", "全文")),
    ],
)
def test_spellings(text: str, expected: ArticleRef) -> None:
    assert parse_ref(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "民法典",
        "第十条",
        "《民法典》",
        "《》第十条",
        "《民法典》第十条和第十二条",
        "《民法典》第零条",
        "《民法典》第十条第零款",
        "《民法典》第十条第0项",
        "《民法典》第10000条",
        "《民法典》第十条规定",
    ],
)
def test_refusals_name_the_text(text: str) -> None:
    with pytest.raises(ReferenceInvalid) as refusal:
        parse_ref(text)
    assert refusal.value.text == text
