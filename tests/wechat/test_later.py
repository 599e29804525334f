"""What comes later: a lawyer's answer within and after the 48 hours, quotas, tokens, restarts."""

from __future__ import annotations

import httpx
import pytest

from api.channels.wechat.setup import Channels
from api.core.incoming import Incoming, Kind
from api.core.types import Author, Decision, Reply
from api.review.types import State
from api.settings import Settings
from api.storage.casework_events import tell as put
from api.storage.inbox import conversation_of
from api.storage.outbox import Outbox
from api.wiring import Application
from tests.conftest import Clock
from tests.wechat.account import Account, Resident
from tests.wechat.conftest import ME, until
from tests.wechat.conversing import WORDS, lawyer_answers
from tests.wechat.pushing import Pusher

ASKED = "老板三个月没发工资，合同也没签"


@pytest.fixture
async def me(push: Pusher, parts: Application, account: Account) -> Resident:
    """Somebody whose question waits for a lawyer."""
    parts.library.confidence = 0.1  # type: ignore[attr-defined]
    await push.say(ME, ASKED)
    return account.resident(ME)


def state(parts: Application) -> State:
    """Where the first case stands."""
    return parts.reviews.get(1).state


async def test_an_answer_in_time(me: Resident, parts: Application, clock: Clock) -> None:
    assert "答复会发到这里" in me.read()[0]
    lawyer_answers(parts, clock)
    await until(lambda: len(me.read()) == 2)
    assert WORDS in me.read()[1]
    await until(lambda: state(parts) is State.DELIVERED)


async def test_after_48_hours_it_waits_for_the_next_contact(
    me: Resident, parts: Application, clock: Clock, push: Pusher
) -> None:
    clock.forward(hours=49)
    case = lawyer_answers(parts, clock)
    await until(lambda: state(parts) is State.FAILED)
    assert "超过48小时" in parts.office.trail.of_case(case.id)[-1].texts["reason"][1]
    assert len(me.read()) == 1
    clock.forward(hours=14)
    await push.say(ME, "你好")
    await until(lambda: len(me.read()) == 3)
    late = next(text for text in me.read() if WORDS in text)
    assert late.startswith("（这是11月25日给您的答复")
    await until(lambda: state(parts) is State.DELIVERED)


async def test_the_quota_is_spent(
    me: Resident, account: Account, parts: Application, clock: Clock, push: Pusher
) -> None:
    me.left = 0
    lawyer_answers(parts, clock)
    await until(lambda: ("custom", 45047) in account.calls)
    await until(lambda: state(parts) is State.FAILED)
    await push.say(ME, "你好")
    await until(lambda: WORDS in "".join(me.read()))
    assert "".join(me.read()).count(WORDS) == 1


@pytest.mark.usefixtures("me")
async def test_an_account_without_the_right_to_send(
    account: Account, parts: Application, clock: Clock
) -> None:
    account.faults.unauthorised = True
    case = lawyer_answers(parts, clock)
    await until(lambda: state(parts) is State.FAILED)
    reason = parts.office.trail.of_case(case.id)[-1].texts["reason"][1]
    assert "微信认证" in reason


async def test_a_token_that_ended_is_fetched_once_more(
    me: Resident, account: Account, parts: Application, clock: Clock
) -> None:
    lawyer_answers(parts, clock)
    await until(lambda: len(me.read()) == 2)
    account.expire_token()
    (case,) = parts.reviews.all()
    await until(lambda: state(parts) is State.DELIVERED)
    tell(parts, case.conversation, "补充一句")
    await until(lambda: len(me.read()) == 3)
    assert account.tokens_made == 2


async def test_a_passing_fault_is_tried_again(
    me: Resident, account: Account, parts: Application, clock: Clock
) -> None:
    account.faults.error, account.faults.errors_left = -1, 2
    lawyer_answers(parts, clock)

    def delivered_some_seconds_later() -> bool:
        clock.forward(seconds=1)
        return state(parts) is State.DELIVERED

    await until(delivered_some_seconds_later)
    assert account.calls.count(("custom", -1)) == 2
    assert "".join(me.read()).count(WORDS) == 1


async def test_an_answer_at_night_waits_for_the_morning(
    me: Resident, parts: Application, clock: Clock
) -> None:
    clock.forward(hours=13)  # 23:00 in the county
    lawyer_answers(parts, clock)
    await until(lambda: state(parts) is State.SENT)
    assert len(me.read()) == 1
    clock.forward(hours=8, minutes=5)
    await until(lambda: len(me.read()) == 2)


@pytest.mark.usefixtures("app_url")
async def test_what_a_stopped_process_left_is_answered(
    account: Account, parts: Application, clock: Clock
) -> None:
    account.wrote(ME, ASKED)
    conversation = conversation_of("wechat", account.app_id, ME, "secret-key")
    channels = Channels(parts)
    channels.inbox.accept([Incoming("wechat", conversation, ME, "1", Kind.TEXT, text=ASKED)])
    await channels.close()
    clock.forward(minutes=2)
    await until(lambda: account.resident(ME).read(), seconds=12)
    assert len(account.resident(ME).read()) == 1


class TestNotices:
    """An account that was granted a template."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """A template message with three fields."""
        own = {
            "wechat_notice": "template",
            "wechat_notice_template": "T1",
            "wechat_notice_fields": "thing1=title,number2=reference,time3=time",
        }
        return settings.model_copy(update=own)

    async def test_a_notice_brings_the_resident_to_the_answer(
        self, me: Resident, parts: Application, clock: Clock, app_url: str
    ) -> None:
        clock.forward(hours=49)
        case = lawyer_answers(parts, clock)
        await until(lambda: len(me.read()) == 2)
        notice = me.screen[-1]
        assert notice.way == "notice" and WORDS not in notice.text
        assert case.reference in notice.text and "2026-11-25" in notice.text
        path = notice.text.split("https://law.example")[1]
        async with httpx.AsyncClient(base_url=app_url, timeout=30) as browser:
            assert WORDS in (await browser.get(path)).text
        assert state(parts) is State.DELIVERED

    @pytest.mark.usefixtures("me")
    async def test_a_refused_notice_is_no_notice(
        self, account: Account, parts: Application, clock: Clock
    ) -> None:
        account.faults.notices_refused = True
        clock.forward(hours=49)
        lawyer_answers(parts, clock)
        await until(lambda: state(parts) is State.FAILED)
        assert ("notice", 43101) in account.calls


class TestSubscribed:
    """An account whose notices each resident has to ask for, one by one."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """A subscribed notice with two fields."""
        own = {
            "wechat_notice": "subscribe",
            "wechat_notice_template": "-T_1",
            "wechat_notice_fields": "thing1=title,time3=time",
        }
        return settings.model_copy(update=own)

    async def test_each_yes_is_good_for_one_notice(
        self, me: Resident, parts: Application, clock: Clock, push: Pusher
    ) -> None:
        await push.decide(ME, "-T_1", accept=True)
        clock.forward(hours=49)
        case = lawyer_answers(parts, clock)
        await until(lambda: len(me.read()) == 2)
        assert me.screen[-1].way == "notice" and me.grants == {"-T_1": 0}
        tell(parts, case.conversation, "补充一句")
        await until(lambda: parts.office.trail.of_case(case.id) and undelivered(parts) == 2)
        assert len(me.read()) == 2

    async def test_nothing_is_sent_to_whoever_never_agreed_or_wants_no_more(
        self, me: Resident, account: Account, parts: Application, clock: Clock, push: Pusher
    ) -> None:
        await push.decide(ME, "-T_1", accept=True)
        await push.decide(ME, "-T_1", accept=False)
        clock.forward(hours=49)
        lawyer_answers(parts, clock)
        await until(lambda: state(parts) is State.FAILED)
        assert len(me.read()) == 1
        assert "notice" not in {call for call, _ in account.calls}

    async def test_a_late_yes_brings_what_waits(
        self, me: Resident, parts: Application, clock: Clock, push: Pusher
    ) -> None:
        clock.forward(hours=49)
        lawyer_answers(parts, clock)
        await until(lambda: state(parts) is State.FAILED)
        await push.decide(ME, "-T_1", accept=True)
        await until(lambda: len(me.read()) == 2)
        assert me.screen[-1].way == "notice"


def undelivered(parts: Application) -> int:
    """How many messages wait for the resident to write."""
    outbox = Outbox(parts.engine, parts.services.now)
    return sum(row.state == "parked" for row in outbox.undelivered())


def tell(parts: Application, conversation: str, words: str) -> None:
    """Something the office says by itself."""
    with parts.engine.begin() as connection:
        reply = Reply(Decision.RELEASE, words, author=Author.LAWYER)
        put(connection, conversation, reply, parts.services.now())
