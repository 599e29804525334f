"""nlu/ is read by two interpreters: it must run on the dialogue's Python 3.10 too."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.bot.conftest import ROOT
from tests.running import BOT_PYTHON

MODULES = sorted((ROOT / "nlu").glob("*.py"))


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_doctests_run_on_python_310(module: object) -> None:
    if not BOT_PYTHON.exists():
        pytest.skip("没有对话环境 bot/.venv：先运行 make setup，或设置 WENFA_BOT_PYTHON")
    command = [str(BOT_PYTHON), "-W", "error", "-m", "doctest", str(module)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
