"""Legal terms found again after a region's sounds, and what is found where there is none.

python -m eval.speech.dialect
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from api.hearing import legal_terms, plain_words
from eval.speech.corrupt import misheard
from eval.speech.neutral import chat, neutral
from knowledge.faq import load_faq
from knowledge.sparse import cut
from speech.dialect.candidates import Finder
from speech.dialect.sounds import regions

_FAQ = Path("knowledge/faq")
_EACH = 200  # misheard terms a region


@dataclass(frozen=True)
class Misheard:
    """A question in which one term was written as something else."""

    text: str
    term: str
    wording: str  # as it was said


def halves() -> tuple[list[str], list[str]]:
    """Wordings of every other FAQ entry, to learn from; those of the rest, to be misheard."""
    halves: tuple[list[str], list[str]] = ([], [])
    for number, entry in enumerate(load_faq(_FAQ)):
        halves[number % 2].extend((entry.question, *entry.variants))
    return halves


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
            yield Misheard(text.replace(term, wrong), term, text)


def main() -> None:
    """Print recall and false additions for each region."""
    terms = legal_terms()
    learned, texts = halves()
    finder = Finder(terms, cut, learned, plain_words())
    quiet, other = neutral(), chat()[1::2]  # eval/speech/weigh.py has seen every other one
    asked = Random(1).sample(texts, 800)  # noqa: S311 - a fixed sample
    for region in regions():
        cases = list(islice(spoiled(region, texts, list(terms)), _EACH))
        missed = [c for c in cases if not _found(finder, c, region)]
        added = [(line, c) for line in quiet for c in finder.find(line, (), region)]
        row = {
            "region": region,
            "misheard": len(cases),
            "recall": round(1 - len(missed) / len(cases), 3),
            "additions in 1,000 characters of neutral text": _rate(len(added), quiet),
            "of questions not misheard": _additions(finder, asked, region),
            "of greetings and the like": _additions(finder, other, region),
        }
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        if "-v" in sys.argv:
            for case in missed[:25]:
                sys.stdout.write(f"  - {case.term}: {case.text}\n")
            for line, candidate in added[:25]:
                sys.stdout.write(f"  + {candidate.heard}->{candidate.term}: {line}\n")


def _additions(finder: Finder, lines: list[str], region: str) -> float:
    return _rate(sum(len(finder.find(line, (), region)) for line in lines), lines)


def _rate(count: int, lines: list[str]) -> float:
    return round(1000 * count / sum(map(len, lines)), 3)


def _found(finder: Finder, case: Misheard, region: str) -> bool:
    return any(c.term == case.term for c in finder.find(case.text, (), region))


if __name__ == "__main__":
    main()
