"""What a ranker may know of a question: priors and neighbours counted on other folds only.

Counted on the same questions they leak, and make the ranking worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from eval.gathered import Gathered, count_priors
from eval.tuned_vectors import OutOfFold
from knowledge.answered import FEATURES as NEAR
from knowledge.answered import Answered, Neighbours
from knowledge.article_table import Priors, Scores
from knowledge.candidates import FEATURES
from knowledge.retriever import Retriever


class Lessons:
    """The gathered questions with what each fold may learn from the others."""

    def __init__(
        self, retriever: Retriever, gathered: Sequence[Gathered], outside: OutOfFold
    ) -> None:
        self.gathered, self.parts = gathered, outside.parts
        self._retriever, self._outside = retriever, outside
        self._priors: dict[frozenset[int], Priors] = {}

    def table(self, i: int, without: frozenset[int]) -> Scores:
        """The i-th question's features, nothing learned from these folds.

        float32 (candidates, len(FEATURES)).
        """
        item, part = self.gathered[i], self.parts[i]
        table = item.candidates.table.copy()
        priors = self._without(without)
        columns = {
            "law_prior": np.array([priors.laws.get(law, 0) for law, _ in item.keys]),
            "article_prior": np.array([priors.articles.get(key, 0) for key in item.keys]),
        }
        asked, known = self._outside.asked(i), ~np.isin(self.parts, list(without))
        rows = np.array(item.candidates.rows, np.int64)
        columns |= self._neighbours[part].columns(asked.plain, asked.tuned, rows, known)
        for name in ("law_prior", "article_prior", *NEAR):
            table[:, FEATURES.index(name)] = columns[name]
        return table

    @cached_property
    def _neighbours(self) -> dict[int, Neighbours]:
        """All questions as each fold's encoder sees them."""
        keys = tuple(tuple(sorted(item.question.gold)) for item in self.gathered)
        return {
            part: self._retriever.neighbours(Answered(self._outside.plain, tuned, keys))
            for part, tuned in enumerate(self._outside.tuned)
        }

    def _without(self, folds: frozenset[int]) -> Priors:
        if folds not in self._priors:
            items = zip(self.gathered, self.parts, strict=True)
            self._priors[folds] = count_priors(
                [item.question for item, part in items if part not in folds]
            )
        return self._priors[folds]
