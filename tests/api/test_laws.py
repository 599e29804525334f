"""The law to read: an article among its neighbours, the whole law, its versions."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

LABOUR = "中华人民共和国劳动合同法"


def asked(client: TestClient, law: str, article: str, **more: str) -> dict[str, object]:
    """What the API says of an article."""
    return client.get("/api/v1/articles", params={"law": law, "article": article} | more).json()


def test_an_article_stands_in_its_chapter(client: TestClient) -> None:
    found = asked(client, LABOUR, "第三十条")
    assert "申请支付令" in found["text"] and found["chapter"].startswith("第三章")
    assert [one["article"] for one in found["before"]] == ["第二十九条"]
    assert [one["article"] for one in found["after"]] == ["第三十一条", "第三十二条"]
    page = client.get(found["url"]).text
    assert 'class="law-article is-chosen" id="第三十条"' in page and "现行有效" in page
    assert "第三章 劳动合同的履行和变更" in page and 'id="第一条"' not in page
    first = client.get(f"{found['version']['url']}?chapter=1").text
    assert 'id="第一条"' in first and 'id="第三十条"' not in first


def test_the_text_of_the_day_is_shown_with_the_other_versions(client: TestClient) -> None:
    now = asked(client, "仲裁法", "第一条")
    before = asked(client, "仲裁法", "第一条", on="2020-01-01")
    assert now["version"]["id"] != before["version"]["id"]
    assert {one["id"] for one in now["versions"]} >= {now["version"]["id"], before["version"]["id"]}
    page = client.get(before["url"]).text
    assert "起不再适用" in page and "各个版本" in page


def test_a_law_without_chapters_is_shown_whole(client: TestClient) -> None:
    found = asked(client, "中华人民共和国国旗法", "第一条")
    assert client.get(found["version"]["url"]).text.count("<article") >= 15


def test_words_are_found_within_a_law(client: TestClient) -> None:
    url = asked(client, LABOUR, "第三十条")["version"]["url"]
    page = client.get(url, params={"find": "支付令 拖欠"}).text
    assert "有1条写到" in page and 'id="第三十条"' in page and "目录" not in page
    assert 'value="支付令 拖欠"' in page and f'href="{url}?article=第三十条#第三十条"' in page
    many = client.get(url, params={"find": "劳动"}).text
    assert many.count("<article") == 30 and "先看前30条" in many
    assert "有0条写到" in client.get(url, params={"find": "<b>飞船</b>"}).text
    assert "目录" in client.get(url, params={"find": "  "}).text


@pytest.mark.parametrize(
    ("law", "article"), [("没有的法", "第一条"), (LABOUR, "第九百条"), (LABOUR, "<b>")]
)
def test_what_is_not_held_is_not_found(client: TestClient, law: str, article: str) -> None:
    assert asked(client, law, article)["error"]["code"] == "not_found"
    assert client.get("/law/nothing").status_code == 404
