"""Papers: every form against its golden text, as Word and PDF; from facts to correction."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import yaml
from docx import Document
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from api.casework.errors import FormInvalid, PrinterMissing
from api.casework.papers import pdf as pdf_module
from api.casework.papers.filling import checked, fill, values_from
from api.casework.papers.forms import KINDS, form_of
from api.casework.papers.label import LABEL, TRACE
from api.casework.papers.word import word
from api.core.types import Handoff
from api.wiring import Application
from knowledge.citations.types import Verdict
from knowledge.citations.verify import verify
from knowledge.corpus import Corpus
from tests.conftest import TODAY

HERE = Path(__file__).parent
FACTS = yaml.safe_load((HERE / "paper_facts.yml").read_text(encoding="utf-8"))


def full(kind: str) -> object:
    form = form_of(kind)
    return fill(form, checked(form, FACTS))


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_is_the_golden_one(kind: str) -> None:
    """After a wanted change: write `full(kind).text` into golden/<kind>.txt and read the diff."""
    golden = (HERE / f"golden/{kind}.txt").read_text(encoding="utf-8")
    assert full(kind).text + "\n" == golden


@pytest.mark.parametrize("kind", KINDS)
def test_every_citation_in_a_paper_holds(kind: str, corpus: Corpus) -> None:
    paper = full(kind)
    findings = verify(paper.text, corpus, TODAY)
    assert [f.reason for f in findings if f.verdict is not Verdict.OK] == []
    assert all(corpus.article(ref, TODAY) for ref in paper.form.laws)
    assert paper.form.laws


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_marks_every_gap(kind: str) -> None:
    paper = fill(form_of(kind), {})
    assert paper.missing == tuple(f.label for f in form_of(kind).fields if not f.optional)
    assert set(re.findall("【待填：(.*?)】", paper.text)) - {"还欠多少元"} == set(paper.missing)


@pytest.mark.parametrize("kind", KINDS)
def test_word_says_the_same_and_what_it_is(kind: str) -> None:
    paper = full(kind)
    document = Document(io.BytesIO(word(paper)))
    lines = [p.text for p in document.paragraphs]
    told = [block.text for block in paper.blocks if block.kind != "row"]
    assert [line for line in lines if line] == told
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    assert cells == [cell for block in paper.blocks for cell in block.cells]
    assert document.sections[0].footer.paragraphs[0].text == LABEL
    assert document.core_properties.keywords == TRACE
    assert len(document.tables) <= 1


def test_facts_of_a_conversation_fill_the_paper() -> None:
    form = form_of("labour_arbitration")
    values = values_from(form, {"employer": "王老板", "monthly_wage": "5000", "months": "2.5"})
    assert values == {
        "opponent": "王老板", "monthly_wage": "5000", "months": "2.5", "total": "12500"
    }  # fmt: skip


def test_the_rest_of_a_loan_is_worked_out() -> None:
    assert "返还借款本金15000元" in full("civil_debt").text
    form = form_of("civil_debt")
    over = checked(form, FACTS | {"repaid": "30000"})
    assert "返还借款本金【待填：还欠多少元】元" in fill(form, over).text


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"monthly_wage": "五千"}, "请写数字"),
        ({"months": "NaN"}, "数不对"),
        ({"monthly_wage": "-5"}, "数不对"),
        ({"story": "字" * 5001}, "最多5000个字"),
        ({"name": "张" * 301}, "最多300个字"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, str], complaint: str) -> None:
    with pytest.raises(FormInvalid, match=complaint) as caught:
        checked(form_of("labour_arbitration"), FACTS | change)
    assert caught.value.field in change


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.sampled_from(list(FACTS)), st.text(max_size=60)))
def test_whatever_is_written_stays_text(values: dict[str, str]) -> None:
    form = form_of("mediation")
    paper = fill(form, checked(form, {k: v for k, v in values.items() if k != "age"}))
    assert [b.kind for b in paper.blocks].count("title") == 1
    assert [b.kind for b in paper.blocks].count("heading") == 3
    assert word(paper)


def test_from_the_form_to_the_files(client: TestClient, parts: Application) -> None:
    assert "劳动仲裁申请书" in client.get("/papers").text
    made = client.post("/papers/new/labour_arbitration", data={"opponent": "<b>鑫源</b>公司"})
    assert "还有16处没填" in made.text or "处没填" in made.text
    assert "&lt;b&gt;鑫源" in made.text and "<b>鑫源" not in made.text
    url = str(made.url.path)
    edited = client.post(f"{url}/edit", data=FACTS)
    assert "都填好了" in edited.text and "鑫源建筑公司" in edited.text
    answer = client.get(f"{url}/word")
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    assert "%E5%8A%B3%E5%8A%A8" in answer.headers["content-disposition"]
    assert client.get(f"{url}/pdf").content.startswith(b"%PDF")
    other = client.get("/papers/new/wage_complaint", params={"from": url.split("/")[-1]}).text
    assert 'value="张小满"' in other and 'value="木工"' in other
    raw = Path(parts.settings.data / "wenfa.sqlite3-wal").read_bytes()
    assert "张小满".encode() not in raw


def test_a_wrong_figure_comes_back_with_the_form(client: TestClient) -> None:
    made = client.post("/papers/new/labour_arbitration", data=FACTS | {"months": "三"})
    assert made.status_code == 422 and "请写数字" in made.text and "张小满" in made.text


def test_papers_by_api(client: TestClient) -> None:
    body = {"kind": "wage_complaint", "facts": {"employer": "王老板", "monthly_wage": "5000"}}
    made = client.post("/api/v1/papers", json=body).json()
    assert "被投诉人：王老板" in made["text"] and "您的姓名" in made["missing"]
    assert made["citations"][0]["article"] == "第八十五条" and "人工智能" in made["label"]
    assert client.get(f"/api/v1/papers/{made['token']}").json()["text"] == made["text"]
    assert client.post("/api/v1/papers", json=body | {"kind": "x"}).status_code == 404
    assert client.get(f"/papers/p/{'0' * 32}").status_code == 404


def test_without_the_printing_libraries_word_is_still_there(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_args: object) -> bytes:
        raise PrinterMissing(pdf_module._MISSING)

    monkeypatch.setattr("api.channels.papers.pdf", missing)
    token = client.post("/api/v1/papers", json={"kind": "mediation", "facts": {}}).json()["token"]
    answer = client.get(f"/papers/p/{token}/pdf")
    assert answer.status_code == 503 and "先下载Word" in answer.text
    assert client.get(f"/papers/p/{token}/word").status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_pdf_carries_the_text_on_few_pages_with_its_label(client: TestClient, kind: str) -> None:
    made = client.post("/api/v1/papers", json={"kind": kind, "facts": FACTS}).json()
    document = pypdfium2.PdfDocument(client.get(f"/papers/p/{made['token']}/pdf").content)
    assert 1 <= len(document) <= 2
    told = "".join(page.get_textpage().get_text_range() for page in document)
    plain = re.sub(r"\s", "", told)
    for line in made["text"].split("\n"):
        bare = re.sub(r"\s|[#>|]", "", line)[:20]
        assert line.startswith("|") or bare in plain
    assert plain.count(LABEL) == len(document)
    assert "AI生成内容" in document.get_metadata_value("Keywords")


def test_a_sum_leads_to_the_paper_that_claims_it(
    client: TestClient, say: Callable[..., object], parts: Application
) -> None:
    facts = {"rule": "wage_arrears", "employer": "王老板", "monthly_wage": "5000", "months": "3"}
    parts.rasa.step = Handoff("calculate", facts)
    links = say("帮我算算欠了多少").json()["links"]
    titles = ["写劳动仲裁申请书", "写农民工欠薪投诉书", "看看能不能请免费律师"]
    assert [link["title"] for link in links] == titles
    form = client.get(links[0]["url"]).text
    assert 'value="王老板"' in form and 'value="15000"' in form
    assert 'value="wages" checked' in client.get(links[2]["url"]).text


def test_the_dialogue_hands_off_a_paper(say: Callable[..., object], parts: Application) -> None:
    parts.rasa.step = Handoff("document", {"document": "mediation", "opponent": "邻居老李"})
    reply = say("帮我写个调解申请").json()
    assert (
        "人民调解申请书" in reply["answer"] and "/papers/new/mediation" in reply["links"][0]["url"]
    )
    parts.rasa.step = Handoff("document", {"document": "poem"})
    assert say("帮我写个东西").json()["links"][0]["title"] == "选一种文书"
