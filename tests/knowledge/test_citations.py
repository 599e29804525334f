"""The verifier on 200 cases checked by hand, on the statutes themselves, and on noise."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.citations.types import Finding, Verdict
from knowledge.citations.verify import verify
from knowledge.corpus import Corpus
from knowledge.errors import KnowledgeError
from knowledge.refs import article_number, print_ref
from knowledge.statutes import LawText
from knowledge.types import Article, ArticleRef, LawVersion, Status

CASES = Path(__file__).with_name("citations.yml")
ALIASES = Path(__file__).parents[2] / "knowledge/law_aliases.yml"
COUNTRY = "中华人民共和国"
TODAY = date(2026, 11, 22)


class Row(NamedTuple):
    """One expected finding; `says` must stand in its reason."""

    law: str
    article: str
    paragraph: int | None
    item: int | None
    verdict: str
    says: str


def _row(line: str) -> Row:
    law, article, paragraph, item, verdict, *says = (part.strip() for part in line.split("|"))
    full = law[1:].strip() if law.startswith("=") else COUNTRY + law
    reason = says[0] if says else ""
    return Row(full, article, _number(paragraph), _number(item), verdict, reason)


def _number(text: str) -> int | None:
    return None if text == "-" else int(text)


def _cases() -> list[tuple[str, date, list[Row]]]:
    groups = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return [
        (case["text"], case.get("date", TODAY), [_row(line) for line in case["rows"]])
        for group in groups
        for case in group["cases"]
    ]


def _tuple(finding: Finding) -> tuple[str, str, int | None, int | None, str]:
    place = (finding.law, finding.article, finding.paragraph, finding.item)
    return (*place, finding.verdict.value)


@pytest.mark.parametrize(("text", "on", "rows"), _cases())
def test_case(corpus: Corpus, text: str, on: date, rows: list[Row]) -> None:
    findings = verify(text, corpus, on)
    assert [_tuple(finding) for finding in findings] == [row[:5] for row in rows]
    for finding, row in zip(findings, rows, strict=True):
        assert row.says in finding.reason


def test_there_are_enough_cases() -> None:
    assert len(_cases()) >= 150


def test_every_alias_of_a_statute_means_that_statute_alone(corpus: Corpus) -> None:
    aliases = yaml.safe_load(ALIASES.read_text(encoding="utf-8"))
    statutes = {alias: law for alias, law in aliases.items() if law.startswith(COUNTRY)}
    assert len(statutes) > 100
    assert {alias: corpus.resolve(alias) for alias in statutes} == {
        alias: (law,) for alias, law in statutes.items()
    }


def test_a_finding_shows_the_words_as_written(corpus: Corpus) -> None:
    text = "根据《 民法典 》第 10 条、\n第１４３条"
    findings = verify(text, corpus, TODAY)
    assert [finding.text for finding in findings] == ["《 民法典 》第 10 条", "第１４３条"]
    assert all(text[found.start : found.end] == found.text for found in findings)


def _in_force(corpus: Corpus) -> list[Article]:
    return [a for a in corpus.articles if a.version.status(TODAY) is Status.IN_FORCE]


def test_every_kind_of_article_is_found_and_its_own_text_is_no_misquotation(
    corpus: Corpus,
) -> None:
    numbered = [a for a in _in_force(corpus) if a.number != "全文"]
    for article in numbered[::50]:
        text = f"{print_ref(article.ref)}规定：“{article.text}”"
        first = verify(text, corpus, TODAY)[0]
        assert (first.law, first.article) == (article.version.name, article.number), text
        assert first.verdict is Verdict.OK, first.reason


@pytest.mark.parametrize(
    ("old", "new"), [("不得", "得"), ("应当", "可以"), ("三十日", "二十日"), ("的", "")]
)
def test_a_changed_word_is_a_misquotation(corpus: Corpus, old: str, new: str) -> None:
    holding = [a for a in _in_force(corpus) if old in a.text and a.number.startswith("第")]
    for article in holding[:: len(holding) // 40]:
        words = article.text.replace(old, new, 1)
        text = f"{print_ref(article.ref)}规定：“{words}”"
        assert verify(text, corpus, TODAY)[0].verdict is Verdict.MISQUOTED, text


def _law(name: str, *articles: str, title: str = "") -> LawText:
    since = date(2020, 1, 1)
    version = LawVersion(name, name, "", "", published=since, valid_from=since, title=title)
    numbers = ("第一条", "第二条", "第三条")
    return LawText(version, tuple(map(Article, [version] * 3, numbers, articles)))


LAND = "土地管理法实施条例"
MARRIAGE = "最高人民法院关于适用《民法典》婚姻家庭编的解释（一）"
MARRIAGE_IN_FULL = "最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（一）"
LOANS = "最高人民法院关于审理民间借贷案件适用法律若干问题的规定"
CODE = "中华人民共和国民法典"
INJURY = "工伤保险条例"

IMPORTED = Corpus(
    [
        _law(INJURY, "为了保障工伤职工。", "用人单位应当参加工伤保险。"),
        _law(LAND, "根据土地管理法制定。", title=COUNTRY + LAND),
        _law("劳动合同法实施条例", "为了贯彻实施劳动合同法。"),
        _law(CODE, "为了保护民事主体。", "民法调整人身关系。"),
        _law(MARRIAGE, "经常性的家庭暴力，可以认定为虐待。", title=MARRIAGE_IN_FULL),
        _law(LOANS, "民间借贷。", "借据。"),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《工伤保险条例》第二条", [(INJURY, 2, "ok")]),
        ("工伤保险条例2条", [(INJURY, 2, "ok")]),
        (
            "《工伤保险条例》第一条。该条例第三条",
            [(INJURY, 1, "ok"), (INJURY, 3, "no_such_article")],
        ),
        ("《工伤保险条例》保障职工，《条例》第二条", [(INJURY, 2, "ok")]),
        ("《条例》第二条", [("条例", 2, "ambiguous")]),
        ("《实施条例》第一条", [("实施条例", 1, "ambiguous")]),
        ("《中华人民共和国土地管理法实施条例》第一条", [(LAND, 1, "ok")]),
        ("《劳动合同法》实施条例第一条", [("劳动合同法实施条例", 1, "ok")]),
        ("《劳动合同法》第一条", [("劳动合同法", 1, "no_such_law")]),
        (f"《{MARRIAGE}》第一条", [(MARRIAGE, 1, "ok")]),
        (f"《{MARRIAGE_IN_FULL}》（法释〔2020〕22号）第一条", [(MARRIAGE, 1, "ok")]),
        ("《关于适用〈民法典〉婚姻家庭编的解释(一)》第一条", [(MARRIAGE, 1, "ok")]),
        ("最高法关于适用《民法典》婚姻家庭编的解释（一）第一条", [(MARRIAGE, 1, "ok")]),
        ("婚姻家庭编司法解释（一）第一条，民法典第一条", [(MARRIAGE, 1, "ok"), (CODE, 1, "ok")]),
        (
            f"《{LOANS}》（下称《规定》）第一条；《规定》第二条",
            [(LOANS, 1, "ok"), (LOANS, 2, "ok")],
        ),
        (f"《{LOANS}》，以下简称《规定》。该规定第三条", [(LOANS, 3, "no_such_article")]),
        ("《民间借贷司法解释》第二条", [(LOANS, 2, "ok")]),
    ],
)
def test_regulations_and_interpretations(text: str, expected: list[tuple[str, int, str]]) -> None:
    findings = verify(text, IMPORTED, TODAY)
    assert [(found.law, found.article, found.verdict.value) for found in findings] == [
        (law, article_number(number), verdict) for law, number, verdict in expected
    ]


def test_a_name_of_two_laws_is_told_apart_only_by_its_full_name() -> None:
    short, full = "红十字标志使用办法", "中华人民共和国红十字标志使用办法"
    corpus = Corpus([_law(short, "甲。"), _law(full, "乙。")])
    verdicts = [verify(f"《{name}》第一条", corpus, TODAY)[0].law for name in (short, full)]
    assert verdicts == [short, full]


_PIECES = st.sampled_from(
    [
        *(
            "《民法典》",
            "民法典",
            "《工伤保险条例》",
            "《规定》",
            "（以下简称《规定》）",
            "（2018年修正）",
        ),
        *(
            "该法",
            "同法",
            "本法",
            "该条例",
            "合同",
            "前款",
            "修订前的",
            "第五编",
            "条目一",
            "规定：",
        ),
        *(
            "第一条",
            "第三条",
            "第二款",
            "第（一）项",
            "第38、39条",
            "之一",
            "第",
            "条",
            "款",
            "项",
            "目",
        ),
        *(
            "十",
            "三十八",
            "一千",
            "9999",
            "0",
            "１２",
            "㈠",
            "①",
            "民法调整人身关系",
            "……",
            "\n",
            "\u3000",
        ),
        *"《》〈“”「」'\"、，。；：至-（）",
    ]
)
_NOISE = st.lists(_PIECES | st.text(max_size=3), max_size=30).map("".join) | st.text()


@given(_NOISE, st.dates())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_noise_never_raises_and_what_is_ok_exists(text: str, on: date) -> None:
    for found in verify(text, IMPORTED, on):
        assert text[found.start : found.end] == found.text
        assert found.article
        assert found.reason.endswith("。")
        reference = ArticleRef(found.law, found.article)
        if found.verdict is Verdict.OK:
            assert IMPORTED.article(reference, on)
        elif found.verdict in (Verdict.NO_SUCH_ARTICLE, Verdict.NOT_IN_FORCE):
            with pytest.raises(KnowledgeError):
                IMPORTED.article(reference, on)


@given(st.lists(st.sampled_from(["《", "》", "“", "”", "第", "一", "条", "(", ")"]), max_size=200))
@settings(deadline=None)
def test_unbalanced_marks_never_raise(parts: list[str]) -> None:
    verify("".join(parts), IMPORTED, TODAY)
