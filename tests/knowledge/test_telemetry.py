"""Nothing tells anybody outside how residents use the service."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

_OFF = "ORT_DISABLE_TELEMETRY"


def left_behind(code: str, home: Path) -> list[str]:
    """What a fresh process that runs `code` leaves in its home folder."""
    environment = {name: value for name, value in os.environ.items() if name != _OFF}
    cache = {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment | cache, check=True)
    return [path.name for path in home.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "code",
    [
        "import knowledge.onnx_encoder",
        "from speech.activity import load_model; load_model()",
        "import api.app",
    ],
)
def test_no_identifier_is_made_for_reports(code: str, tmp_path: Path) -> None:
    assert not [name for name in left_behind(code, tmp_path) if "deviceid" in name]
