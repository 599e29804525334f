"""A clone without the network the dialogue reads with is told so, before anything begins."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT


@pytest.mark.parametrize("missing", ["e5", "e5-intents"])
@pytest.mark.parametrize("program", ["launch.py", "train.py"])
def test_a_missing_network_is_named_with_what_to_do(
    tmp_path: Path, program: str, missing: str
) -> None:
    for name in {"e5", "e5-intents"} - {missing}:
        network = tmp_path / f"var/models/{name}/onnx/model_quantized.onnx"
        network.parent.mkdir(parents=True)
        network.touch()
    models = tmp_path / "bot/models"
    models.mkdir(parents=True)
    (models / "wenfa.tar.gz").touch()
    for name in ("launch.py", "train.py"):
        shutil.copy(ROOT / "bot" / name, tmp_path / "bot" / name)
    settings = {"WENFA_RASA_TOKEN": "token", "WENFA_ACTION_SECRET": "secret"}
    done = subprocess.run(
        [sys.executable, str(tmp_path / "bot" / program)],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == f"没有编码模型 {missing}：请先运行 make setup"
