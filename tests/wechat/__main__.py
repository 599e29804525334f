"""Run the emulator: python -m tests.wechat --app http://127.0.0.1:8000"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

import uvicorn

from tests.wechat.account import Account
from tests.wechat.serving import emulator


def main() -> None:
    """Serve Tencent's API and the resident's page until stopped."""
    arguments = argparse.ArgumentParser(prog="python -m tests.wechat", description=__doc__)
    default = Account()
    arguments.add_argument("--app", default="http://127.0.0.1:8000", help="the program's address")
    arguments.add_argument("--port", type=int, default=8090)
    arguments.add_argument("--scale", type=float, default=1.0, help="0.1: five seconds are half")
    arguments.add_argument("--safe", action="store_true", help="safe mode (AES)")
    for name in ("app_id", "secret", "token", "aes_key"):
        arguments.add_argument(f"--{name.replace('_', '-')}", default=getattr(default, name))
    chosen = arguments.parse_args()
    account = Account(
        chosen.app_id, chosen.secret, chosen.token, chosen.aes_key, chosen.safe,
        now=lambda: datetime.now(UTC),
    )  # fmt: skip
    app = emulator(account, f"{chosen.app}/wechat", chosen.scale)
    uvicorn.run(app, host="127.0.0.1", port=chosen.port, log_level="warning")


if __name__ == "__main__":
    main()
