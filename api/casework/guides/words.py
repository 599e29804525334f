"""Words of the law a guide uses, each said again in plain words, on cited articles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.casework.county import read_strictly
from api.casework.guides.guides import Guide
from knowledge.refs import parse_ref
from knowledge.types import ArticleRef

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Word:
    """A word of the law and what it means; figures in it stand in its laws."""

    word: str
    means: str
    laws: tuple[str, ...]

    @property
    def refs(self) -> tuple[ArticleRef, ...]:
        """The articles the meaning is taken from."""
        return tuple(parse_ref(text) for text in self.laws)


@cache
def words() -> tuple[Word, ...]:
    """All words there is a meaning for."""
    return read_strictly(_HERE / "words.yml", tuple[Word, ...])


def explained(guide: Guide) -> tuple[Word, ...]:
    """The words a guide uses, in the order of the file.

    >>> from api.casework.guides.guides import guide_of
    >>> [one.word for one in explained(guide_of("domestic-violence"))]
    ['告诫书', '人身安全保护令']
    """
    lines = [guide.intro, *guide.evidence, *guide.beware]
    for step in guide.steps:
        lines += [step.do, step.cost, step.time]
    said = "\n".join(lines)
    return tuple(one for one in words() if one.word in said)
