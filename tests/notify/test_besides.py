"""Short messages and e-mail beside the conversation: when, what they say, once, and not at all."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from email.message import Message as Mail

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from fastapi.testclient import TestClient

from api.app import create_app
from api.channels.wechat.setup import Channels
from api.core.errors import TextsUnavailable
from api.notifying import open_delivery
from api.settings import Settings
from api.wiring import Application
from tests.conftest import Clock
from tests.desk import enter
from tests.running import free_port
from tests.wechat.conversing import WORDS, lawyer_answers

TALK = "conversation-1"
PHONE, MAIL = "13800000000", "zhang@example.com"


class Phones:
    """A gateway that remembers what it sent, each key once; can be told to fail."""

    sends = True

    def __init__(self) -> None:
        self.sent: dict[str, tuple[str, str]] = {}
        self.failures = 0

    def send(self, phone: str, text: str, key: str) -> None:
        """Send."""
        if self.failures:
            self.failures -= 1
            raise TextsUnavailable("busy")
        self.sent.setdefault(key, (phone, text))


class Mailroom(Handler):
    """Keeps what a real SMTP server on loopback was given."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Mail] = []

    def handle_message(self, message: Mail) -> None:
        """Keep it."""
        self.mails.append(message)


@pytest.fixture
def mailroom() -> Iterator[tuple[Mailroom, int]]:
    """The server and its port."""
    room, port = Mailroom(), free_port()
    controller = Controller(room, hostname="127.0.0.1", port=port)
    controller.start()
    yield room, port
    controller.stop()


@pytest.fixture
def phones() -> Phones:
    """The gateway."""
    return Phones()


@pytest.fixture
def settings(settings: Settings, mailroom: tuple[Mailroom, int]) -> Settings:
    """E-mail over loopback."""
    own = {"smtp_host": "127.0.0.1", "smtp_port": mailroom[1], "smtp_security": "none"}
    own |= {"smtp_sender": "law@county.example", "public_url": "https://law.example"}
    return settings.model_copy(update=own)


@pytest.fixture
def parts(parts: Application, phones: Phones) -> Application:
    """With a gateway for short messages."""
    return dataclasses.replace(parts, texts=phones)


@pytest.fixture
def quiet_client(parts: Application) -> TestClient:
    """HTTP without the application's own worker: the tests turn the crank."""
    from api.storage.migrate import migrate

    migrate(parts.engine)
    return TestClient(create_app(parts))


@pytest.fixture
def held(quiet_client: TestClient, parts: Application) -> TestClient:
    """A question that waits for a lawyer, and how its asker wants to be told."""
    parts.library.confidence = 0.1  # type: ignore[attr-defined]
    ask = {"conversation": TALK, "text": "老板三个月没发工资", "client_message_id": "message-1"}
    assert quiet_client.post("/api/v1/messages", json=ask).json()["decision"] == "hold"
    return quiet_client


def choose(client: TestClient, **ways: object) -> dict[str, object]:
    """Say how to be told."""
    answer = client.put(f"/api/v1/conversations/{TALK}/contact", json=ways)
    return answer.json()  # type: ignore[no-any-return]


async def deliver(parts: Application, times: int = 3) -> None:
    """What the worker does, so many times."""
    channels = Channels(parts)
    delivery = open_delivery(parts, channels)
    for _ in range(times):
        await delivery.once()
    await channels.close()


async def test_told_by_phone_and_mail_but_not_what(
    held: TestClient,
    parts: Application,
    clock: Clock,
    phones: Phones,
    mailroom: tuple[Mailroom, int],
) -> None:
    assert choose(held, phone="138 0000 0000", email=MAIL) == {
        "phone": "138****0000", "email": "z***@example.com", "at_night": False,
    }  # fmt: skip
    case = lawyer_answers(parts, clock)
    await deliver(parts)
    assert not phones.sent, "an open page has two minutes first"
    clock.forward(minutes=3)
    await deliver(parts)
    ((phone, text),) = phones.sent.values()
    assert phone == PHONE and case.reference in text and WORDS not in text
    (mail,) = mailroom[0].mails
    body = mail.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert mail["To"] == MAIL and case.reference in body and WORDS not in body
    assert mail["Message-ID"].startswith("<wenfa-") and "@county.example>" in mail["Message-ID"]
    link = text.split("https://law.example")[1]
    assert WORDS in held.get(link).text


async def test_who_reads_it_in_time_is_not_called(
    held: TestClient, parts: Application, clock: Clock, phones: Phones
) -> None:
    choose(held, phone=PHONE)
    lawyer_answers(parts, clock)
    held.get(f"/api/v1/conversations/{TALK}/messages")
    clock.forward(minutes=3)
    await deliver(parts)
    assert not phones.sent


@pytest.mark.parametrize(("at_night", "sent"), [(False, 0), (True, 1)])
async def test_nobody_is_woken_who_did_not_ask_for_it(
    held: TestClient,
    parts: Application,
    clock: Clock,
    phones: Phones,
    at_night: bool,
    sent: int,
) -> None:
    choose(held, phone=PHONE, at_night=at_night)
    clock.forward(hours=13)
    lawyer_answers(parts, clock)
    clock.forward(minutes=3)
    await deliver(parts)
    assert len(phones.sent) == sent
    clock.forward(hours=8)
    await deliver(parts)
    assert len(phones.sent) == 1


async def test_a_busy_gateway_is_tried_again_and_sends_once(
    held: TestClient, parts: Application, clock: Clock, phones: Phones
) -> None:
    choose(held, phone=PHONE)
    lawyer_answers(parts, clock)
    phones.failures = 3
    for _ in range(6):
        clock.forward(minutes=3)
        await deliver(parts)
    assert len(phones.sent) == 1


async def test_what_is_given_up_stands_on_the_desk(
    held: TestClient, parts: Application, clock: Clock, phones: Phones
) -> None:
    choose(held, phone=PHONE)
    case = lawyer_answers(parts, clock)
    phones.failures = 20
    for _ in range(10):
        clock.forward(hours=24)
        await deliver(parts)
    staff = enter(held, parts.office, "李律师")
    page = staff.page("/deliveries")
    assert case.reference in page and "发不出去" in page and "短信" in page
    assert f'href="/desk/cases/{case.id}"' in page
    slip = staff.http.get("/desk/deliveries/3/slip").text
    assert WORDS in slip and "打印" in slip
    phones.failures = 0
    csrf = {"csrf": staff.csrf}
    again = staff.http.post("/desk/deliveries/3/retry", data=csrf)
    assert again.status_code == 200
    await deliver(parts)
    assert len(phones.sent) == 1
    assert "都送到了" in staff.page("/deliveries")


def test_choices_are_checked_and_taken_back(held: TestClient) -> None:
    assert choose(held, phone="123")["error"]["code"] == "phone_invalid"  # type: ignore[index]
    assert choose(held, email="no mail")["error"]["code"] == "email_invalid"  # type: ignore[index]
    page = held.post(f"/contact/{TALK}", data={"phone": PHONE, "at_night": "1"})
    assert "138****0000" in page.text and PHONE not in page.text
    assert "不再另外通知" in held.post(f"/contact/{TALK}", data={}).text
    strangers = held.post("/contact/conversation-2", data={"phone": PHONE})
    assert strangers.status_code == 422 and "先说说您的事" in strangers.text
