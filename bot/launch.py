"""Start Rasa on this machine's own address, with one schema validator instead of one per call.

Rasa rebuilds and re-checks a JSON schema for every action call, most of a form turn's processor
time; the schema never changes, so a validator is made once. Words of residents stay out of logs.
"""

from __future__ import annotations

import logging
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "bot" / "models" / "wenfa.tar.gz"


def share_the_validator() -> None:
    """Let every action call use one compiled validator."""
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction

    @lru_cache(maxsize=1)
    def validator() -> Any:
        schema = RemoteAction.action_response_format_spec()
        return validator_for(schema)(schema)

    def validate(_self: RemoteAction, result: dict[str, Any]) -> bool:
        validator().validate(result)
        return True

    RemoteAction._validate_action_result = validate


def keep_words_out_of_logs() -> None:
    """Rasa logs what people say at several places; only its warnings and errors are kept."""
    for name in ("rasa", "sanic", "matplotlib"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("rasa.core.channels.rest").setLevel(logging.CRITICAL)


def main() -> None:
    """Serve the trained model on 127.0.0.1; secrets come from the environment."""
    missing = [name for name in ("WENFA_RASA_TOKEN", "WENFA_ACTION_SECRET") if name not in os.environ]
    if missing:
        sys.exit(f"缺少设置 {'、'.join(missing)}：请用 make run 启动，或载入 var/wenfa.env")
    if not MODEL.is_file():
        sys.exit(f"没有对话模型 {MODEL.name}：请先运行 make setup")
    os.chdir(ROOT)
    os.environ.setdefault("WENFA_PORT", "8000")
    share_the_validator()
    from rasa.__main__ import main as rasa

    sys.argv = [
        "rasa", "run", "--enable-api", "-i", "127.0.0.1",
        "-p", os.environ.get("WENFA_RASA_PORT", "5005"),
        "--auth-token", os.environ["WENFA_RASA_TOKEN"],
        "-m", str(MODEL), "--endpoints", "bot/endpoints.yml",
        "--credentials", "bot/credentials.yml", "--quiet",
    ]  # fmt: skip
    keep_words_out_of_logs()
    rasa()


if __name__ == "__main__":
    main()
