"""search(question, on, limit): the articles most likely to answer, and FAQ entries that match."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.answered import Answered, Neighbours
from knowledge.article_table import ArticleTable
from knowledge.candidates import FEATURES, Asked, Candidates, Gatherer
from knowledge.corpus import Corpus
from knowledge.corpus_file import load_laws
from knowledge.dense import DenseIndex
from knowledge.encode import Encoders, Vectors
from knowledge.errors import KnowledgeError
from knowledge.faq_match import FaqHit, FaqMatcher
from knowledge.learned import Learned
from knowledge.sparse import SparseIndex, pairs, words
from knowledge.topics import NO_TOPIC, Topic
from knowledge.types import Article, Hit, Status
from knowledge.written_match import WrittenArticles


@dataclass(frozen=True)
class Found:
    """What a search brought: articles and FAQ entries, each best first, the topic, the words."""

    hits: tuple[Hit, ...]
    faq: tuple[FaqHit, ...]
    topic: Topic = NO_TOPIC
    words: str = ""


class Retriever:
    """One loaded generation of the index."""

    def __init__(
        self,
        gatherer: Gatherer,
        encoders: Encoders,
        faq: FaqMatcher | None,
        learned: Learned,
        normalise: Callable[[str], str],
    ) -> None:
        self._gatherer, self.encoders, self._ranker = gatherer, encoders, learned.ranker
        self._normalise = normalise
        self.faq, self._topics = faq, learned.topics
        self._rows: dict[tuple[str, str], list[int]] = {}
        for row, article in enumerate(self.corpus.articles):
            self._rows.setdefault((article.version.name, article.number), []).append(row)
        self._allowed = lru_cache(maxsize=32)(self._in_force)
        self._beside = ThreadPoolExecutor(os.cpu_count(), "tuned")  # the other vector meanwhile
        self._encoded = lru_cache(maxsize=64)(lambda text: encoders.plain.queries([text]))

    @property
    def corpus(self) -> Corpus:
        """The laws this generation searches."""
        return self._gatherer.corpus

    def search(self, question: str, on: date, limit: int, reading: str = "") -> Found:
        """Articles in force on the date, best first, and matching FAQ entries.

        Without a ranker (before the first training) rank fusion alone decides the order.
        `reading` is another way the question may have been meant: what it finds is added.
        """
        asked = [self.asked(text) for text in (question, reading) if text]
        faq = self.match_faq(*asked)
        hits = merged([self.ranked(self.gather(one, on, faq), limit) for one in asked], limit)
        words = " ".join(one.words for one in asked)
        return Found(hits, faq, self.topic(question), words)

    def topic(self, question: str) -> Topic:
        """What the question is about."""
        return self._topics.of(self.encode(question)) if self._topics else NO_TOPIC

    def passages(self, on: date) -> tuple[NDArray[np.bool_], Vectors]:
        """Which passages bind on the date, and all their vectors; bool (n,), float32 (n, dim)."""
        gatherer = self._gatherer
        every = np.arange(len(gatherer.dense))
        return self._allowed(on)[gatherer.article_of], gatherer.dense.vectors(every)

    def nearest_passages(self, vectors: Vectors, count: int) -> NDArray[np.int64]:
        """The passages nearest to each vector, best first; int64 (n, count)."""
        return self._gatherer.dense.search(vectors, count)[1]

    def neighbours(self, answered: Answered) -> Neighbours:
        """Answered questions seen from this index's articles (what a ranker is trained with)."""
        return _neighbours(answered, self.corpus, self._gatherer.articles)

    def article(self, law: str, number: str) -> Article | None:
        """An article of the index, whatever its version."""
        rows = self._rows.get((law, number))
        return self.corpus.articles[rows[0]] if rows else None

    def passages_of(self, law: str, article: str) -> list[int]:
        """The passages of every version of an article."""
        rows = np.array(self._rows.get((law, article), []), np.int64)
        passages: list[int] = self._gatherer.articles.spans.places(rows)[0].tolist()
        return passages

    def ranked(self, candidates: Candidates, limit: int) -> tuple[Hit, ...]:
        """The best candidates as hits."""
        if not candidates.rows:
            return ()
        scores = self._ranker.scores(candidates) if self._ranker else candidates.column("fused")
        best = np.argsort(-scores, kind="stable")[:limit]
        return tuple(self._hit(candidates, scores, i) for i in best)

    def encode(self, question: str) -> Vectors:
        """The plain vector of a question; float32 (1, dim)."""
        return self._encoded(self._normalise(question))

    def near(self, words: str, without: str = "") -> float:
        """How near words are to what residents ask, 0 to 1; 0 where no FAQ is indexed."""
        return self.faq.near(self.encode(words), without) if self.faq else 0.0

    def asked(self, question: str) -> Asked:
        """The question, normalised and encoded."""
        words = self._normalise(question)
        tuned = self._beside.submit(self.encoders.tuned.queries, [words])
        return Asked(words, self._encoded(words), tuned.result())

    def gather(self, asked: Asked, on: date, faq: Sequence[FaqHit] = ()) -> Candidates:
        """The candidates a ranker chooses from (also what it is trained on)."""
        allowed = self._allowed(on)
        cited: dict[int, float] = {}
        for hit in faq:
            for ref in hit.entry.citations:
                law = self.corpus.resolve(ref.law)
                for row in self._rows.get((law[0] if law else ref.law, ref.article), ()):
                    if allowed[row]:
                        cited[row] = max(cited.get(row, 0.0), hit.score)
        return self._gatherer.gather(asked, allowed, cited)

    def _hit(self, candidates: Candidates, scores: NDArray[np.float32], i: int) -> Hit:
        features = dict(zip(FEATURES, candidates.table[i].tolist(), strict=True))
        return Hit(self.corpus.articles[candidates.rows[i]], float(scores[i]), features)

    def match_faq(self, *asked: Asked) -> tuple[FaqHit, ...]:
        """FAQ entries most likely to ask the same, best first."""
        return self.faq.match(*((one.words, one.plain) for one in asked)) if self.faq else ()

    def _in_force(self, on: date) -> NDArray[np.bool_]:
        states = {a.version: a.version.status(on) for a in self.corpus.articles}
        return np.array(
            [states[a.version] is Status.IN_FORCE for a in self.corpus.articles], np.bool_
        )


def merged(found: Sequence[Sequence[Hit]], limit: int) -> tuple[Hit, ...]:
    """What several searches found as one list, each article where it stands best."""
    best: dict[Article, Hit] = {}
    for hit in (hit for hits in found for hit in hits):
        if hit.article not in best or best[hit.article].score < hit.score:
            best[hit.article] = hit
    return tuple(sorted(best.values(), key=lambda hit: -hit.score)[:limit])


def load_retriever(
    generation: Path,
    encoders: Encoders,
    learned: Learned,
    normalise: Callable[[str], str],
) -> Retriever:
    """Open a generation of the index.

    Raises:
        IndexMissing: the generation is incomplete.
        KnowledgeError: it was built by another encoder.
    """
    manifest = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
    if manifest["encoder"] != encoders.plain.fingerprint:
        raise KnowledgeError("法律索引由另一个编码模型建立；请运行 python -m api.cli index")
    corpus = Corpus(load_laws(generation / "corpus.sqlite"))
    article_of = np.array(json.loads((generation / "rows.json").read_text()), np.int64)
    table = ArticleTable(corpus.articles, article_of, learned.priors)
    dense, moved = DenseIndex.load(generation / "passages.faiss"), generation / "moved.faiss"
    written = generation / "written"
    gatherer = Gatherer(
        corpus=corpus,
        article_of=article_of,
        articles=table,
        dense=dense,
        moved=DenseIndex.load(moved) if moved.is_file() else dense,
        words=SparseIndex.load(generation / "words", words),
        pairs=SparseIndex.load(generation / "pairs", pairs),
        neighbours=_neighbours(learned.answered, corpus, table) if learned.answered else None,
        written=WrittenArticles.load(written) if written.is_dir() else None,
    )
    faq = generation / "faq"
    matcher = FaqMatcher(faq, normalise) if faq.is_dir() else None
    return Retriever(gatherer, encoders, matcher, learned, normalise)


def _neighbours(answered: Answered, corpus: Corpus, table: ArticleTable) -> Neighbours:
    names = [(article.version.name, article.number) for article in corpus.articles]
    return Neighbours(answered, names, table.law)
