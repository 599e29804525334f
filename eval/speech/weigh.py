"""Fit what speaks for a misheard term: the weights of speech/dialect/candidates.py.

python -m eval.speech.weigh. Texts of those FAQ entries from which `eval.speech.dialect` does not
report, half of the frames of neutral text, half of the greetings; what stands beside terms is
learned from the other entries.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from random import Random

import numpy as np
from sklearn.linear_model import LogisticRegression

from api.hearing import legal_terms, plain_words
from eval.speech.dialect import halves, spoiled
from eval.speech.neutral import chat, neutral
from knowledge.sparse import cut
from speech.dialect.candidates import Finder, Signs
from speech.dialect.sounds import regions

_EACH = 400
_ASKED = 800
_CAREFUL = -0.8  # on the start: false additions halve, recall falls by less than a hundredth

Place = tuple[Signs, bool]


def misheard(finder: Finder, region: str, texts: list[str]) -> Iterator[Place]:
    """Places of questions with one term misheard; right is what gives back what was said."""
    for case in islice(spoiled(region, texts, list(legal_terms())), _EACH):
        for match, signs in finder.places(case.text, region):
            restored = case.text[: match.start] + match.term + case.text[match.end :]
            yield signs, restored == case.wording


def heard(finder: Finder, region: str, texts: list[str]) -> Iterator[Place]:
    """Places of texts in which nothing was misheard; none is right."""
    for text in texts:
        yield from ((signs, False) for _, signs in finder.places(text, region))


def main() -> None:
    """Print the weights."""
    texts, learned = halves()
    finder = Finder(legal_terms(), cut, learned, plain_words())
    asked = Random(3).sample(texts, _ASKED)  # noqa: S311 - a fixed sample
    quiet = neutral(10_000, frames=slice(0, None, 2)) + chat()[::2]
    places: list[Place] = []
    for region in regions():
        places += misheard(finder, region, texts)
        places += heard(finder, region, asked + quiet)
    signs = np.array([place[0] for place in places], float)
    right = np.array([place[1] for place in places])
    fitted = LogisticRegression(max_iter=5_000).fit(signs, right)
    weights = dict(zip(Signs._fields, fitted.coef_[0].round(2).tolist(), strict=True))
    start = round(float(fitted.intercept_[0]) + _CAREFUL, 2)
    row = {"places": len(places), "right": int(right.sum()), "start": start} | weights
    sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
