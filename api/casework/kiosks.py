"""Village kiosks: what one is, what it reports, when it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: A kiosk reports every minute; three missed in a row are no accident.
SILENT = timedelta(minutes=3)
REGIONS = {
    "": "普通话",
    "qichun": "蕲春话",
    "nanjiang": "南江、巴中话",
    "wuhu": "芜湖话",
    "guangxi": "广西话",
    "yongchun": "永春话",
}


class Supply(StrEnum):
    """The printer's paper, as the attendant or a program beside the printer says."""

    OK = "ok"
    LOW = "low"
    OUT = "out"
    UNKNOWN = "unknown"


class Microphone(StrEnum):
    """What the browser says of the microphone."""

    OK = "ok"
    DENIED = "denied"
    MISSING = "missing"
    UNKNOWN = "unknown"


SUPPLIES = {Supply.OK: "有纸", Supply.LOW: "快没纸", Supply.OUT: "没纸", Supply.UNKNOWN: "没报"}
MICROPHONES = {
    Microphone.OK: "话筒能用",
    Microphone.DENIED: "话筒没允许",
    Microphone.MISSING: "没有话筒",
    Microphone.UNKNOWN: "话筒没报",
}


@dataclass(frozen=True)
class Kiosk:
    """One machine; `phone` is that of whoever looks after it, `region` the dialect spoken there."""

    id: int
    name: str
    township: str
    place: str
    region: str
    phone: str
    paper: Supply
    microphone: Microphone
    registered_at: datetime | None
    seen_at: datetime | None
    revoked_at: datetime | None

    @property
    def where(self) -> str:
        """The place in one line."""
        return f"{self.township}{self.place}（{self.name}）"


def troubles(kiosk: Kiosk, now: datetime) -> tuple[str, ...]:
    """What somebody should look after; empty when all is well."""
    if kiosk.revoked_at:
        return ()
    if kiosk.registered_at is None or kiosk.seen_at is None:
        return ("还没有登记",)
    found = []
    if now - kiosk.seen_at > SILENT:
        found.append("没有动静")
    if kiosk.paper in (Supply.LOW, Supply.OUT):
        found.append(SUPPLIES[kiosk.paper])
    if kiosk.microphone in (Microphone.DENIED, Microphone.MISSING):
        found.append(MICROPHONES[kiosk.microphone])
    return tuple(found)
