"""Commands of speech: transcribe, and speech-model install | list | use."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from api.hearing import Hearing
from api.settings import Settings
from api.wiring import hearing
from speech import models
from speech.audio import check_size
from speech.errors import AudioInvalid, SpeechError

speech_model = typer.Typer(no_args_is_help=True, help="Speech models: install, list, use.")
Dialect = Annotated[str | None, typer.Option(help="qichun, nanjiang, wuhu, guangxi or yongchun.")]
Sha256 = Annotated[str, typer.Option("--sha256", help="What the archive must be.")]


def transcribe(
    files: list[Path],
    dialect: Dialect = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Hear recordings; a file that cannot be heard is a line of its own, and exit code 1."""
    failed = asyncio.run(_transcribe(files, dialect, as_json))
    if failed:
        raise typer.Exit(1)


@speech_model.command()
def install(source: str, sha256: Sha256 = "") -> None:
    """Install a model: a known name, a zip, or its address; it is tried, then put into use."""
    _said(lambda: models.install(_settings().speech_models, source, sha256))


@speech_model.command()
def use(name: str) -> None:
    """Put an installed model into use; the application takes it at its next start."""
    _said(lambda: models.use(_settings().speech_models, name))


@speech_model.command("list")
def list_models() -> None:
    """What is installed, what is in use, what could be installed."""
    found = models.installed(_settings().speech_models)
    for model in found:
        typer.echo(f"{'*' if model.in_use else ' '} {model.name}\t{model.engine}")
    for known in models.KNOWN.values():
        if known.name not in {model.name for model in found}:
            typer.echo(f"- {known.name}\t{known.about}（未安装）")


def _said(act: Any) -> None:
    try:
        model = act()
    except (SpeechError, OSError) as error:
        typer.echo(f"wenfa: {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"正在使用 {model.name}（{model.engine}）；重启后生效。")


async def _transcribe(files: list[Path], dialect: str | None, as_json: bool) -> bool:
    failed = False
    async for row in _rows(hearing(_settings()), files, dialect):
        failed |= "error" in row
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else _plain(row))
    return failed


async def _rows(
    ears: Hearing, files: list[Path], dialect: str | None
) -> AsyncIterator[dict[str, Any]]:
    state = ears.supervisor
    try:
        for file in files:
            row: dict[str, Any] = {"file": str(file), "engine": state.engine, "model": state.model}
            try:
                yield row | asdict(await ears.recording(_read(file), dialect))
            except (SpeechError, OSError) as error:
                code = getattr(error, "code", "file_unreadable")
                yield row | {"error": {"code": code, "message": str(error)}}
    finally:
        await state.close()


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise AudioInvalid(f"没有这个文件：{file}", "file_missing")
    check_size(file.stat().st_size)
    return file.read_bytes()


def _plain(row: dict[str, Any]) -> str:
    if "error" in row:
        return f"{row['file']}\t没听成：{row['error']['message']}"
    return f"{row['file']}\t{row['text'] or row['message']}"


def _settings() -> Settings:
    return Settings()  # type: ignore[call-arg]
