"""Step by step: evidence, order of remedies, where, cost and time, each on cited articles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.casework.county import OfficeKind, read_strictly
from api.casework.errors import CaseUnknown
from knowledge.refs import parse_ref
from knowledge.types import ArticleRef

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class GuideStep:
    """One thing to do; figures in it stand in its laws."""

    do: str
    laws: tuple[str, ...]
    where: str = ""
    cost: str = ""
    time: str = ""

    @property
    def refs(self) -> tuple[ArticleRef, ...]:
        """The articles the step stands on."""
        return tuple(parse_ref(text) for text in self.laws)

    @property
    def office(self) -> OfficeKind | None:
        """Where to go, if anywhere."""
        return OfficeKind[self.where.upper()] if self.where else None


@dataclass(frozen=True)
class Guide:
    """One matter from the first evidence to the last remedy."""

    slug: str
    title: str
    intro: str
    evidence: tuple[str, ...]
    steps: tuple[GuideStep, ...]
    beware: tuple[str, ...]
    papers: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    recognise: tuple[str, ...] = ()


@cache
def guides() -> tuple[Guide, ...]:
    """All guides, in the order residents see them."""
    return read_strictly(_HERE / "guides.yml", tuple[Guide, ...])


def guide_of(slug: str) -> Guide:
    """One guide.

    Raises:
        CaseUnknown: there is none of that name.
    """
    for guide in guides():
        if guide.slug == slug:
            return guide
    raise CaseUnknown("没有这份指引")
