"""Start Rasa on this machine's own address, with one schema validator instead of one per call.

Rasa rebuilds and re-checks a JSON schema for every action call, most of a form turn's processor
time; the schema never changes, so a validator is made once (docs/adr/0003-dialogue-pipeline.md).
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

BOT = Path(__file__).resolve().parent
MODEL = BOT / "models" / "wenfa.tar.gz"
NETWORKS = [
    BOT.parent / f"var/models/{name}/onnx/model_quantized.onnx" for name in ("e5", "e5-intents")
]
SETTINGS = ("WENFA_RASA_TOKEN", "WENFA_ACTION_SECRET")

# Threads that spin while they wait starve each other on two cores.
ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "ORT_DISABLE_TELEMETRY": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "OMP_WAIT_POLICY": "passive",
    "OPENBLAS_NUM_THREADS": "1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "WENFA_PORT": "8000",
    "WENFA_RASA_PORT": "5005",
}


def prepare() -> None:
    """Make `components` and `nlu` importable and run as if started inside bot/."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    sys.path[:0] = [str(BOT), str(BOT.parent)]
    os.chdir(BOT)


def require_network() -> None:
    """Leave with a plain word if an encoder is missing, not at the first message."""
    for network in NETWORKS:
        if not network.is_file():
            sys.exit(f"没有编码模型 {network.parents[1].name}：请先运行 make setup")


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


def import_less() -> None:
    """Leave out what takes seconds to import and is never used.

    TensorFlow takes jax if it is there, to convert models. skops imports all of scikit-learn
    to trust every estimator in a model; ours holds one.
    """
    sys.modules["jax"] = None  # type: ignore[assignment]  # `import jax` fails, as if not there
    import sklearn.utils
    from sklearn.linear_model import LogisticRegression

    sklearn.utils.all_estimators = lambda: [("LogisticRegression", LogisticRegression)]


def main() -> None:
    """Serve the trained model on 127.0.0.1; secrets come from the environment."""
    missing = [name for name in SETTINGS if not os.environ.get(name)]
    if missing:
        sys.exit(f"缺少设置 {'、'.join(missing)}：请用 make run 启动，或载入 var/wenfa.env")
    if not MODEL.is_file():
        sys.exit(f"没有对话模型 {MODEL.name}：请先运行 make setup")
    require_network()
    prepare()
    import_less()
    share_the_validator()
    from rasa.__main__ import main as rasa

    # Not on the command line, where every user of the machine could read the token.
    sys.argv = [
        "rasa", "run", "--enable-api", "-i", "127.0.0.1",
        "-p", os.environ["WENFA_RASA_PORT"],
        "--auth-token", os.environ["WENFA_RASA_TOKEN"],
        "-m", str(MODEL), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
        "--quiet",
    ]  # fmt: skip
    rasa()


if __name__ == "__main__":
    main()
