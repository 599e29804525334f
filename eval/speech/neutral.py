"""Twenty thousand characters of ordinary talk, made of our own sentences."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

_FRAMES = Path(__file__).with_name("neutral.txt")
_CHOICE = re.compile(r"\{([^{}]+)\}")


def neutral(characters: int = 20_000, seed: int = 7) -> list[str]:
    """Different sentences until there are so many characters.

    >>> lines = neutral(500)
    >>> 500 <= sum(map(len, lines)) < 560, len(set(lines)) == len(lines)
    (True, True)
    """
    random = Random(seed)  # noqa: S311 - a fixed choice of sentences
    lines = _FRAMES.read_text(encoding="utf-8").splitlines()
    frames = [line for line in lines if line and not line.startswith("#")]
    made: dict[str, None] = {}
    while sum(map(len, made)) < characters:
        frame = random.choice(frames)
        made[_CHOICE.sub(lambda choice: random.choice(choice[1].split("|")), frame)] = None
    return list(made)
