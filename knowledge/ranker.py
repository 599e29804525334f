"""The learned order of candidates. The only file that imports lightgbm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from knowledge.article_table import Priors, Scores
from knowledge.candidates import FEATURES, Candidates

if TYPE_CHECKING:
    import lightgbm

FOLDER = Path(__file__).with_name("model")


class Ranker:
    """LambdaMART over the candidates' features."""

    def __init__(self, model: lightgbm.Booster) -> None:
        if tuple(model.feature_name()) != FEATURES:
            raise ValueError("the ranker was trained on other features; run `make train`")
        self._model = model

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Ranker:
        """Read the committed model."""
        import lightgbm  # brings half of scikit-learn: not for commands that rank nothing

        return cls(lightgbm.Booster(model_file=str(folder / "ranker.txt")))

    def scores(self, candidates: Candidates) -> Scores:
        """A score for each candidate, higher is better; float32 (n,)."""
        return np.asarray(self._model.predict(candidates.table, num_threads=1), np.float32)


def load_priors(folder: Path = FOLDER) -> Priors:
    """How often laws and articles were right in the ranker's training questions."""
    raw = json.loads((folder / "priors.json").read_text(encoding="utf-8"))
    articles = {
        (law, article): float(count)
        for law, counts in raw["articles"].items()
        for article, count in counts.items()
    }
    return Priors({law: float(count) for law, count in raw["laws"].items()}, articles)
