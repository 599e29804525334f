"""What dialect costs the search: FAQ entries found for wordings said as a region says them.

python -m eval.speech.found. Each of 150 entries is asked for by one of its wordings, which is held
out; then by the same wording with the region's words in place of the standard ones and one legal
term misheard. Hit@5 of both, of the second as the product searches it before anybody confirmed a
word (what may have been meant is searched as well), and after the resident said yes to what the
product asks back and what was meant, no to the rest. Last, what the addition does where nothing
was misheard, and for how many wordings it would find something else first.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from random import Random

import numpy as np

from api.hearing import Hearing, legal_terms
from eval.serving import open_serving
from eval.speech.bench import edits
from eval.speech.corrupt import misheard
from eval.speech.dialect import halves
from knowledge.faq_match import FaqMatcher
from knowledge.retriever import Retriever
from nlu.dialect import dialect_words, translated
from nlu.normalise import normalise
from speech.dialect.sounds import regions
from speech.types import Heard

_ENTRIES = 150
_HITS = 5


@dataclass(frozen=True)
class Said:
    """A wording of an entry, and what was understood of it where it was said."""

    entry: int
    wording: str
    heard: str


@dataclass
class Near:
    """How near a text is to what residents ask, the wording in hand left out."""

    retriever: Retriever
    without: str = ""

    def __call__(self, text: str) -> float:
        """Between 0 and 1."""
        return self.retriever.near(text, self.without)


def spoken(matcher: FaqMatcher, region: str, terms: tuple[str, ...]) -> list[Said]:
    """Wordings that change, at most one an entry."""
    random = Random(region)  # noqa: S311 - a fixed sample
    words = _words_of(region)
    said = []
    asked = range(1, len(matcher.entries), 2)  # the finder learns from the others: `halves`
    for number in random.sample(asked, len(asked)):
        variants = matcher.entries[number].variants
        if not variants:
            continue
        wording = random.choice(variants)
        heard = _said(wording, region, words, terms, random)
        if heard != wording:
            said.append(Said(number, wording, heard))
    return said[:_ENTRIES]


def _words_of(region: str) -> dict[str, list[str]]:
    """Standard word -> what people of the region say."""
    words: dict[str, list[str]] = defaultdict(list)
    for entry in dialect_words():
        if not entry.regions or region in entry.regions:
            for standard in entry.standard:
                words[standard].append(entry.word)
    return words


def _said(
    wording: str, region: str, words: dict[str, list[str]], terms: tuple[str, ...], random: Random
) -> str:
    heard = wording
    for standard in sorted(words, key=len, reverse=True):
        if standard in heard:
            heard = heard.replace(standard, random.choice(words[standard]))
    there = [term for term in terms if term in heard]
    term = random.choice(there) if there else ""
    wrong = misheard(term, region, random) if term else None
    return heard.replace(term, wrong) if wrong else heard


def confirmed(hearing: Hearing, said: Said, region: str) -> tuple[str, str]:
    """The text after yes to every question that brings it nearer to what was said, and the same
    in standard words."""
    text = said.heard
    for asked in hearing.understand(Heard(text, 1.0, seconds=3.0), region).candidates:
        other = text.replace(asked.heard, asked.term)
        if edits(other, said.wording) < edits(text, said.wording):
            text = other
    return text, translated(normalise(text), region)


def best(retriever: Retriever, matcher: FaqMatcher, said: Said, *readings: str) -> list[int]:
    """The best five entries for these readings together, the wording itself left out."""
    asked = [retriever.asked(reading) for reading in readings]
    tables = [matcher.measure(one.words, one.plain, without=said.wording) for one in asked]
    scores = np.max([table @ matcher.weights for table in tables], axis=0)
    found: list[int] = np.argsort(-scores, kind="stable")[:_HITS].tolist()
    return found


def readings(hearing: Hearing, words: str, region: str) -> tuple[str, ...]:
    """Words heard aloud, and what they may have been meant for, as the product searches them."""
    reading = hearing.reading(normalise(words), region)
    return (words, reading.text) if reading else (words,)


def main() -> None:
    """Print one line a region."""
    retriever = open_serving()
    matcher = retriever.faq
    if matcher is None:
        sys.exit("没有常见问答的索引：先运行 make setup")
    near = Near(retriever)
    hearing = Hearing(None, examples=lambda: halves()[0], near=near)
    for region in regions():
        said = spoken(matcher, region, legal_terms())
        columns = defaultdict(list)
        for one in said:
            near.without = one.wording
            asked = {
                "standard": (one.wording,),
                "heard alone": (one.heard,),
                "unconfirmed": readings(hearing, one.heard, region),
                "confirmed": confirmed(hearing, one, region),
                "standard, readings added": readings(hearing, one.wording, region),
            }
            found = {name: best(retriever, matcher, one, *words) for name, words in asked.items()}
            for name, entries in found.items():
                columns[name].append(one.entry in entries)
            alike = found["standard"][0] == found["standard, readings added"][0]
            columns["standard, another first"].append(not alike)
        shares = {name: round(float(np.mean(hits)), 3) for name, hits in columns.items()}
        row = {"region": region, "wordings": len(said)} | shares
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
