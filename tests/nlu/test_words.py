"""The lexicon: readable by jieba, topics told apart, dialect words only added."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nlu.dialect import dialect_words, read_dialect_words, speaks, standard_words, translated
from nlu.words import TOPIC_FILES, count_topics, topic_words, write_user_dictionary

JIEBA_LINE = re.compile(r"\S+ [a-z]+")
REGIONS = {"qichun", "nanjiang", "wuhu", "guangxi", "yongchun"}


@pytest.mark.parametrize("path", TOPIC_FILES, ids=lambda path: path.name)
def test_every_line_is_a_jieba_dictionary_line(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        assert JIEBA_LINE.fullmatch(line), line


def test_no_word_stands_twice_in_a_topic() -> None:
    for topic, words in topic_words().items():
        assert len(words) == len(set(words)), topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("包工头拖欠工资", "labour"),
        ("彩礼要不要退，离婚协议怎么写", "family"),
        ("宅基地被占了", "land"),
        ("打脱离", "family"),
        ("红烧肉怎么做菜", "daily"),
    ],
)
def test_topic_with_most_words(text: str, topic: str) -> None:
    counts = dict(zip(topic_words(), count_topics(text), strict=True))
    assert max(counts, key=lambda name: counts[name]) == topic


def test_a_text_without_words_counts_nothing() -> None:
    assert not any(count_topics(""))


def test_user_dictionary_holds_every_word(tmp_path: Path) -> None:
    path = tmp_path / "new" / "words.txt"
    write_user_dictionary(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert {"拖欠工资", "宅基地", "么样搞"} <= set(lines)
    assert len(lines) == len(set(lines))


def test_dialect_words_are_well_formed() -> None:
    for entry in dialect_words():
        assert entry.regions <= REGIONS, entry
        assert entry.standard, entry
        assert all(entry.standard), entry
        assert len(entry.word) > 1 or entry.regions or entry.word in "冇佢", entry


@pytest.mark.parametrize(
    ("text", "region", "words"),
    [
        ("老板欠起工钱不给，咋个办", None, ("拖欠", "工资", "怎么")),
        ("么样搞嘛", None, ("怎么办",)),
        ("他么样了", "qichun", ("怎么",)),
        ("该钱不还", None, ()),
        ("该钱不还", "wuhu", ("欠钱",)),
        ("该钱不还", "guangxi", ()),
        ("细路仔细路", "guangxi", ("小孩",)),
        ("要得到赔偿", None, ()),
        ("我想离婚", None, ()),
        ("", None, ()),
    ],
)
def test_standard_words(text: str, region: str | None, words: tuple[str, ...]) -> None:
    assert standard_words(text, region) == words


@pytest.mark.parametrize(
    ("text", "region", "standard"),
    [
        ("头家欠起工钱不给，咋个办", None, "老板拖欠工资不给，怎么办"),
        ("该钱不还", None, "该钱不还"),
        ("该钱不还", "wuhu", "欠钱不还"),
        ("我要去拍官司", "yongchun", "我要去起诉"),
        ("", None, ""),
    ],
)
def test_translated(text: str, region: str | None, standard: str) -> None:
    assert translated(text, region) == standard


def test_a_dialect_line_has_three_columns() -> None:
    with pytest.raises(ValueError, match="unpack"):
        read_dialect_words("工钱\t工资")


@pytest.mark.parametrize(
    ("words", "region"),
    {
        "我说四川话": "nanjiang",
        "我们是讲蕲春话的。": "qichun",
        "讲芜湖方言": "wuhu",
        "我讲白话": "guangxi",
        "我只会说闽南语": "yongchun",
        "我说普通话": "",
        "我说的是国语啊": "",
        "我说的是离婚": None,
        "他说四川话骂我": None,
        "四川话怎么说": None,
    }.items(),
)
def test_whose_dialect_somebody_speaks(words: str, region: str | None) -> None:
    assert speaks(words) == region
