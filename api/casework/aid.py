"""A legal-aid application: its steps, its deadlines, what to bring, what the resident is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from api.casework.county import County
from api.casework.hours import is_workday
from api.casework.steps import Machine, Role, step
from api.core.deadlines import COUNTY as ZONE
from knowledge.legal_aid import AidFacts, Opinion, assign_by, decide_by

_CLOSES = 17, 30
_LAST_CALL = 15, 0

MACHINE = Machine(
    first="received",
    states={
        "received": "已收到，审查中",
        "supplement": "等您补材料",
        "granted": "给予援助，正在指派律师",
        "assigned": "已指派律师",
        "refused": "不予援助",
        "withdrawn": "已撤回",
        "closed": "已办结",
    },
    steps={
        "ask_supplement": step("一次性告知补材料", "received", "supplement", note="要补哪些材料"),
        "supply": step("材料补好了", "supplement", "received", Role.RESIDENT),
        "grant": step("给予法律援助", "received", "granted", note="给予援助的理由"),
        "refuse": step("不予法律援助", "received supplement", "refused", note="不予援助的理由"),
        "assign": step("指派律师", "granted", "assigned", note="律师姓名、单位和联系电话"),
        "close": step("办结", "assigned", "closed", note="办理结果"),
        "withdraw": step("撤回申请", "received supplement", "withdrawn", Role.RESIDENT),
    },
)
FINAL = frozenset({"refused", "withdrawn", "closed"})


@dataclass(frozen=True)
class Applicant:
    """Who applies and about what, as written in the form."""

    name: str
    phone: str
    story: str
    id_number: str = ""
    township: str = ""
    address: str = ""
    opponent: str = ""


@dataclass(frozen=True)
class Material:
    """One thing to bring or photograph, and why."""

    id: str
    label: str
    why: str


def lane(opinion: Opinion) -> str:
    """Urgent before the law's deadline, same day for those who need it, else the ordinary way."""
    if opinion.urgent:
        return "urgent"
    return "same_day" if opinion.same_day else "ordinary"


LANES = {"urgent": "加急", "same_day": "当日办", "ordinary": "普通"}


def due(state: str, way: str, at: datetime, county: County) -> datetime | None:
    """By when (UTC) the agency must act in this state, counted from `at`; None when never.

    The law gives seven days to decide and three to assign (法律援助法第四十三条). The urgent and
    the same-day lane are this county's promise: by closing time, next working day after 15:00.
    """
    local = at.astimezone(ZONE)
    if state == "granted":
        return assign_by(local).astimezone(UTC)
    if state != "received":
        return None
    by = decide_by(local) if way == "ordinary" else _same_day(local, county)
    return by.astimezone(UTC)


def materials(facts: AidFacts) -> tuple[Material, ...]:
    """The checklist for these facts; only what some article asks for."""
    listed = [
        Material("identity", "身份证（正反两面）", "证明申请人是谁；没有的，带户口簿来问。"),
        Material(
            "case",
            "和这件事有关的材料",
            "合同、欠条、工资条、聊天记录、病历等，有什么带什么。",
        ),
    ]
    if facts.age is not None and facts.age < 18:
        why = "未成年人由法定代理人代为申请（法律援助法第四十条）。"
        listed.append(Material("guardian", "监护关系证明和监护人身份证", why))
    proof = _proof(facts)
    if proof:
        why = "有材料证明的，不用再查家里困不困难（法律援助法第四十二条）。"
        listed.append(Material("status", proof, why))
    elif not facts.exemptions:
        why = "如实说家里的困难，可以自己写一份诚信承诺（法律援助法第四十一条）。"
        listed.append(Material("means", "经济困难说明或者诚信承诺书", why))
    if facts.exemptions:
        why = "说明不受经济困难条件限制的情形（法律援助法第三十二条）。"
        listed.append(Material("exemption", "能说明情形的材料（报警回执、告诫书、照片等）", why))
    return tuple(listed)


def _proof(facts: AidFacts) -> str:
    if facts.on_relief:
        return "低保证、特困证、优抚证等救助优抚证明"
    if facts.migrant_worker:
        return "外出务工的材料（居住证、工牌、用工记录、村委会证明等）"
    if facts.no_fixed_income:
        return "没有固定生活来源的证明；残疾人带残疾人证"
    return ""


def _same_day(local: datetime, county: County) -> datetime:
    day = local.date()
    if not is_workday(county, day) or (local.hour, local.minute) >= _LAST_CALL:
        day += timedelta(1)
        while not is_workday(county, day):
            day += timedelta(1)
    return datetime(day.year, day.month, day.day, *_CLOSES, tzinfo=ZONE)
