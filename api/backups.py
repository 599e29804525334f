"""Backup and restore of an installation: one archive with the database and the imported law.

Keys are not in it: whoever holds the archive and the key file can read everything.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from api.core.errors import StorageUnavailable
from api.plainly import plainly
from api.settings import Settings
from api.storage.backup import copy_in, copy_out, is_empty
from api.storage.db import open_engine
from api.storage.migrate import migrate
from api.storage.vault import load_vault

_DATABASE, _IMPORTED, _MANIFEST = "database", "imported.sqlite", "manifest.json"
_Archive = Annotated[Path, typer.Argument(help="The archive, a .tar file.")]


@plainly
def backup(archive: _Archive) -> None:
    """Copy database and imported law into one archive, while the application runs."""
    settings = Settings()  # type: ignore[call-arg]
    with _database(settings) as engine, TemporaryDirectory(dir=_folder(archive)) as scratch:
        copy = Path(scratch) / _DATABASE
        copy_out(engine, copy)
        held = {_DATABASE: copy}
        if settings.imported.is_file():
            held[_IMPORTED] = settings.imported
        manifest = {
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "kind": engine.dialect.name,
            "key": load_vault(settings.keys).current,
            "sha256": {name: _digest(path) for name, path in held.items()},
        }
        _write(archive, held, manifest, Path(scratch))
    size = archive.stat().st_size / 1e6
    typer.echo(f"已备份到{archive}（{size:.1f} MB）。密钥文件{settings.keys}请另外保存")


@plainly
def restore(
    archive: _Archive,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite what is there.")] = False,
) -> None:
    """Put a backup back; stop the application first, and put the key file in its place."""
    settings = Settings()  # type: ignore[call-arg]
    settings.data.mkdir(parents=True, exist_ok=True)
    with _database(settings) as engine, TemporaryDirectory(dir=settings.data) as scratch:
        folder = Path(scratch)
        manifest = _read(archive, folder)
        _check(manifest, folder, engine.dialect.name, settings)
        if not replace and not is_empty(engine):
            raise StorageUnavailable("数据库里已有内容；确定要覆盖，请加 --replace")
        copy_in(engine, folder / _DATABASE)
        if (folder / _IMPORTED).is_file():
            (folder / _IMPORTED).replace(settings.imported)
        migrate(engine)
    typer.echo(f"已恢复{manifest['made_at']}的备份；请运行 python -m api.cli index，再启动服务")


@contextmanager
def _database(settings: Settings) -> Iterator[Engine]:
    engine = open_engine(settings.database)
    try:
        yield engine
    finally:
        engine.dispose()


def _folder(archive: Path) -> Path:
    archive.parent.mkdir(parents=True, exist_ok=True)
    return archive.parent


def _write(archive: Path, held: dict[str, Path], manifest: dict[str, Any], scratch: Path) -> None:
    """Whole or not at all, readable by its owner only."""
    unfinished = scratch / "archive"
    (scratch / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    with tarfile.open(unfinished, "w") as tar:
        for name, path in ({_MANIFEST: scratch / _MANIFEST} | held).items():
            tar.add(path, name)
    os.chmod(unfinished, 0o600)
    unfinished.replace(archive)


def _read(archive: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, FileNotFoundError, ValueError) as error:
        raise StorageUnavailable(f"{archive}不是问法的备份，或者不完整") from error
    return manifest


def _check(manifest: dict[str, Any], folder: Path, kind: str, settings: Settings) -> None:
    for name, digest in manifest["sha256"].items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise StorageUnavailable(f"备份里的{name}损坏了，没有恢复任何东西")
    if manifest["kind"] != kind:
        raise StorageUnavailable(f"备份来自{manifest['kind']}，现在的数据库是{kind}，不能直接恢复")
    if not settings.keys.is_file() or not load_vault(settings.keys).holds(manifest["key"]):
        raise StorageUnavailable(
            f"密钥文件{settings.keys}里没有备份用的密钥{manifest['key']}；请先放回去"
        )


def _digest(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
