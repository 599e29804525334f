"""What somebody sent over a channel that knows them by an account: words, voice, place, picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of what comes in."""

    TEXT = "text"
    VOICE = "voice"
    IMAGE = "image"
    LOCATION = "location"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    MENU = "menu"
    SCAN = "scan"
    GRANT = "grant"  # yes to one more subscribed notice
    REVOKE = "revoke"  # no to all notices of a kind
    OTHER = "other"  # video, link, card: nothing we can read


@dataclass(frozen=True)
class Incoming:
    """One message or event. `external_id` is the same when it is delivered again.

    `person` is the channel's name of who sent it (openid): never logged, stored sealed only;
    `account` is its name of the account written to.
    `text` is what was written, or the key of a menu or scene, or the notices granted or revoked;
    `heard` the channel's own recognition of a voice message; `media` names a file kept by the
    channel for some days.
    """

    channel: str
    conversation: str
    person: str
    external_id: str
    kind: Kind
    account: str = ""
    text: str = ""
    media: str = ""
    heard: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
