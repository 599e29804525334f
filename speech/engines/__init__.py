"""The recognisers. Each is imported only in the child process that runs it."""

from __future__ import annotations

from pathlib import Path

from speech.errors import ModelInvalid
from speech.types import Engine

_MARKS = {"vosk": "am/final.mdl", "whisper": "model.bin", "fake": "says.txt"}


def is_model(folder: Path) -> bool:
    """Whether some engine reads what is in this folder."""
    return any((folder / mark).is_file() for mark in _MARKS.values())


def kind_of(folder: Path) -> str:
    """Which engine reads the model in this folder.

    Raises:
        ModelInvalid: none of them.
    """
    for kind, mark in _MARKS.items():
        if (folder / mark).is_file():
            return kind
    raise ModelInvalid(f"{folder} 里没有认得的语音模型（Vosk 或 Whisper）。")


def load(folder: Path) -> Engine:
    """Load a model; takes seconds and may crash the process.

    Raises:
        ModelInvalid: the folder holds no model, or one that does not load.
    """
    kind = kind_of(folder)
    try:
        if kind == "vosk":
            from speech.engines.vosk import VoskEngine

            return VoskEngine(folder)
        if kind == "whisper":
            from speech.engines.whisper import WhisperEngine

            return WhisperEngine(folder)
    except Exception as error:
        raise ModelInvalid(f"语音模型 {folder.name} 装不进来：{error}") from error
    from speech.engines.fake import FakeEngine

    return FakeEngine(folder)
