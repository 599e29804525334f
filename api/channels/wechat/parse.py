"""A callback's XML as a value of ours, by wechatpy's parser."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from xml.parsers.expat import ExpatError

from wechatpy.parser import parse_message

from api.core.errors import MessageInvalid
from api.core.incoming import Incoming, Kind

_KINDS = {
    "text": Kind.TEXT,
    "voice": Kind.VOICE,
    "image": Kind.IMAGE,
    "location": Kind.LOCATION,
    "subscribe": Kind.SUBSCRIBE,
    "subscribe_scan": Kind.SUBSCRIBE,
    "unsubscribe": Kind.UNSUBSCRIBE,
    "scan": Kind.SCAN,
    "click": Kind.MENU,
    "subscribe_msg_popup_event": Kind.GRANT,
    "subscribe_msg_change_event": Kind.REVOKE,
}


def parse(xml: str, channel: str, conversation: Callable[[str], str]) -> Incoming | None:
    """What came in; None for what asks for no answer.

    `conversation` names the conversation with a person.

    Raises:
        MessageInvalid: it is no callback.
    """
    try:
        found: Any = parse_message(xml)
        fields = {str(k): v for k, v in found._data.items() if v is not None}
        person, kind = str(fields["FromUserName"]), _kind(fields)
    except (ExpatError, KeyError, AttributeError, TypeError, ValueError) as error:
        raise MessageInvalid("callback_invalid", "不是微信的消息格式。", "body") from error
    if kind is None:
        return None
    return Incoming(
        channel=channel,
        conversation=conversation(person),
        person=person,
        external_id=_number(fields),
        kind=kind,
        account=str(fields.get("ToUserName", "")),
        text=_text(fields, kind),
        media=str(fields.get("MediaId", "")),
        heard=str(fields.get("Recognition", "")).strip(),
        latitude=_degrees(fields.get("Location_X")),
        longitude=_degrees(fields.get("Location_Y")),
    )


def _kind(fields: dict[str, Any]) -> Kind | None:
    kind = str(fields["MsgType"]).lower()
    if kind != "event":
        return _KINDS.get(kind, Kind.OTHER)
    event = str(fields["Event"]).lower()
    return _KINDS.get(event)


def _text(fields: dict[str, Any], kind: Kind) -> str:
    if kind is Kind.TEXT:
        return str(fields.get("Content", ""))
    if kind is Kind.GRANT:
        return ",".join(_notices(fields.get("SubscribeMsgPopupEvent"), "accept"))
    if kind is Kind.REVOKE:
        return ",".join(_notices(fields.get("SubscribeMsgChangeEvent"), "reject"))
    return str(fields.get("EventKey", ""))


def _notices(event: Any, decided: str) -> list[str]:
    """The notices a resident decided upon so, in a window of WeChat's or in its settings."""
    rows = (event or {}).get("List") or []
    rows = rows if isinstance(rows, list) else [rows]  # one row is no list
    return [str(row["TemplateId"]) for row in rows if row.get("SubscribeStatusString") == decided]


def _number(fields: dict[str, Any]) -> str:
    """The message's number; events have none, so who, when and what stand for it."""
    number = str(fields.get("MsgId", ""))
    if number.isascii() and number.isdigit():
        return number
    names = ("FromUserName", "CreateTime", "Event", "EventKey")
    what = "\0".join(str(fields.get(name, "")) for name in names)
    return "e" + hashlib.sha256(what.encode()).hexdigest()[:40]


def _degrees(text: object) -> float:
    try:
        return float(str(text or 0))
    except ValueError:
        return 0.0
