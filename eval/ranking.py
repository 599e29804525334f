"""Fit the ranker: LambdaMART over the candidates' features. Beside knowledge/ranker.py the only
file that imports lightgbm.
"""

from __future__ import annotations

import lightgbm
import numpy as np

from eval.lessons import Lessons
from knowledge.article_table import Scores
from knowledge.candidates import FEATURES

_PARAMETERS = {
    "objective": "lambdarank",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.8,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambdarank_truncation_level": 20,
    "seed": 7,
    "deterministic": True,
    "num_threads": 2,
    "verbosity": -1,
}
_ROUNDS = 250


def out_of_fold(lessons: Lessons) -> tuple[list[Scores], list[Scores]]:
    """Scores and features of every question by a ranker that never saw its fold."""
    scores: list[Scores] = [np.zeros(0, np.float32)] * len(lessons.parts)
    tables = list(scores)
    for held in sorted(set(lessons.parts)):
        model = fit(lessons, held)
        for i, part in enumerate(lessons.parts):
            if part == held:
                tables[i] = lessons.table(i, frozenset({held}))
                scores[i] = np.asarray(model.predict(tables[i]), np.float32)
    return scores, tables


def fit(lessons: Lessons, held: int | None = None) -> lightgbm.Booster:
    """A ranker of all folds but one, or of all."""
    apart = frozenset() if held is None else frozenset({held})
    right = [item.right for item in lessons.gathered]
    rows = [i for i, part in enumerate(lessons.parts) if part != held and any(right[i])]
    tables = [lessons.table(i, apart | {lessons.parts[i]}) for i in rows]
    data = lightgbm.Dataset(
        np.concatenate(tables),
        label=np.concatenate([np.array(right[i], np.int32) for i in rows]),
        group=[len(table) for table in tables],
        feature_name=list(FEATURES),
    )
    return lightgbm.train(_PARAMETERS, data, num_boost_round=_ROUNDS)
