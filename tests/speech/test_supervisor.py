"""The recogniser's process: streams, limits, and every way it may die."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import psutil
import pytest

from speech.errors import (
    AudioInvalid,
    EngineBusy,
    EngineCrashed,
    EngineMissing,
    RequestInvalid,
)
from speech.stream import Final, Partial, Turned
from speech.supervisor import Supervisor
from tests.speech.sounds import silence
from tests.speech.voice import voice

pytestmark = pytest.mark.slow

Make = Callable[..., Path]


@asynccontextmanager
async def running(folder: Path | None, **how: int) -> AsyncIterator[Supervisor]:
    supervisor = Supervisor(folder, **how)
    try:
        yield supervisor
    finally:
        await supervisor.close()


async def test_a_recording_is_heard(fake_model: Make) -> None:
    async with running(fake_model()) as supervisor:
        heard = await supervisor.hear(voice(3.0))
        assert heard.text == "老板拖欠工资"
        assert heard.seconds > 1
        assert supervisor.state["loaded"] is True


async def test_partials_come_while_it_is_spoken(fake_model: Make) -> None:
    async with running(fake_model()) as supervisor, supervisor.stream(16_000) as stream:
        seen: list[str] = []

        async def speak() -> None:
            sound = voice(3.0)[44:]
            for at in range(0, len(sound), 6_400):
                await stream.send(sound[at : at + 6_400])
                await asyncio.sleep(0.1)
            await stream.end()

        speaking = asyncio.create_task(speak())
        async for event in stream.events():
            if isinstance(event, Turned):
                seen.append(event.turn)
            if isinstance(event, Partial):
                seen.append("partial")
            if isinstance(event, Final):
                seen.append("final")
        await speaking
        assert seen[0] == "started"
        assert "partial" in seen
        assert seen[-1] == "final"


async def test_hands_free_ends_an_utterance_at_each_pause(fake_model: Make) -> None:
    async with (
        running(fake_model()) as supervisor,
        supervisor.stream(16_000, hands_free=True) as stream,
    ):
        await stream.send(voice(2.0)[44:] + silence(1.2) + voice(2.0)[44:] + silence(1.2))
        await stream.end()
        finals = [e async for e in stream.events() if isinstance(e, Final)]
    assert [bool(final.heard.text) for final in finals][:2] == [True, True]
    assert [final.last for final in finals] == [False] * (len(finals) - 1) + [True]


async def test_silence_is_no_words(fake_model: Make) -> None:
    async with running(fake_model()) as supervisor, supervisor.stream(16_000) as stream:
        await stream.send(silence(5))
        await stream.end()
        assert (await stream.last()).text == ""


async def test_ten_minutes_of_silence_end_with_a_word(fake_model: Make) -> None:
    async with running(fake_model()) as supervisor:
        await supervisor.warm()
        began = time.monotonic()
        with pytest.raises(AudioInvalid) as caught:
            async with supervisor.stream(16_000) as stream:
                for _ in range(600):
                    await stream.send(silence(1))
                await stream.end()
                await stream.last()
        assert caught.value.code == "audio_too_long"
        assert time.monotonic() - began < 30
        assert (await supervisor.hear(voice(3.0))).text


async def test_what_no_engine_may_get_is_refused_before_it(fake_model: Make) -> None:
    async with running(fake_model()) as supervisor:
        for rate in (0, 100, -16_000, 10**9):
            with pytest.raises(RequestInvalid):
                async with supervisor.stream(rate):
                    pass
        for phrases in ([""], [" "], ["\x00"], ["字" * 31], ["离婚"] * 51, [{}]):
            with pytest.raises(RequestInvalid):
                async with supervisor.stream(16_000, phrases):  # type: ignore[arg-type]
                    pass


async def test_beyond_capacity_is_busy(fake_model: Make) -> None:
    async with running(fake_model(), streams=1) as supervisor, supervisor.stream(16_000):
        with pytest.raises(EngineBusy):
            async with supervisor.stream(16_000):
                pass


async def test_a_stream_left_in_the_middle_gives_its_place_back(fake_model: Make) -> None:
    async with running(fake_model(), streams=1) as supervisor:
        for _ in range(5):
            async with supervisor.stream(16_000) as stream:
                await stream.send(voice(1.0)[44:])
        assert (await supervisor.hear(voice(3.0))).text == "老板拖欠工资"
        assert supervisor.state["starts"] == 1


async def test_without_a_model_it_says_so() -> None:
    async with running(None) as supervisor:
        with pytest.raises(EngineMissing):
            await supervisor.hear(voice(1.0))


async def test_a_model_that_does_not_load(tmp_path: Path) -> None:
    (tmp_path / "am").mkdir()
    (tmp_path / "am/final.mdl").write_bytes(b"no model")
    async with running(tmp_path) as supervisor:
        with pytest.raises((EngineMissing, EngineCrashed)):
            await supervisor.hear(voice(1.0))


async def test_an_abort_in_native_code(fake_model: Make) -> None:
    async with running(fake_model("老板 @crash")) as supervisor:
        await supervisor.warm()
        began = time.monotonic()
        with pytest.raises(EngineCrashed, match="再说一遍"):
            await supervisor.hear(voice(3.0))
        assert time.monotonic() - began < 2
        fake_model()
        assert (await supervisor.hear(voice(3.0))).text == "老板拖欠工资"
        assert supervisor.state["starts"] == 2


async def test_a_hang_is_noticed(fake_model: Make) -> None:
    async with running(fake_model("老板 @hang")) as supervisor:
        await supervisor.warm()
        began = time.monotonic()
        with pytest.raises(EngineCrashed):
            await supervisor.hear(voice(3.0))
        assert time.monotonic() - began < 5
        fake_model()
        assert (await supervisor.hear(voice(3.0))).text


async def test_killed_under_several_speakers(fake_model: Make) -> None:
    async with (
        running(fake_model()) as supervisor,
        supervisor.stream(16_000) as one,
        supervisor.stream(16_000) as other,
    ):
        await one.send(voice(1.0)[44:])
        pid = supervisor.pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        began = time.monotonic()
        for stream in (one, other):
            with pytest.raises(EngineCrashed):
                await stream.last()
        assert time.monotonic() - began < 2


async def test_a_process_that_grows_is_replaced(fake_model: Make) -> None:
    async with running(fake_model("@leak"), memory_mb=170) as supervisor:
        await supervisor.hear(voice(1.0))
        await asyncio.sleep(0.5)
        await supervisor.hear(voice(1.0))
        assert int(str(supervisor.state["starts"])) >= 2


async def test_a_stream_faster_than_the_recogniser_waits(fake_model: Make) -> None:
    async with running(fake_model()) as supervisor, supervisor.stream(16_000) as stream:
        pid = supervisor.pid
        assert pid
        os.kill(pid, signal.SIGSTOP)
        try:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(_pour(stream), 0.5)
        finally:
            os.kill(pid, signal.SIGCONT)


async def _pour(stream: object) -> None:
    while True:
        await stream.send(silence(1))  # type: ignore[attr-defined]


async def session(supervisor: Supervisor, number: int) -> None:
    """Heard to the end; left midway; or no sound at all."""
    async with supervisor.stream(None if number % 3 == 2 else 16_000) as stream:
        await stream.send(b"no sound " * 99 if number % 3 == 2 else voice(1.0)[44:])
        if number % 3 == 1:
            return
        await stream.end()
        with suppress(AudioInvalid):
            await stream.last()


async def test_nothing_is_left_of_twenty_sessions(fake_model: Make) -> None:
    async with running(fake_model()) as supervisor:
        for number in range(3):
            await session(supervisor, number)
        child = psutil.Process(supervisor.pid)
        # Libraries may start a thread late; each kind of session comes six times or more.
        threads, files = child.num_threads() + 2, child.num_fds() + 2
        for number in range(20):
            await session(supervisor, number)
        deadline = time.monotonic() + 30
        while child.num_threads() > threads and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        assert child.num_threads() <= threads
        assert child.num_fds() <= files
        assert (supervisor.state["streams"], supervisor.state["starts"]) == (0, 1)
