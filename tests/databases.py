"""Both databases: SQLite in a file, PostgreSQL on a private server started for the session."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from api.storage.db import open_engine
from api.storage.migrate import migrate
from api.storage.tables import metadata
from api.storage.vault import Vault

VAULT = Vault({"k1": bytes(32)})


def _binary(name: str) -> str | None:
    found = shutil.which(name)
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found or (str(installed[-1]) if installed else None)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A private server on a socket of its own; stopped at the end."""
    if not has_postgres():
        if os.environ.get("CI"):
            pytest.fail("CI 上必须有 PostgreSQL")
        pytest.skip("没有 PostgreSQL 程序（initdb、pg_ctl）")
    with private_postgres(tmp_path_factory.mktemp("pg")) as url:
        yield url


def has_postgres() -> bool:
    """Whether its programs are installed."""
    return bool(_binary("initdb") and _binary("pg_ctl"))


@contextmanager
def private_postgres(folder: Path) -> Iterator[str]:
    """A server in an empty folder; its URL."""
    initdb, pg_ctl = str(_binary("initdb")), str(_binary("pg_ctl"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        for parent in (folder, *folder.parents[:3]):
            parent.chmod(0o755)
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    run = {"check": True, "capture_output": True, "cwd": folder}
    subprocess.run(
        [*as_user, initdb, "-D", data, "-A", "trust", "-U", "wenfa", "-E", "UTF8"], **run
    )
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    log = ["-l", str(folder / "log")]
    subprocess.run([*as_user, pg_ctl, "-D", data, "-o", options, *log, "-w", "start"], **run)
    yield f"postgresql+psycopg://wenfa@/postgres?host={folder}"
    subprocess.run([*as_user, pg_ctl, "-D", data, "-m", "immediate", "-w", "stop"], **run)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated database."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'test.sqlite3'}", VAULT)
    else:
        engine = open_engine(request.getfixturevalue("postgres_url"), VAULT)
    migrate(engine)
    yield engine
    if request.param == "postgresql":
        with engine.begin() as connection:
            metadata.drop_all(connection)
            connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()
