"""Accounts built from the settings; an account without its secrets is not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from api.channels.kiosk import handover
from api.channels.wechat import reading
from api.channels.wechat.answering import Answering
from api.channels.wechat.callback import Account
from api.channels.wechat.carrier import AccountCarrier
from api.channels.wechat.door import Door
from api.channels.wechat.envelope import Envelope
from api.channels.wechat.onward import Onward
from api.channels.wechat.picture import picture
from api.channels.wechat.reading import Reader
from api.channels.wechat.voice import voice
from api.channels.wechat.welcome import Welcome
from api.clients.wechat import NoticeForm, OfficialAccount, WeChat, WeCom
from api.core.incoming import Kind
from api.notify.links import Links
from api.settings import Settings
from api.storage.contacts import Contacts
from api.storage.inbox import Inbox
from api.storage.outbox import Outbox
from api.storage.pictures import Pictures
from api.wiring import Application


class Channels:
    """Everything that residents reach by an account of theirs."""

    def __init__(self, parts: Application) -> None:
        settings, use = parts.settings, parts.services
        secret = settings.secret_key.get_secret_value()
        self._parts = parts
        self.links = Links(settings.address, secret, use.now)
        self.inbox = Inbox(parts.engine, use.now)
        self.pictures = Pictures(parts.engine, parts.casework.vault, use.now)
        self.contacts = Contacts(parts.engine, use.now)
        self.outbox = Outbox(parts.engine, use.now)
        self.accounts: dict[str, Account] = {}
        self.carriers: dict[str, AccountCarrier] = {}
        self.onward: Onward | None = None
        if settings.wechat_app_id:
            account = wechat_account(settings, use.now)
            self._open(_wechat_door(settings), account, settings.wechat_patience)
            self.onward = Onward(account, parts.casework.carried)
        if settings.wecom_corp_id:
            self._open(_wecom_door(settings), _wecom(settings, parts), settings.wechat_patience)

    def _open(self, door: Door, account: OfficialAccount, patience: float) -> None:
        parts, settings = self._parts, self._parts.settings
        answering = Answering(
            door.channel,
            self.inbox,
            self.outbox,
            parts.messages,
            parts.services,
            self._readers(account),
            self.links,
            patience,
        )
        secret = settings.secret_key.get_secret_value()
        self.accounts[door.channel] = Account(door, answering, secret)
        self.carriers[door.channel] = AccountCarrier(
            account,
            self.inbox,
            self.links,
            parts.services.now,
            settings.wechat_notice_template if door.channel == "wechat" else "",
            asks_first=settings.wechat_notice == "subscribe",
        )

    def _readers(self, account: OfficialAccount) -> dict[Kind, Reader]:
        parts = self._parts
        subscribed, scanned, pressed, stands = Welcome(
            self.inbox,
            parts.messages,
            parts.reviews,
            parts.casework,
            parts.services,
            parts.settings.hotline,
            self._page,
        ).readers()
        return dict.fromkeys(Kind, reading.other) | {
            Kind.TEXT: reading.text(self.inbox),
            Kind.VOICE: voice(account, parts.hearing, self.inbox, parts.casework.county.region),
            Kind.IMAGE: picture(account, parts.reviews, self.pictures),
            Kind.LOCATION: stands,
            Kind.SUBSCRIBE: subscribed,
            Kind.SCAN: scanned,
            Kind.MENU: pressed,
            Kind.UNSUBSCRIBE: reading.unsubscribed,
            Kind.GRANT: reading.granted(self.inbox),
            Kind.REVOKE: reading.granted(self.inbox),
        }

    def _page(self, conversation: str) -> str:
        """Where a conversation held elsewhere can be read, for a week."""
        settings = self._parts.settings
        until = self._parts.services.now() + handover.LASTS
        secret = settings.secret_key.get_secret_value()
        return f"/go/{handover.sealed(secret, conversation, until)}"

    async def close(self) -> None:
        """Let the connections go."""
        for account in self.accounts.values():
            account.answering.close()
        for carrier in self.carriers.values():
            await carrier.account.close()


def _wechat_door(settings: Settings) -> Door:
    token, key = settings.wechat_token.get_secret_value(), settings.wechat_aes_key
    aes = key.get_secret_value()
    envelope = Envelope(aes, settings.wechat_app_id, token) if aes else None
    return Door("wechat", settings.wechat_app_id, token, envelope)


def notice_fields(text: str) -> dict[str, str]:
    """A template's fields and what each gets.

    >>> notice_fields("thing1=title, time3=time")
    {'thing1': 'title', 'time3': 'time'}
    """
    pairs = (part.partition("=") for part in text.split(",") if "=" in part)
    return {name.strip(): of.strip() for name, _, of in pairs}


def wechat_account(settings: Settings, now: Callable[[], datetime]) -> WeChat:
    """The official account of these settings; opens no connection yet."""
    kind = settings.wechat_notice
    fields = notice_fields(settings.wechat_notice_fields)
    form = NoticeForm(kind, settings.wechat_notice_template, fields)
    secret = settings.wechat_app_secret.get_secret_value()
    return WeChat(settings.wechat_api, settings.wechat_app_id, secret, now, form)


def _wecom_door(settings: Settings) -> Door:
    token, corp = settings.wecom_token.get_secret_value(), settings.wecom_corp_id
    envelope = Envelope(settings.wecom_aes_key.get_secret_value(), corp, token)
    return Door("wecom", corp, token, envelope, sealed_echo=True)


def _wecom(settings: Settings, parts: Application) -> WeCom:
    secret, agent = settings.wecom_secret.get_secret_value(), settings.wecom_agent_id
    now = parts.services.now
    return WeCom(settings.wecom_api, settings.wecom_corp_id, secret, agent, now)
