"""Every FAQ entry stands on articles in force, with every figure it names."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from knowledge.corpus import Corpus
from knowledge.errors import ArticleNotInForce, ArticleUnknown, FaqInvalid, LawUnknown
from knowledge.faq import FaqEntry, load_faq
from knowledge.figures import unsupported
from knowledge.numbers import to_chinese
from knowledge.rules.registry import RULES
from tests.conftest import ROOT, TODAY

FAQ = load_faq(ROOT / "knowledge/faq")
TOPICS = {
    "劳动", "婚姻家庭", "土地承包与宅基地", "消费", "交通事故", "债权债务", "房产", "继承",
    "人身损害", "行政与治安", "未成年人与老年人", "法律援助与公共法律服务", "医疗",
    "社会保障与救助", "知识产权与个体经营", "刑事与反诈",
}  # fmt: skip


@pytest.fixture(scope="session")
def statutes(corpus: Corpus) -> Corpus:
    return corpus


def problems(entry: FaqEntry, corpus: Corpus) -> list[str]:
    """What is wrong with an entry whose laws are all held; nothing when one is not."""
    found, sources = [], []
    for ref in entry.citations:
        try:
            text = corpus.article(ref, TODAY).text
        except LawUnknown:
            return []
        except (ArticleUnknown, ArticleNotInForce) as error:
            return [str(error)]
        paragraphs = [
            p for p in text.split("\n") if not re.match(r"（[一二三四五六七八九十]+）", p)
        ]
        if ref.paragraph and ref.paragraph > len(paragraphs):
            found.append(f"{ref}: 只有{len(paragraphs)}款")
        if ref.item and f"（{to_chinese(ref.item)}）" not in text:
            found.append(f"{ref}: 没有这一项")
        sources.append(text)
    told = "\n".join((entry.answer, *entry.steps, *entry.deadlines))
    missing = unsupported(told, "\n".join(sources))
    return found + ([f"所引法条里没有：{missing}"] if missing and not entry.params else [])


def test_citations_and_figures_hold_in_the_shipped_statutes(statutes: Corpus) -> None:
    assert {e.id: p for e in FAQ if (p := problems(e, statutes))} == {}


def test_citations_and_figures_hold_with_regulations(everything: Corpus) -> None:
    wrong = {e.id: p for e in FAQ if (p := problems(e, everything))}
    unknown = {e.id for e in FAQ for ref in e.citations if not everything.resolve(ref.law)}
    assert (wrong, unknown) == ({}, set())


def test_three_entries_in_four_stand_on_the_shipped_statutes_alone(statutes: Corpus) -> None:
    alone = [e for e in FAQ if all(statutes.resolve(ref.law) for ref in e.citations)]
    assert len(alone) >= 0.75 * len(FAQ)


def test_every_topic_is_covered_and_no_other() -> None:
    counts = Counter(entry.topic for entry in FAQ)
    assert set(counts) == TOPICS
    assert min(counts.values()) >= 20 and len(FAQ) >= 360


def test_every_entry_is_asked_in_many_ways_and_dialect() -> None:
    poor = [e.id for e in FAQ if len(e.variants) + len(e.dialect) < 5 or not e.dialect]
    assert poor == []
    wordings = Counter(wording for entry in FAQ for wording in entry.wordings)
    assert [wording for wording, count in wordings.items() if count > 1] == []


def test_every_entry_says_what_to_do_and_where() -> None:
    assert [e.id for e in FAQ if not (e.steps and e.where and e.citations)] == []


def test_rural_matters_weigh_enough() -> None:
    assert sum(entry.rural for entry in FAQ) >= 0.35 * len(FAQ)


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("{id: a, question: 问, answer: 答}", "missing"),
        ("{id: a, question: 问, answer: 答, citations: [民法典], x: 1}", "unknown"),
        (
            "{id: a, question: 问, answer: 答, citations: [《民法典》第一条], steps: [{a: b}]}",
            "steps",
        ),
    ],
)
def test_a_malformed_entry_is_named(tmp_path: Path, entry: str, complaint: str) -> None:
    (tmp_path / "x.yml").write_text(f"topic: 劳动\nentries:\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(FaqInvalid, match=complaint):
        load_faq(tmp_path)


def test_broken_yaml_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("topic: [", encoding="utf-8")
    with pytest.raises(FaqInvalid, match=r"x\.yml"):
        load_faq(tmp_path)


def test_every_calculator_is_offered_by_an_entry() -> None:
    assert {rule for entry in FAQ for rule in entry.rules} == set(RULES)
