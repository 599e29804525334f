"""Build the search index, whole or not at all.

A generation is a folder; `current` names the one in use.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from knowledge.chunk import Passage, passages
from knowledge.corpus import Corpus
from knowledge.corpus_file import save_laws
from knowledge.dense import DenseIndex
from knowledge.encode import Encoder, encode_in_steps
from knowledge.errors import IndexMissing
from knowledge.faq import FaqEntry
from knowledge.faq_match import FaqTexts, save_faq
from knowledge.shipped import Shipped
from knowledge.sparse import SparseIndex, pairs, words
from knowledge.statutes import LawText
from knowledge.vectors import VectorStore
from knowledge.written import Written
from knowledge.written_match import binding, save_written

_LAYOUT = "5"


@dataclass(frozen=True)
class Places:
    """Where the index lives: generations under `folder`, encoded texts in `vectors`."""

    folder: Path
    vectors: Path

    def current(self) -> Path:
        """The generation in use.

        Raises:
            IndexMissing: none was ever finished.
        """
        try:
            name = (self.folder / "current").read_text(encoding="utf-8").strip()
        except OSError as error:
            raise IndexMissing("法律索引尚未建立；请运行 make setup") from error
        generation = self.folder / name
        if not (generation / "manifest.json").is_file():
            raise IndexMissing(f"法律索引 {name} 不完整；请运行 make setup")
        return generation


def build_index(
    laws: Sequence[LawText],
    faq: Sequence[FaqEntry],
    encoder: Encoder,
    places: Places,
    written: Sequence[Written] = (),
) -> Path:
    """Build what is not built yet and make it current; returns the generation's folder.

    Stopped half-way, it goes on where it was: encoded texts are kept as they come.
    """
    corpus, learned = Corpus(laws), Shipped.of(encoder.fingerprint)
    pieces, asked = passages(corpus.articles), learned.known(binding(corpus, written))
    name = _digest(corpus, faq, asked, encoder, learned)
    generation = places.folder / name
    if not (generation / "manifest.json").is_file():
        scratch = places.folder / f"{name}.part"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        with VectorStore(places.vectors, encoder.fingerprint) as store:
            ready = learned.written
            questions = [] if ready else [text for _, text in asked]
            _encode(encoder, store, [piece.text for piece in pieces], FaqTexts.of(faq), questions)
            _write(scratch, laws, pieces, faq, store, learned)
            if asked:
                plain, tuned = (ready.plain_of, ready.tuned_of) if ready else (store.load, None)
                save_written(scratch / "written", asked, plain, tuned)
        manifest = {"articles": len(corpus.articles), "passages": len(pieces), "faq": len(faq)}
        manifest_text = json.dumps(manifest | {"encoder": encoder.fingerprint})
        (scratch / "manifest.json").write_text(manifest_text, encoding="utf-8")
        scratch.replace(generation)
    point(places.folder, name)
    return generation


def _encode(
    encoder: Encoder,
    store: VectorStore,
    pieces: Sequence[str],
    faq: FaqTexts,
    questions: Sequence[str],
) -> None:
    for label, encode, texts in (
        ("法条编码", encoder.passages, store.missing(pieces)),
        ("问答编码", encoder.passages, store.missing([*faq.texts, *faq.answers])),
        ("问法编码", encoder.queries, store.missing([*faq.wordings, *questions])),
    ):
        with tqdm(total=len(texts), desc=label, unit="条", disable=not texts) as bar:
            encode_in_steps(encode, texts, store.save, bar.update)


def _write(
    folder: Path,
    laws: Sequence[LawText],
    pieces: Sequence[Passage],
    faq: Sequence[FaqEntry],
    store: VectorStore,
    learned: Shipped,
) -> None:
    texts = [piece.text for piece in pieces]
    save_laws(folder / "corpus.sqlite", laws)
    (folder / "rows.json").write_text(json.dumps([piece.row for piece in pieces]))
    vectors = store.load(texts)
    DenseIndex.build(vectors).save(folder / "passages.faiss")
    if learned.head:
        DenseIndex.build(learned.head(vectors)).save(folder / "moved.faiss")
    SparseIndex.build(texts, words).save(folder / "words")
    SparseIndex.build(texts, pairs).save(folder / "pairs")
    if faq:
        save_faq(folder / "faq", faq, store.load)


def point(folder: Path, name: str) -> None:
    """Make a finished generation the one in use."""
    unfinished = folder / "current.tmp"
    unfinished.write_text(name, encoding="utf-8")
    unfinished.replace(folder / "current")


def _digest(
    corpus: Corpus,
    faq: Sequence[FaqEntry],
    asked: Sequence[tuple[int, str]],
    encoder: Encoder,
    learned: Shipped,
) -> str:
    digest = hashlib.sha256(f"{_LAYOUT}\0{encoder.fingerprint}\0{learned.digest}".encode())
    for article in corpus.articles:
        digest.update(f"{article.version}\0{article.number}\0{article.text}".encode())
    for entry in (*faq, *asked):
        digest.update(repr(entry).encode())
    return digest.hexdigest()[:12]
