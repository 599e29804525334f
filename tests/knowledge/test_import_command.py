"""import-laws as an operator runs it: real encoder, real index, a running library beside it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from api.library import LawLibrary
from knowledge.encode import Encoder, Encoders
from knowledge.index import Places
from nlu.normalise import normalise
from tests.conftest import ROOT

pytestmark = pytest.mark.slow
ENCODER = ROOT / "var/models/e5"
ON = date(2026, 11, 22)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder of its own over two articles of one statute."""
    if not (ENCODER / "origin.json").is_file():
        pytest.skip("没有编码模型：先运行 make setup")
    with closing(sqlite3.connect(tmp_path / "laws.db")) as connection, connection:
        connection.executescript(
            """
            CREATE TABLE laws (law_id, law_name, level, law_department, version_date,
                effective_date, status);
            CREATE TABLE articles (id INTEGER PRIMARY KEY, law_id, article_no, article_text,
                chapter, section);
            INSERT INTO laws VALUES ('a', '演示水法', '法律', '', '2020-01-01', '2020-01-01',
                '现行有效');
            INSERT INTO articles VALUES (1, 'a', '第一条', '用水要交费。', NULL, NULL),
                (2, 'a', '第二条', '打井要批准。', NULL, NULL);
            """
        )
    (tmp_path / "faq").mkdir()
    (tmp_path / "texts").mkdir()
    return tmp_path


def _run(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    own = {
        "DATA": home / "var", "STATUTES": home / "laws.db", "VECTORS": home / "vectors.db",
        "FAQ": home / "faq", "ENCODER": ENCODER, "QUERY_ENCODER": "", "RASA_TOKEN": "t",
        "ACTION_SECRET": "a", "SECRET_KEY": "s", "DESK_PASSWORD": "d",
    }  # fmt: skip
    environment = os.environ | {f"WENFA_{name}": str(value) for name, value in own.items()}
    return subprocess.run(
        [sys.executable, "-m", "api.cli", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _encoded(home: Path) -> int:
    with closing(sqlite3.connect(home / "vectors.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])


def test_import_is_incremental_atomic_and_live(home: Path) -> None:
    assert _run(home, "index").returncode == 0
    places = Places(home / "var/index", home / "vectors.db")
    library = LawLibrary(places, lambda: Encoders(Encoder(str(ENCODER), 1)), normalise)
    assert {hit.article.number for hit in library.search("打井", ON, 5).hits} == {
        "第一条",
        "第二条",
    }
    text = home / "texts/行政法规/演示灌溉条例(2021-01-01).md"
    text.parent.mkdir()
    text.write_text("# 演示灌溉条例\n<!-- INFO END -->\n第一条 旱年先浇秧田。\n", encoding="utf-8")

    done = _run(home, "import-laws", str(home / "texts"), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["articles"] == 1
    assert _encoded(home) == 3
    first = library.search("旱年秧田怎么浇水", ON, 5).hits[0]
    assert first.article.ref.law == "演示灌溉条例"

    again = places.current()
    assert _run(home, "import-laws", str(home / "texts")).returncode == 0
    assert (places.current(), _encoded(home)) == (again, 3)

    text.write_text("\0", encoding="utf-8")
    failed = _run(home, "import-laws", str(home / "texts"))
    assert (failed.returncode, places.current()) == (1, again)
    assert "没有可以导入的" in failed.stderr
    assert library.search("旱年秧田怎么浇水", ON, 5).hits[0] == first
