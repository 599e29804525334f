"""Work orders: taken in at one place, dispatched, worked on, answered, rated, put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from api.casework.county import County, Office, OfficeKind, nearest, read_strictly
from api.casework.errors import CaseUnknown, FormInvalid
from api.casework.hours import is_workday, openings
from api.casework.steps import Machine, Role, step
from api.core.deadlines import COUNTY as ZONE

RECTIFY = timedelta(hours=48)
BAD, BEST = 2, 5
_CLOSES = time(17, 30)
_SLOT = timedelta(minutes=30)
_SLOT_DAYS = 7

MACHINE = Machine(
    first="new",
    states={
        "new": "已受理，等着派单",
        "dispatched": "已派单，等承办单位接收",
        "working": "承办单位正在办",
        "waiting": "等您补充情况",
        "answered": "已办结，请您评价",
        "rectifying": "您不满意，正在整改",
        "closed": "已办结归档",
        "cancelled": "已撤销",
    },
    steps={
        "dispatch": step("派单", "new", "dispatched"),
        "return": step("退回重派", "dispatched working", "new", note="退回的原因"),
        "accept": step("接收", "dispatched", "working"),
        "ask": step("请居民补充", "working", "waiting", note="要补充什么"),
        "supply": step("补充情况", "waiting", "working", Role.RESIDENT, "补充的情况"),
        "finish": step("办结反馈", "working", "answered", note="办理结果"),
        "rate_well": step("评价", "answered", "closed", Role.RESIDENT),
        "rate_badly": step("评价", "answered", "rectifying", Role.RESIDENT),
        "rectify": step("整改反馈", "rectifying", "answered", note="怎么整改的"),
        "cancel": step("撤销", "new dispatched working waiting", "cancelled", Role.RESIDENT),
    },
)
#: Nothing is left to do in these.
FINAL = frozenset({"closed", "cancelled"})
#: Here the resident is to act, so no clock runs against the county.
RESIDENTS_TURN = frozenset({"waiting", "answered"})


@dataclass(frozen=True)
class Service:
    """One service orders are made for; `working_days` run from acceptance."""

    label: str
    use: str
    office: OfficeKind
    materials: tuple[str, ...]
    working_days: int
    promise: str
    laws: tuple[str, ...]
    appointment: bool = False


#: What a bad rating of an application or a paper opens: put right, then answered and rated again.
RECTIFY_NAME = "rectify"
RECTIFICATION = Service(
    label="不满意整改",
    use="您评价不满意的服务，由公共法律服务中心整改",
    office=OfficeKind.CENTRE,
    materials=(),
    working_days=2,
    promise="本县承诺48小时内整改并答复您",
    laws=(),
)


@dataclass(frozen=True)
class Services:
    """What the county refers to."""

    services: dict[str, Service]

    def named(self, name: str) -> Service:
        """A service residents may choose.

        Raises:
            CaseUnknown: there is none.
        """
        if name not in self.services:
            raise CaseUnknown("没有这项服务")
        return self.services[name]

    def of_order(self, name: str) -> Service:
        """The service of an order; bad ratings make orders nobody chose.

        Raises:
            CaseUnknown: there is none.
        """
        return RECTIFICATION if name == RECTIFY_NAME else self.named(name)


@dataclass(frozen=True)
class Told:
    """What the resident said, once, for everybody who works on it."""

    name: str
    phone: str
    story: str
    township: str = ""
    opponent: str = ""


def load_services(path: Path) -> Services:
    """Read the services of the county.

    Raises:
        CountyInvalid: the file is absent or malformed.
    """
    return read_strictly(path, Services)


def told_from(raw: dict[str, str]) -> Told:
    """What was written in the form.

    Raises:
        FormInvalid: a field is empty or too long.
    """
    told = {name: raw.get(name, "").strip() for name in Told.__dataclass_fields__}
    if not told["name"] or len(told["name"]) > 64:
        raise FormInvalid("请写您的姓名", "name")
    if sum(sign.isdigit() for sign in told["phone"]) < 7 or len(told["phone"]) > 32:
        raise FormInvalid("请写能打通的电话，例如13800000000", "phone")
    if not told["story"]:
        raise FormInvalid("请写几句是什么事", "story")
    if len(told["story"]) > 3000 or any(len(told[n]) > 200 for n in ("township", "opponent")):
        raise FormInvalid("写得太长，先写最要紧的", "story")
    return Told(**told)


def due(state: str, service: Service, at: datetime, county: County) -> datetime | None:
    """By when (UTC) the county must act in this state; None when it is the resident's turn.

    One working day to dispatch and one to accept; then the service's own days; 48 hours to put
    right what was rated badly.
    """
    if state in FINAL or state in RESIDENTS_TURN:
        return None
    if state == "rectifying":
        return at + RECTIFY
    days = service.working_days if state == "working" else 1
    return working_days_after(at, days, county)


def working_days_after(at: datetime, days: int, county: County) -> datetime:
    """Closing time of the n-th working day after the day of `at`, in UTC."""
    day = at.astimezone(ZONE).date()
    while days:
        day += timedelta(1)
        days -= is_workday(county, day)
    return datetime.combine(day, _CLOSES, ZONE).astimezone(UTC)


def rating_step(stars: int) -> str:
    """The step a rating of one to five stars is.

    Raises:
        FormInvalid: not one to five.
    """
    if not 1 <= stars <= BEST:
        raise FormInvalid("请选一到五星", "rating")
    return "rate_badly" if stars <= BAD else "rate_well"


def office_for(service: Service, township: str, county: County) -> Office | None:
    """The nearest office that gives the service."""
    found = nearest(county, (service.office,), county.township_in(township) if township else None)
    return found[0].office if found else None


def slots(county: County, office: Office, now: datetime) -> tuple[datetime, ...]:
    """Half hours the office can offer (UTC), from the next day on."""
    first = now.astimezone(ZONE).date() + timedelta(1)
    last: date = first + timedelta(_SLOT_DAYS)
    found = []
    for start, end in openings(county, office, first):
        if start.date() >= last:
            break
        at = start
        while at + _SLOT <= end:
            found.append(at.astimezone(UTC))
            at += _SLOT
    return tuple(found)
