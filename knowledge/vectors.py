"""Vectors kept by text: a stopped build goes on, a changed law re-encodes alone."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import numpy as np

from knowledge.encode import Vectors


class VectorStore:
    """Vectors of one encoder in an SQLite file; half precision on disk."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._fingerprint = fingerprint.encode()
        self._connection = sqlite3.connect(path, timeout=60)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID"
        )

    def __enter__(self) -> VectorStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Texts that have no vector yet, each once."""
        held = {row[0] for row in self._connection.execute("SELECT key FROM vectors")}
        return [text for text in dict.fromkeys(texts) if self._key(text) not in held]

    def save(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep the vectors of these texts."""
        rows = [
            (self._key(text), vector.astype(np.float16).tobytes())
            for text, vector in zip(texts, vectors, strict=True)
        ]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

    def load(self, texts: Sequence[str]) -> Vectors:
        """The vectors of these texts in order; float32 (n, dim).

        Raises:
            KeyError: a text has no vector.
        """
        rows = dict(self._connection.execute("SELECT key, value FROM vectors").fetchall())
        return np.stack(
            [np.frombuffer(rows[self._key(text)], np.float16) for text in texts]
        ).astype(np.float32)

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(self._fingerprint + b"\0" + text.encode()).digest()[:16]
