"""`rasa data validate`, strictly: `python bot/validate.py` fails on a warning."""

from __future__ import annotations

import sys

from launch import prepare


def main() -> None:
    """Run Rasa's own checks over domain, examples and rules."""
    prepare()
    from rasa.__main__ import main as rasa

    sys.argv = [
        "rasa", "data", "validate", "--fail-on-warnings",
        "--domain", "domain", "--config", "config.yml", "--data", "data",
    ]  # fmt: skip
    rasa()


if __name__ == "__main__":
    main()
