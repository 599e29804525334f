"""Legal terms found again after a region's sounds, and what is found where there is none.

python -m eval.speech.dialect. Each text is measured without its own wording in the search's FAQ.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random

from api.hearing import legal_terms, plain_words
from eval.serving import open_serving
from eval.speech.corrupt import misheard
from eval.speech.neutral import chat, neutral
from knowledge.faq import load_faq
from knowledge.retriever import Retriever
from knowledge.sparse import cut
from speech.dialect.candidates import Candidate, Finder
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


@dataclass(frozen=True)
class Asking:
    """Finds what may have been meant as the product does, the search at hand."""

    finder: Finder
    retriever: Retriever

    def __call__(self, text: str, region: str, wording: str) -> tuple[Candidate, ...]:
        """Candidates; `wording` is what was said, which the search must not know."""
        near = partial(self.retriever.near, without=wording)
        return self.finder.find(text, (), region, near)


def main() -> None:
    """Print recall and false additions for each region."""
    terms = legal_terms()
    learned, texts = halves()
    ask = Asking(Finder(terms, cut, learned, plain_words()), open_serving())
    quiet, other = neutral(), chat()[1::2]  # eval/speech/weigh.py has seen every other one
    asked = Random(1).sample(texts, 800)  # noqa: S311 - a fixed sample
    for region in regions():
        cases = list(islice(spoiled(region, texts, list(terms)), _EACH))
        missed = [c for c in cases if not _found(ask, c, region)]
        added = [(line, c) for line in quiet for c in ask(line, region, line)]
        row = {
            "region": region,
            "misheard": len(cases),
            "recall": round(1 - len(missed) / len(cases), 3),
            "additions in 1,000 characters of neutral text": _rate(len(added), quiet),
            "of questions not misheard": _additions(ask, asked, region),
            "of greetings and the like": _additions(ask, other, region),
        }
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        if "-v" in sys.argv:
            for case in missed[:25]:
                sys.stdout.write(f"  - {case.term}: {case.text}\n")
            for line, candidate in added[:25]:
                sys.stdout.write(f"  + {candidate.heard}->{candidate.term}: {line}\n")


def _additions(ask: Asking, lines: list[str], region: str) -> float:
    return _rate(sum(len(ask(line, region, line)) for line in lines), lines)


def _rate(count: int, lines: list[str]) -> float:
    return round(1000 * count / sum(map(len, lines)), 3)


def _found(ask: Asking, case: Misheard, region: str) -> bool:
    return any(c.term == case.term for c in ask(case.text, region, case.wording))


if __name__ == "__main__":
    main()
