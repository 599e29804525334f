"""The law, searchable: implements core.ports.Library and follows new index generations."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

from api.core.compose import compose
from api.core.errors import SearchUnavailable
from api.core.gate import Policy
from api.core.types import Draft
from knowledge.citations.types import Finding
from knowledge.citations.verify import verify
from knowledge.confidence import Confidence
from knowledge.corpus import Corpus
from knowledge.danger import Danger, DangerModel
from knowledge.encode import Encoders
from knowledge.errors import KnowledgeError
from knowledge.index import Places
from knowledge.learned import Learned
from knowledge.retriever import Found, Retriever, load_retriever
from knowledge.topics import Topic

_log = logging.getLogger(__name__)


class LawLibrary:
    """Loads the current generation when first asked and again when a newer one is finished."""

    def __init__(
        self,
        places: Places,
        encoders: Callable[[], Encoders],
        normalise: Callable[[str], str],
    ) -> None:
        self._places = places
        self._make_encoders, self._normalise = encoders, normalise
        self._encoders: Encoders | None = None
        self._loaded: tuple[Path, Retriever] | None = None
        self._lock = threading.Lock()

    @property
    def corpus(self) -> Corpus:
        """The laws held."""
        return self._retriever().corpus

    def search(self, question: str, on: date, limit: int, reading: str = "") -> Found:
        """Articles and FAQ entries, best first; `reading` as for `Retriever.search`.

        Raises:
            SearchUnavailable: there is no usable index.
        """
        return self._retriever().search(question, on, limit, reading)

    def topic(self, question: str) -> Topic:
        """What the question is about.

        Raises:
            SearchUnavailable: there is no usable index, hence no encoder.
        """
        return self._retriever().topic(question)

    def near(self, words: str) -> float:
        """How near the words are to what residents ask, 0 to 1.

        Raises:
            SearchUnavailable: there is no usable index, hence no encoder.
        """
        return self._retriever().near(words)

    def danger(self, words: str) -> Danger:
        """How near the words are to danger.

        Raises:
            SearchUnavailable: there is no usable index, hence no encoder.
        """
        return _danger_model().judge(words, self._retriever().encode(words)[0])

    def compose(self, found: Found, on: date) -> Draft:
        """A draft of what was found, with its calibrated confidence."""
        belief = self.gate().of(found)
        return compose(found, self.corpus, on, belief, self.policy(), found.topic.name)

    def gate(self) -> Confidence:
        """The calibrated confidence for the corpus in use.

        Raises:
            SearchUnavailable: there is no usable index.
        """
        return Confidence.load(self.corpus.has_regulations)

    def policy(self) -> Policy:
        """The release thresholds for the corpus in use."""
        gate = self.gate()
        return Policy(
            gate.faq_threshold, gate.articles_threshold, gate.measured_on, gate.faq_topics
        )

    def trusts(self, draft: Draft) -> bool:
        """Whether the draft's confidence reaches the threshold of its kind."""
        return self.policy().trusts(draft)

    def verify(self, text: str, on: date) -> list[Finding]:
        """What every citation in the text amounts to."""
        return verify(text, self.corpus, on)

    def _retriever(self) -> Retriever:
        try:
            generation = self._places.current()
            if self._loaded and self._loaded[0] == generation:
                return self._loaded[1]
            return self._load(generation)
        except KnowledgeError as error:
            if self._loaded:  # a broken newer generation must not take the old one down
                _log.error("index not reloaded: %s", error)
                return self._loaded[1]
            raise SearchUnavailable(str(error)) from error

    def _load(self, generation: Path) -> Retriever:
        with self._lock:
            if self._loaded and self._loaded[0] == generation:
                return self._loaded[1]
            self._encoders = self._encoders or self._make_encoders()
            retriever = load_retriever(
                generation,
                self._encoders,
                Learned.load(),
                self._normalise,
            )
            self._loaded = (generation, retriever)
            _log.info("index %s loaded", generation.name)
            return retriever


@lru_cache(maxsize=1)
def _danger_model() -> DangerModel:
    return DangerModel.load()
