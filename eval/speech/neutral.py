"""Twenty thousand characters of ordinary talk, made of our own sentences."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import yaml

_FRAMES = Path(__file__).with_name("neutral.txt")
_CHAT = Path("bot/data/nlu")
_CHOICE = re.compile(r"\{([^{}]+)\}")


def neutral(characters: int = 20_000, seed: int = 7, frames: slice = slice(None)) -> list[str]:
    """Different sentences until there are so many characters.

    Args:
        characters: at least so many.
        seed: another makes other sentences of the same frames.
        frames: which frames to take.

    >>> lines = neutral(500)
    >>> 500 <= sum(map(len, lines)) < 560, len(set(lines)) == len(lines)
    (True, True)
    """
    random = Random(seed)  # noqa: S311 - a fixed choice of sentences
    lines = _FRAMES.read_text(encoding="utf-8").splitlines()
    chosen = [line for line in lines if line and not line.startswith("#")][frames]
    made: dict[str, None] = {}
    while sum(map(len, made)) < characters:
        frame = random.choice(chosen)
        made[_CHOICE.sub(lambda choice: random.choice(choice[1].split("|")), frame)] = None
    return list(made)


def chat() -> list[str]:
    """Greetings and requests that have nothing to do with law, as the dialogue learns them."""
    lines: list[str] = []
    for name in ("smalltalk", "out_of_scope"):
        told = yaml.safe_load((_CHAT / f"{name}.yml").read_text(encoding="utf-8"))
        for intent in told["nlu"]:
            lines += [line.removeprefix("- ") for line in intent["examples"].splitlines()]
    return lines
