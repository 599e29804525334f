"""Print a fresh settings file with random secrets: python -m api.secrets > var/wenfa.env."""

from __future__ import annotations

import secrets
import sys

_SECRETS = ("RASA_TOKEN", "ACTION_SECRET", "SECRET_KEY")
_PLAIN = {"HOST": "127.0.0.1", "PORT": "8000", "RASA_PORT": "5005", "COUNTY": "演示县"}


def main() -> None:
    """Write one NAME=value line for each setting every process needs."""
    lines = [f"WENFA_{name}={value}" for name, value in _PLAIN.items()]
    lines += [f"WENFA_{name}={secrets.token_urlsafe(24)}" for name in _SECRETS]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
