"""What an index costs by the number of articles: python -m eval.growth [--sizes 6000 12000 24000].

Whole laws of the current index in random order, each size holding the smaller ones. Texts are
encoded from nothing, so a size costs the encoding of all up to it; the index of each is written,
loaded and asked. Prints a JSON line for each size and draws docs/pictures/growth.svg.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from api.settings import Settings
from api.wiring import encoders, places
from eval.plots import growth
from knowledge.chunk import passages
from knowledge.corpus import Corpus
from knowledge.corpus_file import load_laws
from knowledge.encode import Encoders, encode_in_steps
from knowledge.index import Places, build_index
from knowledge.learned import Learned
from knowledge.retriever import load_retriever
from knowledge.statutes import LawText
from knowledge.vectors import VectorStore
from nlu.dialect import searchable

_SIZES = (6_000, 12_000, 24_000, 58_000)
_SEED = 7
_QUESTIONS = (
    "老板拖欠工资三个月不给怎么办",
    "邻居盖房挡了我家的光",
    "离婚后孩子归谁抚养",
    "承包地被别人占种了",
    "网上买的东西是假货怎么赔",
)
_ASKED = 20  # times each question is asked; the first round warms up
PICTURE = Path("docs/pictures/growth.svg")


@dataclass(frozen=True)
class Cost:
    """Seconds for one size of the index from nothing, on the clock and of the processors."""

    articles: int
    encoding: float
    processor: float
    writing: float
    loading: float
    search_ms: float

    @property
    def building(self) -> float:
        """From no vector to a finished index."""
        return self.encoding + self.writing


def main() -> None:
    """Measure every size there are articles for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES)
    parser.add_argument("--picture", type=Path, default=PICTURE)
    options = parser.parse_args()
    settings = Settings()  # type: ignore[call-arg]
    laws = load_laws(places(settings).current() / "corpus.sqlite")
    mixed = [laws[i] for i in np.random.default_rng(_SEED).permutation(len(laws))]
    held = sum(len(law.articles) for law in laws)
    sizes = [size for size in sorted(options.sizes) if size <= held]
    with TemporaryDirectory() as folder:
        costs = measure(mixed, sizes, encoders(settings), Path(folder))
    options.picture.write_text(
        growth([cost.articles for cost in costs], [cost.building for cost in costs]) + "\n",
        encoding="utf-8",
    )


def measure(
    laws: Sequence[LawText], sizes: Sequence[int], both: Encoders, folder: Path
) -> list[Cost]:
    """The cost of each size, ascending; prints each as it is known."""
    today = datetime.now(UTC).date()
    encoding = processor = 0.0
    costs = []
    for size in sizes:
        part = first(laws, size)
        where = Places(folder / str(size), folder / "vectors.db")
        started, worked = time.perf_counter(), time.process_time()
        with VectorStore(where.vectors, both.plain.fingerprint) as store:
            texts = store.missing([piece.text for piece in passages(Corpus(part).articles)])
            encode_in_steps(both.plain.passages, texts, store.save, lambda _: None)
        encoding += time.perf_counter() - started
        processor += time.process_time() - worked
        started = time.perf_counter()
        generation = build_index(part, [], both.plain, where)
        writing = time.perf_counter() - started
        loading, search_ms = _asked(generation, both, today)
        articles = sum(len(law.articles) for law in part)
        cost = Cost(articles, encoding, processor, writing, loading, search_ms)
        print(json.dumps({k: round(v, 1) for k, v in asdict(cost).items()}), flush=True)  # noqa: T201
        costs.append(cost)
    return costs


def first(laws: Sequence[LawText], size: int) -> list[LawText]:
    """The first laws that together have at least so many articles."""
    counts = np.cumsum([len(law.articles) for law in laws])
    return list(laws[: int(np.searchsorted(counts, size)) + 1])


def _asked(generation: Path, both: Encoders, today: date) -> tuple[float, float]:
    """Seconds to load an index, and the median milliseconds of a warm search in it."""
    started = time.perf_counter()
    retriever = load_retriever(generation, both, Learned.load(), searchable)
    loading = time.perf_counter() - started
    taken = []
    for turn in range(_ASKED):
        for question in _QUESTIONS:
            started = time.perf_counter()
            retriever.search(f"{question}{'？' * (turn % 3)}", today, 20)
            taken.append(time.perf_counter() - started)
    return loading, 1000 * float(np.median(taken[len(_QUESTIONS) :]))


if __name__ == "__main__":
    main()
