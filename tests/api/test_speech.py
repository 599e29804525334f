"""Speech through HTTP and the WebSocket, over the real process with a fake engine in it."""

from __future__ import annotations

import dataclasses
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from api.app import create_app
from api.channels.speech import MAX_FRAME
from api.hearing import Hearing
from api.wiring import Application
from speech.audio import MAX_BYTES
from tests.speech.sounds import recording, silence
from tests.speech.voice import voice

pytestmark = pytest.mark.slow

PATH = "/api/v1/speech"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "fake-model"
    folder.mkdir()
    (folder / "says.txt").write_text("老板 拖欠 工资 两万块", encoding="utf-8")
    return folder


@pytest.fixture
def listener(parts: Application, model: Path) -> Iterator[TestClient]:
    hearing = Hearing(model, streams=2)
    with TestClient(create_app(dataclasses.replace(parts, hearing=hearing))) as client:
        yield client


def upload(client: TestClient, data: bytes, query: str = "") -> tuple[int, dict]:
    answer = client.post(PATH + query, content=data, headers={"content-type": "audio/wav"})
    return answer.status_code, answer.json()


def test_a_recording_comes_back_as_words_to_confirm(listener: TestClient) -> None:
    status, said = upload(listener, voice(4.0), "?dialect=nanjiang")
    assert status == 200
    assert (said["outcome"], said["text"]) == ("heard", "老板拖欠工资两万块")
    assert said["read_back"] == [{"kind": "amount", "heard": "两万块", "says": "20,000元"}]
    assert said["engine"] == "fake"
    state = listener.get("/readyz").json()["speech"]
    assert (state["engine"], state["model"], state["loaded"]) == ("fake", "fake-model", True)


def test_nothing_unclear_is_shown_as_understood(listener: TestClient, model: Path) -> None:
    (model / "sure.txt").write_text("0.3")
    _, said = upload(listener, voice(4.0))
    assert (said["outcome"], said["text"]) == ("unclear", "")
    assert said["message"] == "没听清，请再说一遍，或按键选择、转人工。"


def test_silence(listener: TestClient) -> None:
    _, said = upload(listener, recording("wav", "pcm_s16le", seconds=2))
    assert (said["outcome"], said["text"], said["words"]) == ("silent", "", [])
    assert said["message"] == "没听到说话。请靠近话筒，按住再说一遍；也可以打字。"
    _, said = upload(listener, recording("wav", "pcm_s16le", seconds=2), "?hands_free=true")
    assert said["message"] == "没听到说话。请靠近话筒，再说一遍；也可以打字。"


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 422, "audio_empty"),
        (b"not sound at all", 422, "audio_unknown"),
        (b"\x00" * (MAX_BYTES + 1), 422, "audio_too_large"),
        (recording("mp3", "libmp3lame", seconds=70), 422, "audio_too_long"),
    ],
)
def test_uploads_that_are_refused(
    listener: TestClient, data: bytes, status: int, code: str
) -> None:
    got, body = upload(listener, data)
    assert (got, body["error"]["code"]) == (status, code)
    assert body["error"]["message"]


def test_an_upload_that_hides_its_size(listener: TestClient) -> None:
    pieces = (b"RIFF....WAVE" + bytes(1 << 20) for _ in range(12))
    answer = listener.post(PATH, content=pieces)
    assert answer.json()["error"]["code"] == "audio_too_large"


def test_an_unknown_dialect(listener: TestClient) -> None:
    assert upload(listener, voice(1.0), "?dialect=mars")[0] == 422


def test_without_a_model(client: TestClient) -> None:
    status, body = upload(client, voice(1.0))
    assert (status, body["error"]["code"]) == (503, "speech_off")
    assert client.get("/readyz").json()["speech"]["engine"] == "off"


def finals(socket: object) -> Iterator[dict]:
    while True:
        message = socket.receive_json()  # type: ignore[attr-defined]
        if message["type"] in ("final", "error"):
            yield message
        if message["type"] == "error" or message.get("last"):
            return


def test_live_words(listener: TestClient) -> None:
    with listener.websocket_connect(PATH) as socket:
        socket.send_json({"start": {"format": "pcm", "rate": 16000, "dialect": "wuhu"}})
        assert socket.receive_json()["type"] == "ready"
        sound = voice(4.0)[44:]
        for at in range(0, len(sound), 8_000):
            socket.send_bytes(sound[at : at + 8_000])
            time.sleep(0.02)
        socket.send_json({"eof": 1})
        seen = []
        while not seen or not seen[-1].get("last"):
            seen.append(socket.receive_json())
        kinds = [message["type"] for message in seen]
        assert kinds.index("partial") < kinds.index("final")
        assert seen[-1]["text"] == "老板拖欠工资两万块"


def test_one_connection_several_utterances(listener: TestClient) -> None:
    with listener.websocket_connect(PATH) as socket:
        for _ in range(3):
            socket.send_json({"start": {"format": "wav"}})
            assert socket.receive_json()["type"] == "ready"
            socket.send_bytes(voice(2.0)[:60_000])
            socket.send_json({"eof": 1})
            assert list(finals(socket))[-1]["text"]


def test_vosks_own_words_are_understood(listener: TestClient) -> None:
    with listener.websocket_connect(PATH) as socket:
        socket.send_json({"config": {"sample_rate": 16000}})
        assert socket.receive_json()["type"] == "ready"
        socket.send_bytes(voice(2.0)[44:60_000])
        socket.send_text('{"eof" : 1}')
        assert list(finals(socket))[-1]["text"]


def test_hands_free_keeps_listening(listener: TestClient) -> None:
    with listener.websocket_connect(PATH) as socket:
        socket.send_json({"start": {"hands_free": True}})
        assert socket.receive_json()["type"] == "ready"
        for sound in (voice(1.5)[44:], silence(1.2), voice(1.5)[44:], silence(1.2)):
            for at in range(0, len(sound), 32_000):
                socket.send_bytes(sound[at : at + 32_000])
        socket.send_json({"eof": 1})
        heard = [message for message in finals(socket) if message["text"]]
        assert len(heard) == 2


@pytest.mark.parametrize(
    "start",
    [
        {"start": {"rate": 0}},
        {"start": {"rate": 100}},
        {"start": {"format": "exe"}},
        {"start": {"phrases": [""]}},
        {"start": {"phrases": {}}},
        {"start": {"dialect": "mars"}},
        {"start": {"rate": "x"}},
        {"hello": 1, "rate": []},
        [],
    ],
)
def test_a_bad_start_is_an_error_and_the_next_one_works(
    listener: TestClient, start: object
) -> None:
    with listener.websocket_connect(PATH) as socket:
        socket.send_json(start)
        assert socket.receive_json()["type"] == "error"
        socket.send_json({"start": {}})
        assert socket.receive_json()["type"] == "ready"


def test_garbage_is_an_error_and_the_next_utterance_works(listener: TestClient) -> None:
    with listener.websocket_connect(PATH) as socket:
        socket.send_json({"start": {"format": "webm"}})
        socket.receive_json()
        socket.send_bytes(os.urandom(20_000))
        assert next(finals(socket))["code"] in ("audio_unknown", "audio_unreadable")
        socket.send_json({"start": {}})
        assert socket.receive_json()["type"] == "ready"


def test_a_frame_too_large_ends_the_connection(listener: TestClient) -> None:
    with listener.websocket_connect(PATH) as socket:
        socket.send_json({"start": {}})
        socket.receive_json()
        socket.send_bytes(bytes(MAX_FRAME + 1))
        assert next(finals(socket))["code"] == "frame_too_large"
        with pytest.raises(WebSocketDisconnect):
            socket.receive_json()


def test_beyond_capacity_is_busy(listener: TestClient) -> None:
    with (
        listener.websocket_connect(PATH) as one,
        listener.websocket_connect(PATH) as two,
        listener.websocket_connect(PATH) as three,
    ):
        for socket in (one, two):
            socket.send_json({"start": {}})
            assert socket.receive_json()["type"] == "ready"
        three.send_json({"start": {}})
        assert three.receive_json()["type"] == "busy"
        assert upload(listener, voice(1.0))[1]["error"]["code"] == "speech_busy"


def test_another_sites_page_may_not_listen(listener: TestClient) -> None:
    origin = {"origin": "https://elsewhere.example"}
    with (
        listener.websocket_connect(PATH, headers=origin) as socket,
        pytest.raises(WebSocketDisconnect),
    ):
        socket.receive_json()


def test_the_recogniser_killed_in_the_middle(listener: TestClient) -> None:
    hearing: Hearing = listener.app.state.hearing  # type: ignore[attr-defined]
    with listener.websocket_connect(PATH) as socket:
        socket.send_json({"start": {}})
        socket.receive_json()
        socket.send_bytes(voice(1.0)[44:])
        pid = hearing.supervisor.pid
        assert pid
        began = time.monotonic()
        os.kill(pid, signal.SIGKILL)
        assert next(finals(socket))["code"] == "speech_restarted"
        assert time.monotonic() - began < 2
        socket.send_json({"start": {}})
        assert socket.receive_json()["type"] == "ready"
        socket.send_bytes(voice(2.0)[44:60_000])
        socket.send_json({"eof": 1})
        assert list(finals(socket))[-1]["text"]


def test_no_words_in_the_log(listener: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    upload(listener, voice(4.0))
    assert "拖欠" not in caplog.text
