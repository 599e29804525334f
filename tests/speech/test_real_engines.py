"""Real models on human recordings and in the ways Vosk is known to die."""

from __future__ import annotations

import csv
import os
import signal
import time
from pathlib import Path

import pytest

from eval.speech.bench import edits
from speech.confidence import Outcome, outcome
from speech.errors import EngineCrashed, RequestInvalid
from speech.supervisor import Supervisor
from tests.speech.sounds import silence
from tests.speech.voice import voice

pytestmark = pytest.mark.slow


async def test_whisper_on_people(whisper_model: Path, recordings: Path) -> None:
    supervisor = Supervisor(whisper_model)
    wrong = characters = 0
    try:
        with (recordings / "manifest.tsv").open(encoding="utf-8") as rows:
            for row in csv.DictReader(rows, delimiter="\t"):
                heard = await supervisor.hear((recordings / row["path"]).read_bytes())
                if row["dialect"] == "Cantonese":
                    assert outcome(heard, "whisper") is Outcome.UNCLEAR
                    continue
                assert outcome(heard, "whisper") is Outcome.HEARD
                wrong += edits(heard.text, row["transcript"])
                characters += len(row["transcript"])
    finally:
        await supervisor.close()
    assert wrong / characters <= 0.20


async def test_vosk_survives_what_kills_it(vosk_model: Path) -> None:
    supervisor = Supervisor(vosk_model)
    try:
        await supervisor.warm()
        for rate, phrases in ((0, []), (100, []), (16_000, [""]), (16_000, ["\x00"])):
            with pytest.raises(RequestInvalid):
                async with supervisor.stream(rate, phrases):
                    pass
        for phrases in (["{}"], ["[]"], ['"'], ["没有这个词"]):
            async with supervisor.stream(16_000, phrases) as stream:
                await stream.send(voice(1.0)[44:])
                await stream.end()
                await stream.last()
        async with supervisor.stream(16_000) as stream:
            await stream.send(silence(20))
            await stream.end()
            assert (await stream.last()).text == ""
        assert supervisor.state["starts"] == 1
        async with supervisor.stream(16_000) as stream:
            await stream.send(voice(1.0)[44:])
            pid = supervisor.pid
            assert pid
            began = time.monotonic()
            os.kill(pid, signal.SIGKILL)
            with pytest.raises(EngineCrashed):
                await stream.last()
            assert time.monotonic() - began < 2
        await supervisor.hear(voice(2.0))
        assert supervisor.state["starts"] == 2
    finally:
        await supervisor.close()
