"""Load time, real-time factor, character errors and memory of the engines present.

    python -m eval.speech.bench [--audio FOLDER] [--vosk MODEL_FOLDER]

The folder holds recordings and a manifest.tsv (path, transcript). Live speakers are measured by
tests/speech/bench.py, noise by eval/speech/noise.py.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.settings import Settings
from speech.confidence import Outcome, outcome
from speech.models import current
from speech.supervisor import Supervisor


@dataclass(frozen=True)
class Recording:
    """A file and what is said in it; "" where nobody wrote it down."""

    path: Path
    transcript: str
    seconds: float


def recordings(folder: Path) -> list[Recording]:
    """The recordings of a manifest."""
    with (folder / "manifest.tsv").open(encoding="utf-8") as rows:
        return [
            Recording(folder / row["path"], row["transcript"], float(row["seconds"]))
            for row in csv.DictReader(rows, delimiter="\t")
        ]


def edits(one: str, other: str) -> int:
    """Characters to change, add or leave out to make one the other.

    >>> edits("拖欠工资", "拖前工资"), edits("", "工资")
    (1, 2)
    """
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, start=1):
        before, row[0] = row[0], at
        for place, wanted in enumerate(other, start=1):
            before, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, before + (char != wanted)),
            )
    return row[-1]


async def main(arguments: argparse.Namespace) -> None:
    """Print one JSON object a measurement."""
    found = recordings(arguments.audio) if arguments.audio else []
    whisper = current(Settings().speech_models)  # type: ignore[call-arg]
    for folder in (whisper, arguments.vosk):
        if folder:
            for row in await _measure(folder, found):
                sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


async def _measure(folder: Path, found: list[Recording]) -> list[dict[str, Any]]:
    supervisor = Supervisor(folder)
    began = time.monotonic()
    await supervisor.warm()
    rows: list[dict[str, Any]] = [
        {"model": folder.name, "load s": round(time.monotonic() - began, 1)}
    ]
    try:
        rows += [await _recognise(supervisor, found)] if found else []
    finally:
        rows.append({"model": folder.name, "memory MB": _memory(supervisor.pid)})
        await supervisor.close()
    return rows


async def _recognise(supervisor: Supervisor, found: list[Recording]) -> dict[str, Any]:
    wrong = characters = 0
    took, judged = 0.0, {}
    for recording in found:
        began = time.monotonic()
        heard = await supervisor.hear(recording.path.read_bytes())
        took += time.monotonic() - began
        said = outcome(heard, supervisor.engine)
        judged[recording.path.name] = f"{said.value} {heard.confidence:.2f}"
        if recording.transcript and said is not Outcome.SILENT:
            wrong += edits(heard.text, recording.transcript)
            characters += len(recording.transcript)
    seconds = sum(recording.seconds for recording in found)
    return {
        "engine": supervisor.engine,
        "character error rate": round(wrong / characters, 3),
        "real-time factor": round(took / seconds, 2),
        "judged": judged,
    }


def _memory(pid: int | None) -> int:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--audio", type=Path)
    parser.add_argument("--vosk", type=Path)
    asyncio.run(main(parser.parse_args()))
