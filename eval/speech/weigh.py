"""Fit what speaks for a misheard term: the weights of speech/dialect/candidates.py.

python -m eval.speech.weigh. Texts of those FAQ entries from which `eval.speech.dialect` does not
report, half of the frames of neutral text, half of the greetings; what stands beside terms is
learned from the other entries. First what the signs weigh, then, for the places which the signs
in use leave open, what the search's agreement weighs beside them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from random import Random
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from api.hearing import legal_terms, plain_words
from eval.serving import open_serving
from eval.speech.dialect import halves, spoiled
from eval.speech.neutral import chat, neutral
from knowledge.retriever import Retriever
from knowledge.sparse import cut
from speech.dialect.candidates import Agreement, Finder, Match, Signs, agreement, score
from speech.dialect.sounds import regions

_EACH = 400
_ASKED = 800
# On the start of the second fit: in the texts fitted from false additions fall to a half or less,
# and 0.88 to 0.92 of the terms are found.
_CAREFUL = -1.0


class Place(NamedTuple):
    """Where a term may have been misheard, in a text that was said as `wording`."""

    text: str
    wording: str
    match: Match
    signs: Signs

    @property
    def right(self) -> bool:
        """Whether putting the term there gives back what was said."""
        at, to = self.match.start, self.match.end
        return self.text[:at] + self.match.term + self.text[to:] == self.wording


def places(finder: Finder, region: str, texts: list[str], quiet: list[str]) -> Iterator[Place]:
    """Places of questions with one term misheard, and of texts in which nothing was."""
    misheard = islice(spoiled(region, texts, list(legal_terms())), _EACH)
    said = [(case.text, case.wording) for case in misheard] + [(text, text) for text in quiet]
    for text, wording in said:
        yield from (Place(text, wording, *found) for found in finder.places(text, region))


def agreements(retriever: Retriever, open_places: list[Place]) -> list[Agreement]:
    """What the search says to each, its own wording left out."""
    return [
        agreement(score(p.signs), p.text, p.match, partial(retriever.near, without=p.wording))
        for p in open_places
    ]


def main() -> None:
    """Print the weights."""
    texts, learned = halves()
    finder = Finder(legal_terms(), cut, learned, plain_words())
    asked = Random(3).sample(texts, _ASKED)  # noqa: S311 - a fixed sample
    quiet = neutral(10_000, frames=slice(0, None, 2)) + chat()[::2]
    found = [p for region in regions() for p in places(finder, region, texts, asked + quiet)]
    _say(Signs, [p.signs for p in found], [p.right for p in found])
    left = [p for p in found if score(p.signs) > 0 and p.match.term not in p.text]
    told = agreements(open_serving(), left)
    _say(Agreement, told, [p.right for p in left], _CAREFUL)


def _say(
    kind: type[Signs] | type[Agreement],
    told: Sequence[Signs] | Sequence[Agreement],
    right: list[bool],
    careful: float = 0.0,
) -> None:
    """Fit, each column on its own scale: a cosine moves by hundredths."""
    table = np.array(told, float)
    spread = table.std(axis=0)
    fitted = LogisticRegression(max_iter=5_000).fit(table / spread, right)
    weights = dict(zip(kind._fields, (fitted.coef_[0] / spread).round(2).tolist(), strict=True))
    start = round(float(fitted.intercept_[0]) + careful, 2)
    row = {"places": len(right), "right": sum(right), "start": start} | weights
    sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
