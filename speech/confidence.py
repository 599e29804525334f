"""How sure an engine must be before its words are shown; below it: say it again."""

from __future__ import annotations

from enum import StrEnum

from speech.types import Heard

UNCLEAR = "没听清，请再说一遍，或按键选择、转人工。"
SILENT = "没听到说话。请靠近话筒，再说一遍；也可以打字。"
#: Where a button is held down while one speaks.
SILENT_HELD = "没听到说话。请靠近话筒，按住再说一遍；也可以打字。"

# Whisper: mean chance of a token. Of five Mandarin recordings the least sure reached 0.70, the
# Cantonese one 0.59; under noise none of 29 wrong ones reached 0.60 (docs/figures.md).
# Vosk: mean confidence of the words; untried on Mandarin.
_LEAST = {"whisper": 0.64, "vosk": 0.6, "fake": 0.5}
_SHORTEST = 0.2  # seconds of speech; less is a click or a breath


class Outcome(StrEnum):
    """What may be done with what was heard."""

    HEARD = "heard"
    UNCLEAR = "unclear"
    SILENT = "silent"


def outcome(heard: Heard, engine: str) -> Outcome:
    """Whether the words may be shown for confirmation.

    >>> outcome(Heard("离婚怎么办", 0.8, seconds=2), "whisper").value
    'heard'
    >>> outcome(Heard("于是山东一带", 0.59, seconds=4), "whisper").value
    'unclear'
    >>> outcome(Heard(""), "whisper").value
    'silent'
    """
    if heard.seconds < _SHORTEST:
        return Outcome.SILENT
    if not heard.text or heard.confidence < _LEAST.get(engine, 1.0):
        return Outcome.UNCLEAR
    return Outcome.HEARD
