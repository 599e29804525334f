"""The delivery of messages put together: carriers and quiet hours."""

from __future__ import annotations

from datetime import datetime

from api.channels.wechat.setup import Channels
from api.core.delivering import Carrier, Parcel
from api.notify.besides import Mailbox, MailCarrier, TextCarrier
from api.notify.delivery import Delivery
from api.notify.quiet import Quiet
from api.storage.contacts import Contacts
from api.wiring import Application


def open_delivery(parts: Application, channels: Channels) -> Delivery:
    """The worker of the outbox over the channels that are set up."""
    quiet = Quiet(parts.settings.quiet_start, parts.settings.quiet_end)
    now = parts.services.now

    contacts = channels.contacts

    def holds(parcel: Parcel) -> datetime | None:
        if parcel.answers or contacts.of(parcel.conversation).at_night:
            return None
        person = channels.inbox.person(parcel.conversation)
        return quiet.until(parcel, now(), person.seen_at if person else None)

    carriers = {**channels.carriers, **_besides(parts, channels, contacts)}
    return Delivery(channels.outbox, parts.reviews, carriers, holds, now)


def _besides(parts: Application, channels: Channels, contacts: Contacts) -> dict[str, Carrier]:
    """Short messages always, if only to say that they cannot be sent; e-mail with a server."""
    settings, links = parts.settings, channels.links
    carriers: dict[str, Carrier] = {
        "sms": TextCarrier(parts.texts, contacts, links, settings.county)
    }
    if settings.smtp_host:
        password = settings.smtp_password.get_secret_value()
        mailbox = Mailbox(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_sender,
            settings.smtp_user,
            password,
            settings.smtp_security,
        )
        carriers["email"] = MailCarrier(mailbox, contacts, links, settings.county)
    return carriers
