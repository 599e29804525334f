"""The pages in two languages over HTTP, and the catalogue they take their words from."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from api.catalogue import gathered, translations
from api.language import Language, preferred

ENGLISH = {"Accept-Language": "en-GB,en;q=0.9"}
_CHINESE = re.compile(r"[㐀-鿿]")
_VALUES = re.compile(r"%\(\w+\)s|\{\w+\}|</?\w+[^>]*>")


def test_the_catalogue_holds_what_the_pages_say_and_nothing_else() -> None:
    said = {words for words, _ in gathered()}
    kept = {words for words, _ in translations(Language.ENGLISH)}
    assert not said - kept, "run `make strings` and write the English in api/locale/en.po"
    assert not kept - said, "nobody says this any more: run `make strings`"


def test_everything_is_written_in_english() -> None:
    pairs = list(translations(Language.ENGLISH))
    assert not [chinese for chinese, english in pairs if not english]
    assert not [english for _, english in pairs if _CHINESE.search(_foreign(english))]


def _foreign(words: str) -> str:
    """Without what is quoted from a Chinese page."""
    return re.sub(r"“[^”]*”", "", words)


def test_a_translation_has_the_values_and_marks_of_its_message() -> None:
    for chinese, english in translations(Language.ENGLISH):
        foreign = [mark for mark in _VALUES.findall(english) if "span" not in mark]
        assert sorted(_VALUES.findall(chinese)) == sorted(foreign), chinese


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh-CN"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
        ("zh;q=0.2, en-GB;q=0.7", "en"),
        ("de-DE,de;q=0.9", "zh-CN"),
        ("ug, en;q=0.5", "en"),
        ("EN", "en"),
        ("*;q=broken,,;q=1", "zh-CN"),
    ],
)
def test_the_browser_says_which_language(header: str, language: str) -> None:
    assert preferred(header) == language


def test_pages_speak_english_where_it_is_wanted(client: TestClient) -> None:
    for path in ("/", "/talk", "/my", "/contact/conversation-1", "/law/nothing"):
        page = client.get(path, headers=ENGLISH)
        assert '<html lang="en"' in page.text, path
        assert page.headers["content-language"] == "en"
        assert "Accept-Language" in page.headers["vary"]
        assert '<html lang="zh-CN"' in client.get(path).text, path


def test_pages_without_english_stay_chinese_and_say_so(client: TestClient) -> None:
    for path in ("/kiosk", "/guides", "/places", "/desk/login", "/aid"):
        page = client.get(path, headers=ENGLISH)
        assert '<html lang="zh-CN"' in page.text, path
        assert 'hreflang="en"' not in page.text, path


def test_a_choice_is_kept(client: TestClient) -> None:
    chinese = client.get("/my")
    assert 'href="/my?lang=en"' in chinese.text
    assert '<html lang="en"' in client.get("/my?lang=en").text
    assert '<html lang="en"' in client.get("/").text
    assert '<html lang="zh-CN"' in client.get("/?lang=zh-CN", headers=ENGLISH).text
    assert '<html lang="zh-CN"' in client.get("/my", headers=ENGLISH).text
    assert '<html lang="zh-CN"' in client.get("/my?lang=xx", headers=ENGLISH).text


def test_what_a_form_answers_leads_back_to_its_page_in_the_other_language(
    client: TestClient,
) -> None:
    page = client.post("/my/code", data={"phone": "123", "agreed": "yes"}, headers=ENGLISH)
    assert page.status_code == 422
    assert "11 digits of a mobile number" in page.text
    assert 'href="/my?lang=zh-CN"' in page.text


def test_errors_come_in_the_language_of_the_page_that_asks(client: TestClient) -> None:
    empty = {"conversation": "conversation-1", "text": " ", "client_message_id": "message-1"}
    asked = client.post("/api/v1/messages", json=empty, headers=ENGLISH)
    assert asked.json()["error"]["message"] == "Nothing is written yet. Please say what happened."
    client.get("/?lang=en")  # a choice of its owner's pages, not of a kiosk that calls the API
    kiosk = client.post("/api/v1/messages", json=empty, headers={"Accept-Language": "zh-CN"})
    assert kiosk.json()["error"]["message"].startswith("您还没有输入内容")


def test_an_answer_is_chinese_in_every_language(client: TestClient) -> None:
    body = {
        "conversation": "conversation-1",
        "text": "公司拖欠工资",
        "client_message_id": "message-1",
    }
    english = client.post("/api/v1/messages", json=body, headers=ENGLISH).json()
    chinese = client.post("/api/v1/messages", json=body).json()
    assert english == chinese
    assert "第三十条" in english["citations"][0]["ref"]


def test_a_page_without_script_draws_the_answer_in_english_around_chinese(
    client: TestClient,
) -> None:
    form = {"text": "公司拖欠工资", "message": "message-number-1", "agreed": "yes"}
    page = client.post("/talk", data=form, headers=ENGLISH)
    assert "Legal basis" in page.text
    assert "In force" in page.text
    assert '<div class="answer" lang="zh-CN">' in page.text
    assert "Very good" in page.text
    assert "1 January 2008" in page.text


def test_words_from_outside_stay_words(client: TestClient) -> None:
    form = {"text": "<b>%(x)s {x}</b>", "message": "message-number-1", "agreed": "yes"}
    page = client.post("/talk", data=form, headers=ENGLISH)
    assert "&lt;b&gt;%(x)s {x}&lt;/b&gt;" in page.text
