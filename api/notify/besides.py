"""Short messages and e-mail: they say that there is an answer and where, never what it says."""

from __future__ import annotations

import asyncio
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage

from api.clients.sms import Texts
from api.core.delivering import Impossible, Later, Parcel
from api.core.errors import TextRefused, TextsUnavailable
from api.notify.links import Links
from api.storage.contacts import Contacts

_SMTP_SECONDS = 10


def words(parcel: Parcel, county: str, links: Links) -> str:
    """One sentence and a link."""
    number = f"（编号{parcel.reply.reference}）" if parcel.reply.reference else ""
    link = links.answer(parcel.message, parcel.created_at)
    return f"【{county}公共法律服务】您咨询的事有了答复{number}，7天内点开看：{link}"


@dataclass(frozen=True)
class TextCarrier:
    """By short message, to the phone the resident named."""

    texts: Texts
    contacts: Contacts
    links: Links
    county: str

    async def carry(self, parcel: Parcel) -> int:
        """Send it; the gateway sends a key once."""
        phone = (await asyncio.to_thread(self.contacts.of, parcel.conversation)).phone
        if not phone:
            raise Impossible("居民没有留手机号，或者不要短信通知了")
        if not self.texts.sends:
            raise Impossible("没有设置短信网关，短信发不出去")
        text = words(parcel, self.county, self.links)
        try:
            await asyncio.to_thread(self.texts.send, phone, text, parcel.key)
        except TextsUnavailable as error:
            raise Later(str(error)) from error
        except TextRefused as error:
            raise Impossible(str(error)) from error
        return 0


@dataclass(frozen=True)
class Mailbox:
    """The server that takes our e-mail: `security` is starttls, tls or none (this machine only)."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: str = "starttls"

    def send(self, message: EmailMessage) -> None:
        """Hand it over; blocks."""
        kind = smtplib.SMTP_SSL if self.security == "tls" else smtplib.SMTP
        with kind(self.host, self.port, timeout=_SMTP_SECONDS) as server:
            if self.security == "starttls":
                server.starttls()
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)


@dataclass(frozen=True)
class MailCarrier:
    """By e-mail; a repeated message has the same Message-ID, by which mailboxes drop doubles."""

    mailbox: Mailbox
    contacts: Contacts
    links: Links
    county: str

    async def carry(self, parcel: Parcel) -> int:
        """Send it."""
        to = (await asyncio.to_thread(self.contacts.of, parcel.conversation)).email
        if not to:
            raise Impossible("居民没有留邮箱，或者不要邮件通知了")
        message = EmailMessage()
        message["From"], message["To"] = self.mailbox.sender, to
        message["Subject"] = f"{self.county}公共法律服务：您咨询的事有了答复"
        message["Message-ID"] = f"<{parcel.key}@{self.mailbox.sender.rpartition('@')[2]}>"
        message.set_content(words(parcel, self.county, self.links) + "\n")
        try:
            await asyncio.to_thread(self.mailbox.send, message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
            raise Impossible("邮件服务器不收这个地址") from error
        except (OSError, smtplib.SMTPException) as error:
            raise Later(f"连不上邮件服务器：{type(error).__name__}") from error
        return 0
