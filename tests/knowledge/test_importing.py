"""Texts of law from files: what is taken, what is left out, and when it binds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest

from knowledge.importing.files import read_file, read_folder
from knowledge.importing.store import ImportedLaws
from knowledge.importing.types import FileReport
from knowledge.types import Status
from knowledge.versions import settle
from tests.knowledge.conftest import REGULATIONS

_MARKDOWN = """# 演示省农田灌溉条例

2015年3月1日 公布

2015年5月1日 施行

<!-- INFO END -->

为了做好灌溉，制定本条例。

## 第一章 总则

第一条 为了节约用水，制定本条例。

第二条 用水户应当：

（一）按时交费；

（二）爱护水渠。

### 第一节 特别规定

第二条之一 旱年另行规定。

## 第二章 附则

第三条 本条例自2015年5月1日起施行。

附件1

| 项目 | 单价 |
|---|---|
| 水稻 | 每亩10元 |
"""


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _texts(report: FileReport) -> dict[str, str]:
    assert report.text is not None
    return {article.number: article.text for article in report.text.articles}


def test_markdown(tmp_path: Path) -> None:
    report = read_file(_file(tmp_path, "行政法规/演示省农田灌溉条例(2015-03-01).md", _MARKDOWN))
    texts = _texts(report)
    assert list(texts) == ["第一条", "第二条", "第二条之一", "第三条", "附件1"]
    assert texts["第二条"] == "用水户应当：\n（一）按时交费；\n（二）爱护水渠。"
    assert "每亩10元" in texts["附件1"]
    version = report.text.version  # type: ignore[union-attr]
    assert (version.name, version.level) == ("演示省农田灌溉条例", "行政法规")
    assert (version.published, version.valid_from) == (date(2015, 3, 1), date(2015, 5, 1))
    chapters = {a.number: a.chapter for a in report.text.articles}  # type: ignore[union-attr]
    assert chapters["第二条之一"] == "第一章 总则 第一节 特别规定"
    assert chapters["第三条"] == "第二章 附则"
    assert report.notes == ("第一条之前的13个字未收录",)


def test_word_document_of_the_national_law_database(tmp_path: Path) -> None:
    document = docx.Document()
    for line in (
        "演示法",
        "（2001年2月3日演示大会常务委员会第一次会议通过　根据2019年4月5日演示大会常务委员会"
        "第二次会议《关于修改〈演示法〉的决定》修正）",
        "目　　录",
        "第一章　总　　则",
        "第二章　罚　　则",
        "第一章　总　　则",
        "第一条　为了演示，制定本法。",
        "第二条　本法所称演示，包括下列情形：",
        "（一）看；",
        "（二）听。",
        "第二章　罚　　则",
        "第三条　处罚标准如下：",
    ):
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "轻微", "警告"
    document.add_paragraph("第四条　本法自2001年6月1日起施行。")
    path = tmp_path / "演示法_20190405.docx"
    document.save(str(path))
    report = read_file(path)
    texts = _texts(report)
    assert list(texts) == ["第一条", "第二条", "第三条", "第四条"]
    assert texts["第三条"] == "处罚标准如下：\n| 轻微 | 警告 |"
    assert texts["第二条"].endswith("（二）听。")
    version = report.text.version  # type: ignore[union-attr]
    assert (version.name, version.published) == ("演示法", date(2019, 4, 5))
    assert report.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_plain_text(tmp_path: Path, encoding: str) -> None:
    text = "演示办法\n（2020年1月1日公布）\n第一条　一。\n第十条之一　二。\n　　第二款。\n"
    path = tmp_path / "演示办法.txt"
    path.write_bytes(text.encode(encoding))
    assert _texts(read_file(path)) == {"第一条": "一。", "第十条之一": "二。\n第二款。"}


def test_texts_without_articles_are_kept_whole_or_by_points(tmp_path: Path) -> None:
    whole = read_file(_file(tmp_path, "甲批复.md", "# 甲批复\n<!-- INFO END -->\n你院请示收悉。\n"))
    assert _texts(whole) == {"全文": "你院请示收悉。"}
    points = "# 乙通知\n<!-- INFO END -->\n现通知如下：\n## 一、范围\n全县。\n二、时间\n即日。\n"
    assert _texts(read_file(_file(tmp_path, "乙通知.md", points))) == {
        "条目一": "范围\n全县。",
        "条目二": "时间\n即日。",
    }


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.md", b"", "没有标题行"),
        ("坏.docx", b"PK\x03\x04broken", "无法读取"),
        ("图.pdf", b"%PDF", "不是"),
        ("乱码.txt", b"\xff\xfe\x00\xd8", "无法读取"),
    ],
)
def test_what_cannot_be_read_says_why(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    report = read_file(path)
    assert report.text is None
    assert report.notes[0].startswith(reason)


def test_a_repeated_number_is_taken_once_and_said(tmp_path: Path) -> None:
    text = "# 丙条例\n<!-- INFO END -->\n第一条 甲。\n第一条 乙。\n"
    report = read_file(_file(tmp_path, "丙条例.md", text))
    assert _texts(report) == {"第一条": "甲。"}
    assert report.notes == ("第一条出现不止一次，只收录第一处",)


def test_versions_follow_each_other_and_a_later_law_repeals(tmp_path: Path) -> None:
    def law(name: str, day: str, words: str) -> None:
        head = f"{day[:4]}年{int(day[5:7])}月{int(day[8:])}日 施行"
        text = f"# {name}\n\n{head}\n<!-- INFO END -->\n第一条 {words}\n"
        _file(tmp_path, f"行政法规/{name}({day}).md", text)

    law("甲条例", "2010-01-01", "旧。")
    law("甲条例", "2020-01-01", "新。本条例施行后，原《甲条例》同时废止。")
    law("乙条例", "2005-01-01", "将废。")
    law("丙条例", "2022-01-01", "《乙条例》（国务院令第1号）、《丁办法》同时废止。")
    laws = settle(r.text for r in read_folder(tmp_path) if r.text)

    def states(name: str, on: date) -> list[Status]:
        return [law.version.status(on) for law in laws if law.version.name == name]

    assert states("甲条例", date(2015, 1, 1)) == [Status.IN_FORCE, Status.NOT_YET]
    assert states("甲条例", date(2026, 1, 1)) == [Status.SUPERSEDED, Status.IN_FORCE]
    assert states("乙条例", date(2021, 12, 31)) == [Status.IN_FORCE]
    assert states("乙条例", date(2022, 1, 1)) == [Status.REPEALED]


def test_importing_again_changes_nothing_and_a_new_text_replaces(tmp_path: Path) -> None:
    folder = tmp_path / "laws"
    path = _file(folder, "甲条例(2020-01-01).md", "# 甲条例\n<!-- INFO END -->\n第一条 甲。\n")
    store = ImportedLaws(tmp_path / "imported.sqlite")

    def take() -> list[str]:
        laws = store.merged(r.text for r in read_folder(folder) if r.text)
        store.save(laws)
        return [article.text for law in laws for article in law.articles]

    assert take() == take() == ["甲。"]
    path.write_text("# 甲条例\n<!-- INFO END -->\n第一条 乙。\n", encoding="utf-8")
    assert take() == ["乙。"]


def test_the_whole_collection_beside_the_project() -> None:
    if not REGULATIONS.is_dir():
        pytest.skip("没有法规语料（../shared/laws）")
    reports = list(read_folder(REGULATIONS))
    assert len(reports) == 1105
    assert all(report.text for report in reports)
    assert sum(report.articles for report in reports) > 34_000
