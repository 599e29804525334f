"""Sounds of the regions, and candidates that are asked about and never put in."""

from __future__ import annotations

import pytest

from api.core.errors import SearchUnavailable
from api.hearing import Hearing, legal_terms, plain_words
from knowledge.sparse import cut
from speech.dialect.candidates import Finder
from speech.dialect.sounds import regions, syllables

EXAMPLES = ["我想离婚怎么办", "抚养权归谁", "老板拖欠工资", "要赔偿吗", "去法院起诉"]
ORDINARY = ["办低保要什么手续", "办证要什么手续", "做手术要签字吗", "律师怎么收费"]


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(legal_terms(), cut, EXAMPLES + ORDINARY, plain_words())


@pytest.mark.parametrize(
    ("region", "heard", "meant"),
    [
        ("nanjiang", "ni", "li"),
        ("nanjiang", "hun", "fen"),
        ("nanjiang", "gai", "jie"),
        ("wuhu", "zi", "zhi"),
        ("guangxi", "di", "ti"),
        ("yongchun", "hua", "fa"),
        ("qichun", "shu", "xu"),
    ],
)
def test_what_a_region_may_have_meant(region: str, heard: str, meant: str) -> None:
    assert meant in regions()[region].meant(heard)


def test_minnan_says_h_for_f_and_never_the_reverse() -> None:
    assert "fa" in regions()["yongchun"].meant("hua")
    assert "hua" not in regions()["yongchun"].meant("fa")


@pytest.mark.parametrize("region", sorted(regions()))
def test_every_term_of_the_lexicon_has_a_sound_for_each_character(region: str) -> None:
    for term in legal_terms():
        assert all(syllable in regions()[region].meant(syllable) for syllable in syllables(term))
        assert len(syllables(term)) == len(term)


@pytest.mark.parametrize(
    ("region", "text", "heard", "term"),
    [
        ("nanjiang", "我想尼婚怎么办", "尼婚", "离婚"),
        ("nanjiang", "老板拖前工资", "拖前", "拖欠"),
        ("yongchun", "湖养权归谁", "湖养权", "抚养权"),
        ("wuhu", "去法院起速", "起速", "起诉"),
    ],
)
def test_terms_found_by_their_sound(
    finder: Finder, region: str, text: str, heard: str, term: str
) -> None:
    found = finder.find(text, (), region)
    assert (heard, term) in [(c.heard, c.term) for c in found]
    assert f"您是说“{term}”吗？" in [c.asks for c in found]


def test_another_reading_of_the_engine_is_asked_about(finder: Finder) -> None:
    found = finder.find("要陪长吗", ["要赔偿吗"])
    assert [(c.heard, c.term) for c in found] == [("陪长", "赔偿")]


@pytest.mark.parametrize("text", ["", "abc 123", "今天天气很好我们去河边散步", "我想离婚"])
def test_nothing_to_ask(finder: Finder, text: str) -> None:
    assert finder.find(text, (), "nanjiang") == ()


@pytest.mark.parametrize(
    ("region", "text"),
    [
        ("guangxi", "你是哪个单位的"),  # small words only, though it sounds like 律师
        ("guangxi", "我想找真人"),  # a word of everyday, though it sounds like 证人
        ("yongchun", "手续要签字吗"),  # as residents write it, though it sounds like 手术
    ],
)
def test_what_is_ordinary_is_not_asked_about(finder: Finder, region: str, text: str) -> None:
    assert finder.find(text, (), region) == ()


def test_the_search_has_to_agree(finder: Finder) -> None:
    def law(text: str) -> float:
        return 0.95 if "离婚" in text else 0.94

    def greeting(_text: str) -> float:
        return 0.88

    assert finder.find("我想尼婚怎么办", (), "nanjiang", law)
    assert not finder.find("我想尼婚怎么办", (), "nanjiang", greeting)
    assert not finder.find("今天天气好", (), "nanjiang", law)


def test_without_the_search_the_signs_decide() -> None:
    def missing(_text: str) -> float:
        raise SearchUnavailable("no index")

    hearing = Hearing(None, examples=lambda: EXAMPLES, near=missing)
    reading = hearing.reading("我想尼婚怎么办", "nanjiang")
    assert reading
    assert reading.meant == (("尼婚", "离婚"),)


def test_at_most_three_and_no_place_twice(finder: Finder) -> None:
    found = finder.find("我想尼婚怎么办湖养权归谁老板拖前工次要陪长吗去法院起速", (), "nanjiang")
    assert len(found) <= 3
    assert len({c.heard for c in found}) == len(found)
