"""Everything `make train` fitted for the search, as committed in knowledge/model/."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answered import Answered
from knowledge.article_table import Priors
from knowledge.ranker import Ranker, load_priors
from knowledge.topics import TopicClassifier


@dataclass(frozen=True)
class Learned:
    """Without any of it (before the first training) rank fusion alone decides the order."""

    ranker: Ranker | None = None
    priors: Priors = Priors({}, {})  # noqa: RUF009
    answered: Answered | None = None
    topics: TopicClassifier | None = None

    @classmethod
    def load(cls) -> Learned:
        """Read the committed models."""
        return cls(Ranker.load(), load_priors(), Answered.load(), TopicClassifier.load())
