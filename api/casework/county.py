"""The county's profile: townships and offices with address, hours, phone and place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from api.casework.errors import CountyInvalid
from nlu.dialect import Region

_SPAN = r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$"
_EARTH_KM = 6371.0
_STRICT = ConfigDict(extra="forbid")
_T = TypeVar("_T")


class OfficeKind(StrEnum):
    """Kinds of offices, by the name people know."""

    CENTRE = "公共法律服务中心"
    STATION = "公共法律服务站"
    JUSTICE = "司法所"
    LEGAL_AID = "法律援助中心"
    MEDIATION = "人民调解委员会"
    NOTARY = "公证处"
    LABOUR_ARBITRATION = "劳动仲裁院"
    LABOUR_INSPECTION = "劳动保障监察"
    APPRAISAL = "司法鉴定机构"
    POLICE = "派出所"
    COURT = "法院"


@dataclass(frozen=True)
class Schedule:
    """When an office is open; `days` are ISO weekdays, or the lawful working days."""

    __pydantic_config__ = _STRICT
    days: Literal["workdays"] | tuple[Annotated[int, Field(ge=1, le=7)], ...]
    times: tuple[Annotated[str, Field(pattern=_SPAN)], ...]


@dataclass(frozen=True)
class Township:
    """A township or town of the county."""

    __pydantic_config__ = _STRICT
    name: str
    latitude: float
    longitude: float
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Office:
    """One office a resident may go to."""

    __pydantic_config__ = _STRICT
    name: str
    kind: OfficeKind
    township: str
    address: str
    phone: str
    latitude: float
    longitude: float
    schedule: str
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class County:
    """The whole profile; `demo` marks an invented county on every page that shows it.

    `region` is the dialect spoken there (`speech/dialect/regions.yml`), "" for none.
    """

    __pydantic_config__ = _STRICT
    county: str
    schedules: dict[str, Schedule]
    townships: tuple[Township, ...]
    offices: tuple[Office, ...]
    demo: bool = False
    closed_days: tuple[date, ...] = field(default=())
    open_days: tuple[date, ...] = field(default=())
    region: Region | Literal[""] = ""

    def township_in(self, words: str) -> Township | None:
        """The township the words name, by its full name first."""
        for names in (lambda t: (t.name,), lambda t: t.aliases):
            for township in self.townships:
                if any(name in words for name in names(township)):
                    return township
        return None


@dataclass(frozen=True)
class Near:
    """An office and how far it is in a straight line; None when nobody said from where."""

    office: Office
    km: float | None


def load_county(path: Path) -> County:
    """Read the profile.

    Raises:
        CountyInvalid: the file is absent or malformed; the message names the place.
    """
    county = read_strictly(path, County)
    townships = {township.name for township in county.townships}
    for office in county.offices:
        if office.township not in townships:
            raise CountyInvalid(
                f"{path.name}：{office.name}的乡镇“{office.township}”不在townships里"
            )
        if office.schedule not in county.schedules:
            raise CountyInvalid(
                f"{path.name}：{office.name}的开门时间“{office.schedule}”不在schedules里"
            )
    return county


def read_strictly(path: Path, kind: type[_T]) -> _T:
    """A YAML file as a value of ours; unknown and missing fields are named.

    Raises:
        CountyInvalid: the file is absent, no YAML, or does not fit.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TypeAdapter(kind).validate_python(raw)
    except OSError as error:
        raise CountyInvalid(f"读不到{path}：{error.strerror}") from error
    except yaml.YAMLError as error:
        raise CountyInvalid(f"{path.name}不是合格的YAML：{error}") from error
    except ValidationError as error:
        raise CountyInvalid(f"{path.name}：{_explained(error.errors()[0])}") from error


def nearest(
    county: County,
    kinds: tuple[OfficeKind, ...],
    origin: Township | tuple[float, float] | None = None,
) -> list[Near]:
    """Offices of these kinds, nearest first; in the profile's order when there is no origin.

    An origin is a township, or latitude and longitude in degrees.
    """
    here = (origin.latitude, origin.longitude) if isinstance(origin, Township) else origin
    found = [
        Near(office, distance(here, (office.latitude, office.longitude)) if here else None)
        for office in county.offices
        if office.kind in kinds
    ]
    return sorted(found, key=lambda near: near.km) if here else found  # type: ignore[arg-type,return-value]


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in km between points given in degrees.

    >>> round(distance((20.0, 130.0), (21.0, 130.0)))
    111
    """
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


def _explained(problem: Any) -> str:
    where = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "missing":
        return f"缺少{where}"
    if problem["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"不认识的字段{where}"
    return f"{where}的值“{problem['input']}”不对（{problem['msg']}）"
