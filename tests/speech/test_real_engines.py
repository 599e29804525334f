"""Real models on human recordings and in the ways Vosk is known to die."""

from __future__ import annotations

import csv
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.hearing import Hearing
from api.wiring import Application
from eval.speech.bench import edits
from speech.errors import AudioInvalid, EngineCrashed, RequestInvalid
from speech.supervisor import Supervisor
from tests.speech.sounds import silence
from tests.speech.voice import voice

pytestmark = pytest.mark.slow


def test_whisper_on_people(parts: Application, whisper_model: Path, recordings: Path) -> None:
    """Through the API: Mandarin comes back to be confirmed, Cantonese with what to do instead."""
    wrong = characters = 0
    manifest = (recordings / "manifest.tsv").read_text(encoding="utf-8").splitlines()
    with TestClient(create_app(replace(parts, hearing=Hearing(whisper_model)))) as client:
        for row in csv.DictReader(manifest, delimiter="\t"):
            said = client.post(
                "/api/v1/speech", content=(recordings / row["path"]).read_bytes()
            ).json()
            if row["dialect"] == "Cantonese":
                assert (said["outcome"], said["text"]) == ("unclear", "")
                assert said["message"] == "没听清，请再说一遍，或按键选择、转人工。"
                continue
            assert said["outcome"] == "heard"
            wrong += edits(said["raw"], row["transcript"])
            characters += len(row["transcript"])
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
        with pytest.raises(AudioInvalid, match="太长"):
            async with supervisor.stream(16_000) as stream:
                for _ in range(600):
                    await stream.send(silence(1))
                await stream.end()
                await stream.last()
        with pytest.raises(AudioInvalid, match="认不出"):
            await supervisor.hear(b"this is no sound" * 100)
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
        for _ in range(2):  # a recogniser that was begun tells the time of the utterance
            heard = await supervisor.hear(voice(2.0))
            assert all(0 <= word.start <= word.end <= 2.5 for word in heard.words)
        assert supervisor.state["starts"] == 2
    finally:
        await supervisor.close()
