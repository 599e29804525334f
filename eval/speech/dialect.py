"""Legal terms found again after a region's sounds, and what is found where there is none.

python -m eval.speech.dialect
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from api.hearing import legal_terms
from eval.speech.corrupt import misheard
from eval.speech.neutral import neutral
from knowledge.faq import load_faq
from knowledge.sparse import cut
from speech.dialect.candidates import Finder
from speech.dialect.sounds import regions

_FAQ = Path("knowledge/faq")
_EACH = 400  # misheard terms a region


@dataclass(frozen=True)
class Misheard:
    """A question in which one term was written as something else."""

    text: str
    term: str


def sentences() -> list[str]:
    """Wordings of the FAQ."""
    entries = load_faq(_FAQ)
    return [wording for entry in entries for wording in (entry.question, *entry.variants)]


def spoiled(region: str, texts: list[str], terms: list[str]) -> Iterator[Misheard]:
    """Questions with one term misheard, each term about as often as residents use it."""
    random = Random(region)  # noqa: S311 - a fixed sample
    order = texts[:]
    random.shuffle(order)
    for text in order:
        there = [term for term in terms if term in text]
        if not there:
            continue
        term = random.choice(there)
        wrong = misheard(term, region, random)
        if wrong:
            yield Misheard(text.replace(term, wrong), term)


def main() -> None:
    """Print recall for each region and false additions in a thousand neutral characters."""
    terms = legal_terms()
    finder = Finder(terms, cut)
    texts, long = sentences(), sorted((t for t in terms if len(t) >= 2), key=len, reverse=True)
    quiet = neutral()
    characters = sum(map(len, quiet))
    for region in regions():
        cases = [case for case, _ in zip(spoiled(region, texts, long), range(_EACH), strict=False)]
        missed = [c for c in cases if not _found(finder, c, region)]
        added = [(line, c) for line in quiet for c in finder.find(line, (), region)]
        row = {
            "region": region,
            "misheard": len(cases),
            "recall": round(1 - len(missed) / len(cases), 3),
            "false additions in 1,000": round(1000 * len(added) / characters, 3),
        }
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        if "-v" in sys.argv:
            for case in missed[:25]:
                sys.stdout.write(f"  - {case.term}: {case.text}\n")
            for line, candidate in added[:25]:
                sys.stdout.write(f"  + {candidate.heard}->{candidate.term}: {line}\n")


def _found(finder: Finder, case: Misheard, region: str) -> bool:
    return any(c.term == case.term for c in finder.find(case.text, (), region))


if __name__ == "__main__":
    main()
