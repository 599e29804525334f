"""Where to go: "离我最近的司法所在哪" answered from the county's profile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from api.casework.county import County, Near, OfficeKind, Township, nearest
from api.casework.hours import opening, week
from api.core.types import Decision, Link, Reply, Suggestion

_SHOWN = 3
_LONGEST = 30
_NAMES: dict[str, tuple[OfficeKind, ...]] = {
    r"法律援助中心|法援中心|法律援助处": (OfficeKind.LEGAL_AID,),
    r"法律服务中心|法律服务站|公共法律服务": (OfficeKind.CENTRE, OfficeKind.STATION),
    r"司法所": (OfficeKind.JUSTICE,),
    r"调解委员会|调委会|调解室|人民调解": (OfficeKind.MEDIATION,),
    r"公证处": (OfficeKind.NOTARY,),
    r"劳动仲裁|仲裁院|仲裁委": (OfficeKind.LABOUR_ARBITRATION,),
    r"劳动监察|劳动保障监察|监察大队": (OfficeKind.LABOUR_INSPECTION,),
    r"司法鉴定|鉴定所|鉴定机构": (OfficeKind.APPRAISAL,),
    r"派出所": (OfficeKind.POLICE,),
    r"法院|法庭": (OfficeKind.COURT,),
}
_PLACE = re.compile(
    r"在哪|在那里|哪里有|哪儿有|怎么走|咋走|地址|位置|最近的|离我|几点|开门|关门|上班|下班|"
    r"办公时间|电话(是|号码)?多少|的电话"
)
_NO_PLACE = re.compile(r"告|起诉|立案|判|执行|违法|赔|欠|打人|抓|拘|可以吗|要钱|收费|多久|材料")


def kinds_in(words: str) -> tuple[OfficeKind, ...]:
    """Kinds of offices the words name.

    >>> kinds_in("离我最近的司法所在哪")
    (<OfficeKind.JUSTICE: '司法所'>,)
    """
    for pattern, kinds in _NAMES.items():
        if re.search(pattern, words):
            return kinds
    return ()


def asks_for_place(words: str) -> bool:
    """Whether the words ask where an office is or when it opens, and nothing else.

    >>> asks_for_place("柳河镇的司法所在哪里"), asks_for_place("公证处几点开门")
    (True, True)
    >>> asks_for_place("在法院起诉离婚要准备什么材料"), asks_for_place("派出所打人去哪里告")
    (False, False)
    """
    return (
        len(words) <= _LONGEST
        and bool(kinds_in(words) and _PLACE.search(words))
        and not _NO_PLACE.search(words)
    )


def place_reply(county: County, facts: Mapping[str, str], words: str, now: datetime) -> Reply:
    """The nearest offices of the kind asked for, with hours; asks the township when unsaid."""
    said = f"{facts.get('kind', '')} {words}"
    kinds = kinds_in(said) or (OfficeKind.CENTRE, OfficeKind.STATION, OfficeKind.JUSTICE)
    township = county.township_in(f"{facts.get('township', '')} {words}")
    found = nearest(county, kinds, township)
    name = "、".join(kind.value for kind in kinds)
    if not found:
        return Reply(Decision.CLARIFY, f"本县名册里没有{name}。请拨打12348问一问。")
    # A kind of which the county has only a few needs no township.
    ask = township is None and len(found) > _SHOWN
    return Reply(
        Decision.RELEASE,
        _answer(name, township, found, ask=ask),
        where=tuple(spoken(county, near, now) for near in found[:_SHOWN]),
        notices=_notices(county),
        suggestions=tuple(_from(one, kinds[0]) for one in county.townships) if ask else (),
        links=(Link("全部地点和开门时间", f"/places?kind={kinds[0].name.lower()}"),),
        label="以上信息来自本县公共法律服务名册。",
    )


def nearby_reply(county: County, position: tuple[float, float], now: datetime) -> Reply:
    """The nearest offices for everything, from a position in degrees."""
    kinds = (OfficeKind.CENTRE, OfficeKind.STATION, OfficeKind.JUSTICE)
    found = nearest(county, kinds, position)[:_SHOWN]
    if not found:
        return Reply(Decision.CLARIFY, "本县名册里还没有地点。请拨打12348问一问。")
    return Reply(
        Decision.RELEASE,
        f"离您最近的是{found[0].office.name}。去之前最好先打个电话。",
        where=tuple(spoken(county, near, now) for near in found),
        notices=_notices(county),
        links=(Link("全部地点和开门时间", "/places"),),
        label="以上信息来自本县公共法律服务名册。",
    )


def spoken(county: County, near: Near, now: datetime) -> str:
    """An office in one line, as a clerk would say it."""
    office = near.office
    far = f"，直线约{near.km:.0f}公里" if near.km is not None and near.km >= 1 else ""
    return (
        f"{office.name}：{office.address}{far}；电话{office.phone}；"
        f"{opening(county, office, now).says}（{week(county, office)}）"
    )


def _answer(name: str, township: Township | None, found: list[Near], *, ask: bool) -> str:
    if ask:
        return f"您在哪个乡镇？说了我就能找最近的{name}。先告诉您几处："
    near = f"离{township.name}最近的是" if township else "在"
    return f"{near}{found[0].office.name}。去之前最好先打个电话。"


def _from(township: Township, kind: OfficeKind) -> Suggestion:
    return Suggestion(township.name, f"我在{township.name}，最近的{kind.value}在哪")


def _notices(county: County) -> tuple[str, ...]:
    return ("这是虚构的演示县，地址和电话都不是真的。",) if county.demo else ()
