"""`rasa test nlu` and `rasa test core` in one process: `python bot/check.py OUT`.

Messages and stories stand in tests/bot, where nothing is trained on them; the reports are Rasa's own
(`intent_report.json`, `intent_errors.json`, `story_report.json`). Exit code 0 whatever they say:
tests/bot/test_rasa_checks.py holds the floor.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from launch import BOT, MODEL, prepare

TESTS = BOT.parent / "tests/bot"
QUIET = {"errors": True, "successes": False, "disable_plotting": True}


def main() -> None:
    """Write both reports into OUT."""
    out = str(Path(sys.argv[1]).resolve())
    prepare()
    asyncio.run(check(out))


async def check(out: str) -> None:
    """Read the held-out messages, then replay the stories."""
    from rasa.model_testing import test_core, test_nlu

    for messages in sorted(TESTS.glob("held_out*.yml")):
        await test_nlu(str(MODEL), str(messages), f"{out}/{messages.stem}", QUIET)
    await test_core(
        str(MODEL), str(TESTS / "stories"), out, QUIET, use_conversation_test_files=True
    )


if __name__ == "__main__":
    main()
