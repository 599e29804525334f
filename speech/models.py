"""Speech models on this machine: install from an archive, list, put into use.

A model is only put into use after it has loaded once in a process of its own. `current` is a
symbolic link, replaced by renaming, so that there is never a moment without a model.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from speech.engines import is_model, kind_of
from speech.errors import ModelInvalid
from speech.packaged import NAME as PACKAGED
from speech.packaged import sha256_of

_ROOT = Path(__file__).parent.parent
_LARGEST = 8 * 1024**3  # bytes unpacked
_FILES = 2_000
_LOADING = 300
_HOST = "https://alphacephei.com/vosk/models"


@dataclass(frozen=True)
class Known:
    """A model that can be fetched; `sha256` is empty where its maker's archive was never seen."""

    name: str
    url: str
    sha256: str
    about: str


KNOWN = {
    model.name: model
    for model in (
        Known(
            "vosk-model-small-cn-0.22",
            f"{_HOST}/vosk-model-small-cn-0.22.zip",
            "3af8b0e7e0f835ae9d414ce5df580237a3cfb08d586c9fbbb0f7ff29ad5b14ba",
            "普通话，42MB，边说边出字",
        ),
        Known(
            "vosk-model-cn-0.22",
            f"{_HOST}/vosk-model-cn-0.22.zip",
            "",
            "普通话，1.3GB，更准，占内存多",
        ),
    )
}


@dataclass(frozen=True)
class Installed:
    """A model on this machine."""

    name: str
    engine: str
    in_use: bool


def current(models: Path) -> Path | None:
    """The folder of the model in use: the one chosen, else the packaged one, else none."""
    for folder in (models / "current", models / PACKAGED):
        if folder.is_dir():
            return folder.resolve()
    return None


def installed(models: Path) -> list[Installed]:
    """What is installed."""
    used = current(models)
    found = []
    for folder in sorted(models.glob("[!.]*")) if models.is_dir() else []:
        if folder.is_symlink() or not is_model(folder):
            continue
        found.append(Installed(folder.name, kind_of(folder), folder.resolve() == used))
    return found


def install(models: Path, source: str, sha256: str = "") -> Installed:
    """Install a model and put it into use.

    Args:
        models: folder of the models.
        source: a name of `KNOWN`, a zip file, or its address.
        sha256: what the archive must be; may be left out for a model whose digest is known.

    Raises:
        ModelInvalid: not the expected archive, an unsafe one, or one that does not load.
        OSError: it could not be fetched or written.
    """
    known = KNOWN.get(source) or KNOWN.get(PurePosixPath(source).stem)
    expected = sha256.lower() or (known.sha256 if known else "")
    if not expected:
        raise ModelInvalid("没有登记这个模型的校验值，请用 --sha256 写明，再装一次。")
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".new-") as name:
        archive = _fetch(known.url if known and source == known.name else source, Path(name))
        if (found := sha256_of(archive)) != expected:
            raise ModelInvalid(f"文件校验值不符，没有安装。应为 {expected}，实为 {found}。")
        fresh = _unpack(archive, Path(name) / "unpacked")
        title = known.name if known else PurePosixPath(source).stem
        _try(fresh)
        (fresh / "origin.json").write_text(
            json.dumps({"source": source, "sha256": found}), encoding="utf-8"
        )
        target = models / title
        if target.resolve() == current(models):
            target = models / f"{title}-{found[:8]}"  # the one in use stays until it is not
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    return use(models, target.name)


def use(models: Path, name: str) -> Installed:
    """Put an installed model into use, from the next start of the recogniser on.

    Raises:
        ModelInvalid: there is no such model, or it does not load.
    """
    folder = models / name
    if name in (".", "..", "current") or "/" in name or not folder.is_dir():
        raise ModelInvalid(f"没有装过语音模型 {name}；用 speech-model list 看看有哪些。")
    engine = kind_of(folder)
    _try(folder)
    link = models / ".current"
    link.unlink(missing_ok=True)
    link.symlink_to(name, target_is_directory=True)
    os.replace(link, models / "current")
    return Installed(name, engine, in_use=True)


def _fetch(source: str, folder: Path) -> Path:
    if not source.startswith(("https://", "http://")):
        path = Path(source)
        if not path.is_file():
            raise ModelInvalid(f"找不到文件：{source}")
        return path
    archive = folder / "model.zip"
    with urllib.request.urlopen(source, timeout=60) as answer, archive.open("wb") as out:  # noqa: S310
        shutil.copyfileobj(answer, out)
    return archive


def _unpack(archive: Path, folder: Path) -> Path:
    """Unpack after looking at every name and size; returns the folder with the model in it."""
    try:
        with zipfile.ZipFile(archive) as zipped:
            _check(zipped)
            zipped.extractall(folder)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise ModelInvalid(f"这不是完好的 zip 文件：{error}") from error
    inside = list(folder.iterdir())
    for top in (folder, *inside[:1]):
        if top.is_dir() and is_model(top):
            return top
    raise ModelInvalid("压缩包里没有认得的语音模型（Vosk 或 Whisper）。")


def _check(zipped: zipfile.ZipFile) -> None:
    entries = zipped.infolist()
    if len(entries) > _FILES or sum(entry.file_size for entry in entries) > _LARGEST:
        raise ModelInvalid("压缩包里的文件太多或者太大，不像语音模型。")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        link = (entry.external_attr >> 16) & 0o170000 == 0o120000
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or link:
            raise ModelInvalid(f"压缩包里有不安全的文件名：{entry.filename}")


def _try(folder: Path) -> None:
    """Load the model in a process of its own: a bad one takes only that process down."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module on a folder we made
            [sys.executable, "-m", "speech.engines", str(folder.resolve())],
            cwd=_ROOT,
            capture_output=True,
            timeout=_LOADING,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ModelInvalid(f"语音模型 {folder.name} 装载太久，没有启用。") from error
    if done.returncode:
        raise ModelInvalid(f"语音模型 {folder.name} 装不进来，没有启用。")
