"""Photos for the lawyer from the chat page: only to an open case, cleaned, sealed, told."""

from __future__ import annotations

import io

import httpx
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from api.wiring import Application
from tests.desk import Colleague

TALK = "conversation-1"
PATH = f"/api/v1/conversations/{TALK}/photos"


def picture() -> bytes:
    """A photo that says where it was taken."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "在县城拍的"
    Image.new("RGB", (64, 48), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def send(client: TestClient, data: bytes, path: str = PATH) -> httpx.Response:
    return client.post(path, files={"photo": ("photo.jpg", data, "image/jpeg")})


@pytest.fixture
def held(parts: Application, client: TestClient) -> int:
    """A question that lies with a lawyer; the case's number."""
    parts.library.confidence = 0.1
    body = {"conversation": TALK, "text": "房东不退押金", "client_message_id": "message-1"}
    client.post("/api/v1/messages", json=body)
    (case,) = parts.reviews.all()
    return case.id


def test_the_lawyer_sees_it(client: TestClient, held: int, staff: Colleague) -> None:
    answer = send(client, picture())
    assert answer.status_code == 201 and "照片收到了" in answer.json()["answer"]
    (kept,) = client.app.state.pictures.of(held)
    kind, data = client.app.state.pictures.open(held, kept.token)
    assert kind == "image/jpeg" and not Image.open(io.BytesIO(data)).getexif()
    said = client.get(f"/api/v1/conversations/{TALK}/messages").json()["messages"]
    assert said[-2]["text"] == "〔照片，已放进案子〕"
    staff.do(held, "claim")
    assert kept.token in staff.page(f"/cases/{held}")


@pytest.mark.parametrize(
    ("data", "status"), [(b"", 422), (b"no picture", 422), (b"\xff\xd8\xff broken", 422)]
)
def test_what_is_no_picture_is_refused(
    client: TestClient, held: int, data: bytes, status: int
) -> None:
    answer = send(client, data)
    assert answer.status_code == status and answer.json()["error"]["message"]
    assert client.app.state.pictures.of(held) == []


def test_without_a_case_nothing_is_kept(client: TestClient) -> None:
    answer = send(client, picture())
    assert answer.status_code == 409 and "转给律师" in answer.json()["error"]["message"]


def test_a_case_takes_twenty(client: TestClient, held: int) -> None:
    for _ in range(20):
        assert send(client, picture()).status_code == 201
    assert send(client, picture()).status_code == 409
    assert len(client.app.state.pictures.of(held)) == 20


def test_without_script(parts: Application, client: TestClient) -> None:
    parts.library.confidence = 0.1
    form = {"words": "房东不退押金", "message": "form-number-1", "agreed": "yes"}
    page = client.post("/talk", data=form).text
    assert 'action="/talk/photos"' in page
    after = send(client, picture(), "/talk/photos")
    assert after.url.path == "/talk" and "照片收到了" in after.text
    (case,) = parts.reviews.all()
    assert len(client.app.state.pictures.of(case.id)) == 1
