"""A copy of the database by its own tools, and the way back: SQLite's backup, PostgreSQL's dump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, inspect

from api.core.errors import StorageUnavailable


def copy_out(engine: Engine, target: Path) -> None:
    """Write one consistent copy while the application runs.

    Raises:
        StorageUnavailable: PostgreSQL's tools are missing, or refuse.
    """
    if engine.dialect.name == "sqlite":
        source = f"file:{_file(engine)}?mode=ro"
        with (
            closing(sqlite3.connect(source, uri=True)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, no -wal beside it
    else:
        _run(engine, "pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def copy_in(engine: Engine, source: Path) -> None:
    """Put a copy in the place of whatever the database holds; the application must be stopped.

    Raises:
        StorageUnavailable: PostgreSQL's tools are missing, or refuse.
    """
    engine.dispose()
    if engine.dialect.name == "sqlite":
        target = _file(engine)
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(target)) as live:
            copy.backup(live)
    else:
        options = (
            "--clean",
            "--if-exists",
            "--no-owner",
            "--exit-on-error",
            "--single-transaction",
        )
        _run(engine, "pg_restore", *options, str(source))


def is_empty(engine: Engine) -> bool:
    """Whether the database has no tables yet."""
    return not inspect(engine).get_table_names()


def _file(engine: Engine) -> Path:
    return Path(str(engine.url.database))


def _run(engine: Engine, tool: str, *options: str) -> None:
    """The password goes by the environment: a command line can be read by every user."""
    password = engine.url.password or ""
    url = engine.url.set(drivername="postgresql", password=None)
    command = [_tool(tool), *options, f"--dbname={url.render_as_string()}"]
    environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    # The tool is PostgreSQL's own, the options are ours, the URL is the operator's.
    done = subprocess.run(  # noqa: S603
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise StorageUnavailable(f"{tool}没有完成：{done.stderr.strip()[-300:]}")


def _tool(name: str) -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(installed[-1]) if installed else "")
    if not found:
        raise StorageUnavailable(
            f"没有找到{name}：请安装 PostgreSQL 的客户端程序（postgresql-client）"
        )
    return found
