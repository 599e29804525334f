"""Backup and restore by their commands, on both databases."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import insert, select, text
from typer.testing import CliRunner

from api.cli import app
from api.storage.db import open_engine, transaction
from api.storage.migrate import migrate
from api.storage.tables import conversations, metadata
from api.storage.vault import load_vault
from tests.conftest import NOW

SECRET = "我叫欧阳守密"


class Installation:
    """A folder, a database and the commands run on them."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database, self.keys = folder, database, folder / "keys"
        self.engine = open_engine(database, load_vault(self.keys))

    def run(self, *command: str) -> Result:
        own = {"DATA": str(self.folder), "DATABASE_URL": self.database}
        secrets = dict.fromkeys(("RASA_TOKEN", "ACTION_SECRET", "SECRET_KEY"), "secret")
        environment = {f"WENFA_{name}": value for name, value in (own | secrets).items()}
        return CliRunner().invoke(app, command, env=environment)

    def write(self, name: str) -> None:
        row = {"id": name, "channel": "web", "question": SECRET, "created_at": NOW}
        with transaction(self.engine) as connection:
            connection.execute(insert(conversations).values(row))

    def names(self) -> dict[str, str]:
        query = select(conversations.c.id, conversations.c.question)
        with transaction(self.engine, reading=True) as connection:
            return {row.id: row.question for row in connection.execute(query)}


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    """An installation with one conversation and imported law."""
    url = f"sqlite:///{tmp_path / 'live/wenfa.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    (tmp_path / "live").mkdir()
    made = Installation(tmp_path / "live", url)
    migrate(made.engine)
    made.write("before")
    (made.folder / "imported.sqlite").write_bytes(b"law")
    yield made
    if request.param == "postgresql":
        with made.engine.begin() as connection:
            metadata.drop_all(connection)
            connection.execute(text("DROP TABLE alembic_version"))
    made.engine.dispose()


def test_there_and_back(installation: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "copies/monday.tar"
    done = installation.run("backup", str(archive))
    assert done.exit_code == 0, done.stderr
    assert archive.stat().st_mode & 0o077 == 0 and SECRET.encode() not in archive.read_bytes()
    assert sorted(path.name for path in archive.parent.iterdir()) == ["monday.tar"]

    installation.write("after")
    (installation.folder / "imported.sqlite").write_bytes(b"newer law")
    refused = installation.run("restore", str(archive))
    assert refused.exit_code == 1 and "--replace" in refused.stderr
    assert set(installation.names()) == {"before", "after"}

    installation.engine.dispose()
    back = installation.run("restore", str(archive), "--replace")
    assert back.exit_code == 0, back.stderr
    assert installation.names() == {"before": SECRET}
    assert (installation.folder / "imported.sqlite").read_bytes() == b"law"


def test_on_a_new_machine_the_keys_must_be_there(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    first = Installation(old, f"sqlite:///{old / 'wenfa.sqlite3'}")
    migrate(first.engine)
    first.write("before")
    assert first.run("backup", str(tmp_path / "copy.tar")).exit_code == 0
    new.mkdir()
    second = Installation(new, f"sqlite:///{new / 'wenfa.sqlite3'}")
    refused = second.run("restore", str(tmp_path / "copy.tar"))
    assert refused.exit_code == 1 and "密钥" in refused.stderr
    shutil.copy(first.keys, second.keys)
    assert second.run("restore", str(tmp_path / "copy.tar")).exit_code == 0
    third = Installation(new, second.database)
    assert third.names() == {"before": SECRET}
    for made in (first, second, third):
        made.engine.dispose()


@pytest.mark.parametrize("kind", ["text", "cut", "changed"])
def test_a_broken_archive_changes_nothing(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "live"
    folder.mkdir()
    live = Installation(folder, f"sqlite:///{folder / 'wenfa.sqlite3'}")
    migrate(live.engine)
    live.write("before")
    live.engine.dispose()
    archive = tmp_path / "copy.tar"
    assert live.run("backup", str(archive)).exit_code == 0
    if kind == "text":
        archive.write_text("no archive")
    elif kind == "cut":
        archive.write_bytes(archive.read_bytes()[:3000])
    else:
        with tarfile.open(archive) as tar:
            tar.extractall(tmp_path / "open", filter="data")
        (tmp_path / "open/database").write_bytes(b"other")
        with tarfile.open(archive, "w") as tar:
            for path in sorted((tmp_path / "open").iterdir()):
                tar.add(path, path.name)
    done = live.run("restore", str(archive), "--replace")
    assert done.exit_code == 1 and done.stderr.startswith("wenfa: ")
    assert live.names() == {"before": SECRET}
    live.engine.dispose()
