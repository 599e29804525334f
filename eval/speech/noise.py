"""What noise does to recordings, and whether the gate then says 没听清.

    python -m eval.speech.noise FOLDER

Each recording of the folder's manifest with white noise and with babble (the other recordings over
one another), at several ratios of speech to noise. Wrong is a transcript with more than half of its
characters wrong, or any of a recording in another language; it must not pass.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from api.settings import Settings
from eval.speech.bench import Recording, edits, recordings
from speech.audio import RATE, decode
from speech.confidence import Outcome, outcome
from speech.models import current
from speech.supervisor import Supervisor
from speech.types import Heard

_RATIOS = (10, 5, 0, -5)  # decibel
_WRONG = 0.5
_THRESHOLDS = (0.5, 0.55, 0.6, 0.64, 0.68, 0.72, 0.76)
Sound = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """One recording under one noise: what the gate made of it, and whether the words were wrong."""

    recording: str
    noise: str
    decibel: int
    outcome: Outcome
    confidence: float
    wrong: bool

    @property
    def fate(self) -> str:
        """Passed or refused, and whether the words were right."""
        passed = "passed" if self.outcome is Outcome.HEARD else "refused"
        return f"{passed} {'wrong' if self.wrong else 'right'}"


def noisy(speech: Sound, noise: Sound, decibel: float) -> Sound:
    """Speech with noise, by the power of both; never louder than a recording can be.

    >>> noisy(np.ones(4), np.full(4, 3.0), 0).tolist()
    [2.0, 2.0, 2.0, 2.0]
    """
    power = np.mean(speech**2) / np.mean(noise**2) / 10 ** (decibel / 10)
    mixed = speech + noise * np.sqrt(power)
    loudest = float(np.abs(mixed).max())
    quiet: Sound = mixed * min(1.0, 32_000 / loudest)
    return quiet


def _sound(recording: Recording) -> Sound:
    with recording.path.open("rb") as file:
        return np.frombuffer(b"".join(decode(file)), "<i2").astype(np.float64)


def _babble(own: Path, sounds: dict[Path, Sound], length: int) -> Sound:
    """Everybody else at once, equally loud."""
    others = [np.resize(s / np.std(s), length) for path, s in sounds.items() if path != own]
    together: Sound = np.sum(others, axis=0)
    return together


def _is_wrong(heard: Heard, recording: Recording) -> bool:
    said = recording.transcript
    return not said or edits(heard.text, said) > _WRONG * len(said)


async def judge(supervisor: Supervisor, found: list[Recording]) -> list[Judged]:
    """Every recording as it is and under each noise."""
    sounds = {recording.path: _sound(recording) for recording in found}
    chance = np.random.default_rng(7)
    judged = []
    for recording in found:
        speech = sounds[recording.path]
        white = chance.standard_normal(len(speech))
        babble = _babble(recording.path, sounds, len(speech))
        versions = [("none", 99, speech)]
        for name, noise in (("white", white), ("babble", babble)):
            versions += [(name, decibel, noisy(speech, noise, decibel)) for decibel in _RATIOS]
        for name, decibel, sound in versions:
            heard = await _hear(supervisor, sound)
            said, wrong = outcome(heard, supervisor.engine), _is_wrong(heard, recording)
            judged.append(Judged(recording.path.name, name, decibel, said, heard.confidence, wrong))
    return judged


async def _hear(supervisor: Supervisor, sound: Sound) -> Heard:
    pcm = sound.astype("<i2").tobytes()
    async with supervisor.stream(RATE) as stream:
        await stream.send(pcm)
        await stream.end()
        return await stream.last()


def by_noise(judged: list[Judged]) -> list[dict[str, object]]:
    """For each noise and ratio: what passed, rightly and wrongly, and what did not."""
    groups: dict[tuple[str, int], list[Judged]] = defaultdict(list)
    for one in judged:
        groups[one.noise, one.decibel].append(one)
    return [
        {
            "noise": noise,
            "decibel": decibel,
            **Counter(one.fate for one in group),
            "confidence": [round(one.confidence, 2) for one in group],
        }
        for (noise, decibel), group in groups.items()
    ]


def by_threshold(judged: list[Judged]) -> list[dict[str, object]]:
    """What other thresholds would have let pass; silence stays silence."""
    spoken = [one for one in judged if one.outcome is not Outcome.SILENT]
    return [
        {
            "threshold": threshold,
            "passed wrong": sum(one.wrong and one.confidence >= threshold for one in spoken),
            "refused right": sum(not one.wrong and one.confidence < threshold for one in spoken),
        }
        for threshold in _THRESHOLDS
    ]


async def main(folder: Path) -> None:
    """Print one JSON object a line."""
    model = current(Settings().speech_models)  # type: ignore[call-arg]
    supervisor = Supervisor(model)
    try:
        judged = await judge(supervisor, recordings(folder))
    finally:
        await supervisor.close()
    for row in by_noise(judged) + by_threshold(judged):
        sys.stdout.write(json.dumps({"engine": supervisor.engine} | row) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    asyncio.run(main(parser.parse_args().folder))
