"""How sure a search is: calibrated P(an article shown first is right), fitted by `make train`.

The figures of the fit (weights, threshold, what they were measured on) are in model/gate.json.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from knowledge.faq import FaqEntry
from knowledge.faq_match import FaqHit
from knowledge.retriever import Found
from knowledge.types import ArticleRef

SHOWN = 3
# A threshold holds for the corpus it was fitted on: shipped statutes alone, or with regulations.
_CORPORA = ("statutes", "with_regulations")
_FILE = Path(__file__).with_name("model") / "gate.json"
_UNRANKED = 100.0


@dataclass(frozen=True)
class Logistic:
    """A fitted logistic regression."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, features: Sequence[float]) -> float:
        """P(right); features in the order of the weights."""
        total = self.bias + sum(w * x for w, x in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True)
class Belief:
    """Calibrated probabilities that the best FAQ entry, and that the first articles, are right."""

    faq: float
    articles: float


@dataclass(frozen=True)
class Confidence:
    """The two fits (articles found, FAQ entry matched), each with its release threshold.

    `faq_topics` has the thresholds of topics that need another one.
    """

    articles: Logistic
    articles_threshold: float
    faq: Logistic
    faq_threshold: float
    measured_on: str
    faq_topics: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    @lru_cache(maxsize=len(_CORPORA))
    def load(cls, regulations: bool, path: Path = _FILE) -> Confidence:
        """Read the committed fit for a corpus with or without regulations."""
        raw = json.loads(path.read_text(encoding="utf-8"))[fit_name(regulations)]
        articles, faq = (
            Logistic(tuple(raw[name]["weights"]), raw[name]["bias"]) for name in ("articles", "faq")
        )
        return cls(
            articles,
            raw["articles_threshold"],
            faq,
            raw["faq_threshold"],
            raw["measured_on"],
            raw["faq_topics"],
        )

    def of(self, found: Found) -> Belief:
        """How far the two kinds of answer can be believed."""
        return Belief(
            faq=self.faq.probability(faq_features(found)) if found.faq else 0.0,
            articles=self.articles.probability(article_features(found)) if found.hits else 0.0,
        )


def fit_name(regulations: bool) -> str:
    """Under which name gate.json keeps the fit for a corpus with or without regulations."""
    return _CORPORA[regulations]


def article_features(found: Found) -> list[float]:
    """What tells a right first article from a wrong one; the hits must not be empty."""
    scores = [hit.score for hit in found.hits] + [found.hits[-1].score] * 10
    first = found.hits[0].features
    spread = [math.exp(score - scores[0]) for score in scores[:10]]
    return [
        scores[0],
        scores[0] - scores[1],
        scores[0] - scores[SHOWN],
        1 / sum(spread),
        sum(spread[:SHOWN]) / sum(spread),
        first["cosine"],
        first["cosine_gap"],
        first["tuned"],
        first["tuned_gap"],
        first["near_article_plain_share"],
        first["near_article_tuned_share"],
        first["near_law_tuned_share"],
        first["written_share"],
        first["written_gap"],
        first["written_pairs_share"],
        first["written_law_share"],
        first["written_tuned"],
        first["written_tuned_share"],
        first["written_tuned_gap"],
        first["written_law_tuned_share"],
        math.log(min(first["written_rank"] or _UNRANKED, _UNRANKED)),
        math.log(min(first["written_tuned_rank"] or _UNRANKED, _UNRANKED)),
        math.log(min(first["cosine_rank"], _UNRANKED)),
        math.log(min(first["tuned_rank"], _UNRANKED)),
        math.log(min(first["words_rank"], _UNRANKED)),
        math.log(min(first["pairs_rank"], _UNRANKED)),
        first["overlap"],
        first["law_share"],
        found.faq[0].score if found.faq else 0.0,
        agreement(found),
        math.log(first["question_length"] + 1),
    ]


def faq_features(found: Found) -> list[float]:
    """What tells a right FAQ entry from one that only sounds alike."""
    best, *others = found.faq
    second = others[0].score if others else 0.0
    cited = shown_first(best.entry)
    kin = sum(hit.score for hit in found.faq if cited & shown_first(hit.entry))
    first = found.hits[0].features if found.hits else {"cosine": 0.0, "question_length": 0.0}
    return [
        best.score,
        kin,
        math.log(best.score / max(second, 1e-6)),
        agreement(found),
        same_topic(found.faq),
        first["cosine"],
        math.log(first["question_length"] + 1),
    ]


def shown_first(entry: FaqEntry) -> frozenset[tuple[str, str]]:
    """The articles an entry shows first, as (law, number)."""
    return frozenset((ref.law, ref.article) for ref in entry.citations[:SHOWN])


def agreement(found: Found) -> float:
    """1 / rank of the first article the best FAQ entry cites; 0 when none is among the hits."""
    if not found.faq:
        return 0.0
    cited = {ref.whole() for ref in found.faq[0].entry.citations}
    for rank, hit in enumerate(found.hits, start=1):
        if ArticleRef(hit.article.version.name, hit.article.number) in cited:
            return 1 / rank
    return 0.0


def same_topic(faq: Sequence[FaqHit]) -> float:
    """Share of the five nearest entries that have the topic of the nearest."""
    nearest = faq[:5]
    return sum(hit.entry.topic == faq[0].entry.topic for hit in nearest) / len(nearest)
