"""Guides and the check-up: every step on articles in force, every figure in them."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.casework.errors import FormInvalid
from api.casework.guides.checkup import Answer, questions, report
from api.casework.guides.guides import guides
from api.casework.guides.words import Word, explained, words
from api.casework.orders import load_services
from api.casework.papers.forms import KINDS
from knowledge.citations.types import Verdict
from knowledge.citations.verify import verify
from knowledge.corpus import Corpus
from knowledge.figures import unsupported
from knowledge.refs import parse_ref
from tests.conftest import ROOT, TODAY

GUIDES = {guide.slug: guide for guide in guides()}
ALL_YES = {question.id: "yes" for question in questions()}
_CITED = re.compile(r"（(《[^）]+)）")


def test_the_guides_wanted_are_there() -> None:
    wanted = {"wages", "debt", "divorce", "elder-fraud", "domestic-violence", "minors"}
    assert wanted <= set(GUIDES)
    services = load_services(ROOT / "county/services.yml").services
    for guide in GUIDES.values():
        assert set(guide.papers) <= set(KINDS) and set(guide.orders) <= set(services)
        assert guide.evidence and len(guide.steps) >= 3 and guide.beware
        assert all(step.office is not None for step in guide.steps if step.where)


@pytest.mark.parametrize("slug", GUIDES)
def test_every_figure_stands_in_the_step_s_own_articles(slug: str, corpus: Corpus) -> None:
    for step in GUIDES[slug].steps:
        texts = "\n".join(corpus.article(ref, TODAY).text for ref in step.refs)
        assert unsupported(f"{step.do}{step.cost}{step.time}", texts) == []
    for line in GUIDES[slug].beware:
        refs = [parse_ref(text) for text in _CITED.findall(line)]
        texts = "\n".join(corpus.article(ref, TODAY).text for ref in refs)
        assert unsupported(_CITED.sub("", line), texts) == []
        wrong = [f for f in verify(line, corpus, TODAY) if f.verdict is not Verdict.OK]
        assert wrong == []


@pytest.mark.parametrize("word", words(), ids=lambda word: word.word)
def test_every_word_is_used_and_its_meaning_stands_on_articles(word: Word, corpus: Corpus) -> None:
    texts = "\n".join(corpus.article(ref, TODAY).text for ref in word.refs)
    assert unsupported(word.means, texts) == []
    assert any(word in explained(guide) for guide in GUIDES.values())


def test_ten_questions_weigh_a_hundred_and_stand_on_articles(corpus: Corpus) -> None:
    assert len(questions()) == 10 and sum(q.weight for q in questions()) == 100
    for question in questions():
        texts = "\n".join(corpus.article(ref, TODAY).text for ref in question.refs)
        told = f"{question.ask}{question.risk}{question.fix}"
        assert unsupported(told, texts) == []


@pytest.mark.parametrize(
    ("no", "unsure", "points", "grade"),
    [
        ([], [], 100, "甲"),
        (["wages"], [], 90, "甲"),
        ([], ["contract", "safety"], 88, "乙"),
        (["contract", "insurance"], [], 70, "乙"),
        (["contract", "insurance"], ["customers"], 67, "丙"),
    ],
)
def test_grades(no: list[str], unsure: list[str], points: int, grade: str) -> None:
    answers = ALL_YES | dict.fromkeys(no, "no") | dict.fromkeys(unsure, "unsure")
    made = report(answers)
    assert (made.points, made.grade) == (points, grade)
    assert {q.id for q, _ in made.todo} == {*no, *unsure}


@given(st.fixed_dictionaries({q.id: st.sampled_from(list(Answer)) for q in questions()}))
def test_a_better_answer_never_costs_points(answers: dict[str, Answer]) -> None:
    before = report(answers)
    assert 0 <= before.points <= 100
    for question in questions():
        assert report(answers | {question.id: Answer.YES}).points >= before.points


def test_an_open_question_is_named() -> None:
    with pytest.raises(FormInvalid, match="第1题还没有选") as caught:
        report({})
    assert caught.value.field == "contract"


def test_the_pages(client: TestClient) -> None:
    assert "办事指引" in client.get("/guides").text
    for slug, guide in GUIDES.items():
        page = client.get(f"/guides/{slug}")
        assert page.status_code == 200 and guide.steps[0].do in page.text
    violence = client.get("/guides/domestic-violence").text
    assert "告诫书" in violence and "人身安全保护令" in violence
    assert violence.index("tel:110") < violence.index("先把证据收好")
    assert "这些词是什么意思" in violence and "责令他从您的住处搬出去" in violence
    assert client.get("/guides/unknown").status_code == 404


def test_the_check_up_page(client: TestClient) -> None:
    assert client.get("/checkup").text.count("<fieldset") == 10
    again = client.post("/checkup", data={"contract": "no"})
    assert again.status_code == 422 and "第2题还没有选" in again.text
    assert 'value="no" checked' in again.text
    made = client.post("/checkup", data=ALL_YES | {"contract": "no"}).text
    assert "乙等，85分" in made and "二倍的工资" in made and "第八十二条" in made
