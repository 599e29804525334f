"""search(question, on, limit): the articles most likely to answer, and FAQ entries that match."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.candidates import FEATURES, Candidates, Gatherer, Priors
from knowledge.corpus import Corpus
from knowledge.corpus_file import load_laws
from knowledge.dense import DenseIndex
from knowledge.encode import Encoder, Vectors
from knowledge.errors import KnowledgeError
from knowledge.faq_match import FaqHit, FaqMatcher
from knowledge.ranker import Ranker
from knowledge.sparse import SparseIndex, pairs, words
from knowledge.types import Hit, Status


@dataclass(frozen=True)
class Found:
    """What a search brought: articles and FAQ entries, each best first."""

    hits: tuple[Hit, ...]
    faq: tuple[FaqHit, ...]


class Retriever:
    """One loaded generation of the index."""

    def __init__(
        self,
        gatherer: Gatherer,
        encoder: Encoder,
        ranker: Ranker | None,
        faq: FaqMatcher | None,
        normalise: Callable[[str], str],
    ) -> None:
        self._gatherer, self._ranker = gatherer, ranker
        self._normalise = normalise
        self.faq = faq
        self._rows: dict[tuple[str, str], list[int]] = {}
        for row, article in enumerate(self.corpus.articles):
            self._rows.setdefault((article.version.name, article.number), []).append(row)
        self._allowed = lru_cache(maxsize=32)(self._in_force)
        self._encoded = lru_cache(maxsize=64)(lambda text: encoder.queries([text]))

    @property
    def corpus(self) -> Corpus:
        """The laws this generation searches."""
        return self._gatherer.corpus

    def search(self, question: str, on: date, limit: int) -> Found:
        """Articles in force on the date, best first, and matching FAQ entries.

        Without a ranker (before the first training) rank fusion alone decides the order.
        """
        vector = self.encode(question)
        faq = self.match_faq(question, vector)
        candidates = self.gather(question, vector, on, faq)
        return Found(self.ranked(candidates, limit), faq)

    def ranked(self, candidates: Candidates, limit: int) -> tuple[Hit, ...]:
        """The best candidates as hits."""
        if not candidates.rows:
            return ()
        scores = self._ranker.scores(candidates) if self._ranker else candidates.column("fused")
        best = np.argsort(-scores, kind="stable")[:limit]
        return tuple(self._hit(candidates, scores, i) for i in best)

    def encode(self, question: str) -> Vectors:
        """The vector of a question; float32 (1, dim)."""
        return self._encoded(self._normalise(question))

    def gather(
        self, question: str, vector: Vectors, on: date, faq: Sequence[FaqHit] = ()
    ) -> Candidates:
        """The candidates a ranker chooses from (also what it is trained on)."""
        allowed = self._allowed(on)
        cited: dict[int, float] = {}
        for hit in faq:
            for ref in hit.entry.citations:
                law = self.corpus.resolve(ref.law)
                for row in self._rows.get((law[0] if law else ref.law, ref.article), ()):
                    if allowed[row]:
                        cited[row] = max(cited.get(row, 0.0), hit.score)
        return self._gatherer.gather(self._normalise(question), vector, allowed, cited)

    def _hit(self, candidates: Candidates, scores: NDArray[np.float32], i: int) -> Hit:
        features = dict(zip(FEATURES, candidates.table[i].tolist(), strict=True))
        return Hit(self.corpus.articles[candidates.rows[i]], float(scores[i]), features)

    def match_faq(self, question: str, vector: Vectors) -> tuple[FaqHit, ...]:
        """FAQ entries most likely to ask the same, best first."""
        return self.faq.match(self._normalise(question), vector) if self.faq else ()

    def _in_force(self, on: date) -> NDArray[np.bool_]:
        states = {a.version: a.version.status(on) for a in self.corpus.articles}
        return np.array(
            [states[a.version] is Status.IN_FORCE for a in self.corpus.articles], np.bool_
        )


def load_retriever(
    generation: Path,
    encoder: Encoder,
    ranker: Ranker | None,
    priors: Priors,
    normalise: Callable[[str], str],
) -> Retriever:
    """Open a generation of the index.

    Raises:
        IndexMissing: the generation is incomplete.
        KnowledgeError: it was built by another encoder.
    """
    manifest = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
    if manifest["encoder"] != encoder.fingerprint:
        raise KnowledgeError("法律索引由另一个编码模型建立；请运行 python -m api.cli index")
    gatherer = Gatherer(
        corpus=Corpus(load_laws(generation / "corpus.sqlite")),
        article_of=np.array(json.loads((generation / "rows.json").read_text()), np.int64),
        dense=DenseIndex.load(generation / "passages.faiss"),
        words=SparseIndex.load(generation / "words", words),
        pairs=SparseIndex.load(generation / "pairs", pairs),
        priors=priors,
    )
    faq = generation / "faq"
    matcher = FaqMatcher(faq) if faq.is_dir() else None
    return Retriever(gatherer, encoder, ranker, matcher, normalise)
