"""BM25 over jieba words and over character pairs. The only file that imports bm25s and jieba."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import jieba
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import bm25s

jieba.setLogLevel(logging.WARNING)
Scores = NDArray[np.float32]
_WORD = re.compile(r"[\w㐀-鿿]")
_PAIR = re.compile(r"[a-z0-9]+|[㐀-鿿]+")


def words(text: str) -> list[str]:
    """Cut into jieba's search words, punctuation left out.

    >>> words("拖欠农民工工资")
    ['拖欠', '农民', '民工', '农民工', '工资']
    """
    return [word for word in jieba.cut_for_search(text.lower()) if _WORD.search(word)]


def cut(text: str) -> list[str]:
    """The text as jieba's words, in order and complete.

    >>> cut("天，地")
    ['天', '，', '地']
    """
    return list(jieba.cut(text))


def pairs(text: str) -> list[str]:
    """Neighbouring characters, for what jieba cuts wrongly.

    >>> pairs("借条，没有")
    ['借条', '没有']
    >>> pairs("彩礼钱 AA制")
    ['彩礼', '礼钱', 'aa', '制']
    """
    found: list[str] = []
    for run in _PAIR.findall(text.lower()):
        if run.isascii() or len(run) == 1:
            found.append(run)
        else:
            found.extend(a + b for a, b in pairwise(run))
    return found


class SparseIndex:
    """One BM25 index with the way its texts were cut."""

    def __init__(self, index: bm25s.BM25, cut: Callable[[str], list[str]]) -> None:
        self._index, self._cut = index, cut

    @classmethod
    def build(cls, texts: Sequence[str], cut: Callable[[str], list[str]]) -> SparseIndex:
        """Index the texts."""
        import bm25s

        index = bm25s.BM25(k1=1.2, b=0.75)
        index.index([cut(text) or [""] for text in texts], show_progress=False)
        return cls(index, cut)

    @classmethod
    def load(cls, folder: Path, cut: Callable[[str], list[str]]) -> SparseIndex:
        """Open a saved index, memory-mapped."""
        import bm25s

        return cls(bm25s.BM25.load(folder, mmap=True, load_corpus=False), cut)

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        self._index.save(folder, show_progress=False)

    def scores(self, text: str) -> Scores:
        """BM25 of the text against every passage; float32 (passages,)."""
        known = [token for token in self._cut(text) if token in self._index.vocab_dict]
        if not known:
            return np.zeros(self._passages, np.float32)
        return np.asarray(self._index.get_scores(known), np.float32)

    def covered(self, text: str) -> Scores:
        """The share of the text's distinct tokens that each passage has; float32 (passages,)."""
        asked = set(self._cut(text))
        columns = [self._index.vocab_dict[t] for t in asked if t in self._index.vocab_dict]
        if not columns:
            return np.zeros(self._passages, np.float32)
        table = self._index.scores
        lists = [table["indices"][slice(*table["indptr"][c : c + 2])] for c in columns]
        counts = np.bincount(np.concatenate(lists), minlength=self._passages)
        return (counts / len(asked)).astype(np.float32)

    @property
    def _passages(self) -> int:
        return int(self._index.scores["num_docs"])
