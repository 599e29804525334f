"""Which text binds on which day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.corpus import Corpus
from knowledge.corpus_file import load_laws, save_laws
from knowledge.errors import ArticleNotInForce, ArticleUnknown, CorpusMissing, LawUnknown
from knowledge.refs import parse_ref
from knowledge.statutes import read_statutes
from knowledge.types import Status
from tests.conftest import ROOT, STATUTES, TODAY


def test_the_shipped_statutes_are_all_there(corpus: Corpus) -> None:
    assert len(corpus.articles) == 26_196


@pytest.mark.parametrize(
    ("law", "day", "state"),
    [
        ("中华人民共和国农村土地承包法", TODAY, Status.IN_FORCE),  # corrected
        ("中华人民共和国刑法", TODAY, Status.IN_FORCE),  # corrected
        ("中华人民共和国环境保护法", TODAY, Status.REPEALED),  # by 生态环境法典第一千二百四十二条
        ("中华人民共和国环境保护法", date(2026, 8, 14), Status.IN_FORCE),
        ("中华人民共和国耕地保护和质量提升法", TODAY, Status.NOT_YET),
        ("中华人民共和国耕地保护和质量提升法", date(2027, 1, 1), Status.IN_FORCE),
    ],
)
def test_state_on_a_day(corpus: Corpus, law: str, day: date, state: Status) -> None:
    (version,) = corpus.versions(law)
    assert version.status(day) is state


@pytest.mark.parametrize(("day", "published"), [(TODAY, 2019), (date(2027, 1, 1), 2026)])
def test_the_version_binding_on_the_day_is_chosen(
    corpus: Corpus, day: date, published: int
) -> None:
    article = corpus.article(parse_ref("《商标法》第一条"), day)
    assert article.version.published.year == published


def test_every_day_has_at_most_one_version_of_a_law(corpus: Corpus) -> None:
    for article in corpus.articles:
        versions = corpus.versions(article.version.name)
        assert sum(v.status(TODAY) is Status.IN_FORCE for v in versions) <= 1


@pytest.mark.parametrize("name", ["民法典", "中华人民共和国民法典"])
def test_short_names(corpus: Corpus, name: str) -> None:
    assert corpus.resolve(name) == ("中华人民共和国民法典",)


@pytest.mark.parametrize(
    ("ref", "error"),
    [
        ("《没有的法》第一条", LawUnknown),
        ("《民法典》第一千二百六十一条", ArticleUnknown),
        ("《环境保护法》第一条", ArticleNotInForce),
    ],
)
def test_what_does_not_bind_is_said(corpus: Corpus, ref: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        corpus.article(parse_ref(ref), TODAY)


def test_saved_and_loaded_laws_are_the_same(tmp_path: Path) -> None:
    if not STATUTES.is_file():
        pytest.skip("没有法律数据：先运行 make setup")
    laws = read_statutes(STATUTES, ROOT / "knowledge/corrections.yml")[:30]
    save_laws(tmp_path / "laws.sqlite", laws)
    assert load_laws(tmp_path / "laws.sqlite") == laws


def test_missing_and_damaged_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match="make setup"):
        read_statutes(tmp_path / "none.db", ROOT / "knowledge/corrections.yml")
    (tmp_path / "bad.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(CorpusMissing):
        read_statutes(tmp_path / "bad.db", ROOT / "knowledge/corrections.yml")
