"""Conflicts in the dates and texts held, for a lawyer to settle in corrections.yml."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml

from knowledge.numbers import from_chinese
from knowledge.statutes import LawText
from knowledge.types import COUNTRY
from knowledge.versions import TITLE, repealed_on, repeals, settle

_NUMBER = re.compile(r"第(.+)条$")


@dataclass(frozen=True)
class Conflict:
    """One contradiction; `settled` is the evidence of the correction that answers it."""

    kind: str
    law: str
    published: date | None
    what: str
    settled: str = ""


def examine(laws: Sequence[LawText], corrections: Path) -> list[Conflict]:
    """Every conflict found, those without a correction first.

    Args:
        laws: as their sources date them, without corrections.
        corrections: what lawyers have settled so far.
    """
    known = {
        (item["law"], item.get("published")): item["evidence"]
        for item in yaml.safe_load(corrections.read_text(encoding="utf-8"))
    }
    found = [
        *_repealed_but_marked_in_force(laws),
        *_marked_repealed_without_a_repeal(laws),
        *_gaps(laws),
        *_duplicates(laws),
    ]
    marked = [replace(one, settled=known.get((one.law, one.published), "")) for one in found]
    return sorted(marked, key=lambda one: (bool(one.settled), one.kind, one.law))


def _repealed_but_marked_in_force(laws: Sequence[LawText]) -> Iterator[Conflict]:
    ends = repeals(laws)
    for version in (law.version for law in settle(laws)):
        day = repealed_on(version.name, ends)
        older = day and version.published and version.published < day
        if older and not version.repealed and not version.valid_until:
            what = f"别的法律宣布自{day}起废止，来源却标为有效"
            yield Conflict("宣布废止却标为有效", version.name, version.published, what)


def _marked_repealed_without_a_repeal(laws: Sequence[LawText]) -> Iterator[Conflict]:
    """Marked 已废止, although no text held says so, or although a law made afterwards cites it."""
    ends = repeals(laws)
    marked = {law.version.name: law.version for law in laws if law.version.repealed}
    cited = _cited(laws, frozenset(marked))
    for name, version in marked.items():
        day = repealed_on(name, ends)
        later = [place for made, place in cited.get(name, []) if day is None or made > day]
        if day is None or later:
            reasons = ["来源标为已废止", *([] if day else ["所收法律都没有宣布废止它"])]
            reasons += [f"{place}引用它" for place in later[:1]]
            yield Conflict("标为废止而依据不足", name, version.published, "，".join(reasons))


def _cited(laws: Sequence[LawText], names: frozenset[str]) -> dict[str, list[tuple[date, str]]]:
    """Where other laws that are not repealed name these laws: the day they were made, the place."""
    places: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for law in laws:
        made = law.version.published
        if law.version.repealed or made is None:
            continue
        for article in law.articles:
            for title in TITLE.findall(article.text) if "废止" not in article.text else ():
                full = title if title in names else COUNTRY + title
                if full in names and full != law.version.name:
                    places[full].append((made, f"《{law.version.name}》{article.number}"))
    return places


def _gaps(laws: Sequence[LawText]) -> Iterator[Conflict]:
    for law in laws:
        numbers = [_whole(article.number) for article in law.articles]
        held = sorted({number for number in numbers if number})
        missing = sorted(set(range(held[0], held[-1] + 1)) - set(held)) if held else []
        if missing:
            listed = "、".join(f"第{number}条" for number in missing[:5])
            what = f"缺{listed}{'等' if len(missing) > 5 else ''}，共{len(missing)}条"
            yield Conflict("条文编号不连续", law.version.name, law.version.published, what)


def _duplicates(laws: Sequence[LawText]) -> Iterator[Conflict]:
    texts = Counter((law.version.name, law.version.published) for law in laws)
    for (name, published), count in texts.items():
        if count > 1:
            yield Conflict("重复", name, published, f"同名同日的文本有{count}份")
    for law in laws:
        twice = [n for n, count in Counter(a.number for a in law.articles).items() if count > 1]
        if twice:
            what = f"{'、'.join(twice[:3])}出现不止一次"
            yield Conflict("重复", law.version.name, law.version.published, what)


def _whole(number: str) -> int | None:
    match = _NUMBER.match(number)
    try:
        return from_chinese(match[1]) if match else None
    except ValueError:
        return None
