"""Answers become FAQ entries without anybody's data; blind reviews and ratings come back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from api.review.answers import Choice
from api.review.errors import NotAllowed, WrongState
from api.review.learning import changed, draft_of, training_pairs
from api.review.types import State
from api.settings import Settings
from api.wiring import live_faq
from tests.conftest import TODAY
from tests.review.conftest import CHEN, LI, WANG, Bench

ANSWER = "可以申请支付令。依据《中华人民共和国劳动合同法》第三十条。"


def answered(bench: Bench, question: str = "我叫张三，电话13812345678，公司拖欠工资怎么办") -> int:
    number = bench.hold(question)
    bench.office.desk.claim(number, WANG)
    bench.office.desk.decide(number, WANG, None, Choice("answer", ANSWER))
    bench.clock.forward(seconds=11)
    bench.office.clockwork.tick()
    return number


def test_a_faq_draft_has_no_personal_data_and_notices_changed_law(bench: Bench) -> None:
    other, number = answered(bench, "公司一直拖欠工资怎么办呀"), answered(bench)
    office, corpus = bench.office, bench.office.desk.library.corpus
    case = office.cases.get(number)
    draft = draft_of(case, [office.cases.get(other)], corpus, TODAY)
    assert draft.question == "我叫〔姓名〕，电话〔手机号〕，公司拖欠工资怎么办"
    assert draft.variants == ("公司一直拖欠工资怎么办呀",)
    assert draft.citations == ("《中华人民共和国劳动合同法》第三十条",)
    assert changed(draft.articles, corpus, TODAY) == []
    assert changed(dict.fromkeys(draft.citations, "old"), corpus, TODAY) == list(draft.citations)
    office.faq.add(draft, WANG)
    with pytest.raises(WrongState, match="已经做成"):
        office.faq.add(draft, WANG)
    with pytest.raises(WrongState, match="没有可以"):
        draft_of(office.cases.get(bench.hold()), [], corpus, TODAY)


def test_a_published_entry_is_stopped_when_its_law_has_changed(
    bench: Bench, tmp_path: Path
) -> None:
    office, library = bench.office, bench.office.desk.library
    draft = draft_of(office.cases.get(answered(bench)), [], library.corpus, TODAY)
    other = draft_of(office.cases.get(answered(bench)), [], library.corpus, TODAY)
    for one in (draft, replace(other, articles=dict.fromkeys(other.citations, "as it was"))):
        office.faq.add(one, WANG)
    for stored in office.faq.all():
        office.faq.change(stored.id, CHEN, "published")
    settings = Settings(
        _env_file=None, data=tmp_path, rasa_token="r", action_secret="a", secret_key="secret-key"
    )
    live = live_faq(settings, office)
    assert live.check(library, TODAY) and not live.check(library, TODAY)
    assert [bool(stored.flag) for stored in office.faq.published()].count(True) == 1
    (written,) = (tmp_path / "faq").glob("*.yml")
    assert written.read_text(encoding="utf-8").count("question:") == 1


def test_corrections_become_training_pairs(bench: Bench) -> None:
    answered(bench)
    bench.hold()
    (pair,) = training_pairs(bench.office.cases.corrected(), lambda text: [text[-8:]])
    assert pair["outcome"] == State.EDITED and "13812345678" not in str(pair)
    assert pair["draft"] != pair["answer"]


def test_a_blind_review_is_done_by_another_lawyer_once(bench: Bench) -> None:
    number = answered(bench)
    beside = bench.office.beside
    beside.sample(bench.office.cases.get(number))
    beside.sample(bench.office.cases.get(number))
    assert beside.to_judge("王律师") == [] and beside.to_judge("李律师") == [number]
    with pytest.raises(NotAllowed):
        beside.judge(number, WANG, "keep")
    beside.judge(number, LI, "change")
    with pytest.raises(NotAllowed):
        beside.judge(number, CHEN, "keep")
    assert beside.agreement() == {"劳动": (1, 1.0)}


def test_a_bad_rating_brings_the_case_back(bench: Bench) -> None:
    good, bad = answered(bench), answered(bench)
    assert bench.office.desk.rate(good, 5).state is State.RATED
    assert bench.office.desk.rate(bad, 1).state is State.RECTIFY
    with pytest.raises(WrongState):
        bench.office.desk.rate(bad, 5)
    assert bench.office.desk.claim(bad, LI).state is State.CLAIMED


def test_unrated_answers_are_closed_after_a_week(bench: Bench) -> None:
    number = answered(bench)
    entries = bench.messages.history(bench.office.cases.get(number).conversation)
    bench.messages.delivered([entry.id for entry in entries])
    bench.clock.forward(days=8)
    bench.office.clockwork.tick()
    assert bench.office.cases.get(number).state is State.CLOSED
