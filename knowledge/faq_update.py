"""A new generation of the index that differs from the current one in its FAQ alone."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from knowledge.encode import Encoder, encode_in_steps
from knowledge.faq import FaqEntry
from knowledge.faq_match import FaqTexts, save_faq
from knowledge.index import Places, point
from knowledge.vectors import VectorStore


def replace_faq(entries: Sequence[FaqEntry], encoder: Encoder, places: Places) -> Path:
    """Put a FAQ into use; everything else is shared with the generation before by hard links.

    A second's work instead of an index build; a running app takes it up with its next question.

    Raises:
        IndexMissing: no generation was ever finished.
    """
    current = places.current()
    base = current.name.partition("-")[0]
    digest = hashlib.sha256("\0".join(map(repr, entries)).encode()).hexdigest()[:8]
    generation = places.folder / f"{base}-{digest}"
    if not generation.is_dir():
        scratch = places.folder / f"{generation.name}.part"
        shutil.rmtree(scratch, ignore_errors=True)
        without_faq = shutil.ignore_patterns("faq")
        shutil.copytree(current, scratch, copy_function=os.link, ignore=without_faq)
        with VectorStore(places.vectors, encoder.fingerprint) as store:
            texts = FaqTexts.of(entries)
            for encode, wanted in (
                (encoder.passages, [*texts.texts, *texts.answers]),
                (encoder.queries, texts.wordings),
            ):
                encode_in_steps(encode, store.missing(wanted), store.save, lambda _done: None)
            save_faq(scratch / "faq", entries, store.load)
        scratch.replace(generation)
    point(places.folder, generation.name)
    return generation
