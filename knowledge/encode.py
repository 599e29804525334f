"""Texts to vectors. The only file that imports sentence_transformers to encode."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.onnx_encoder import NETWORK, OnnxEncoder

Vectors = NDArray[np.float32]
_Loaded = tuple[dict[str, str], Callable[[Sequence[str]], Vectors]]  # prompts, and the encoding
_SAVE_EVERY = 512


class Encoder:
    """A sentence-transformers model by name or folder; the folder of `make setup` runs in int8."""

    def __init__(self, model: str, threads: int | None = None) -> None:
        self.model, self.fingerprint = model, _fingerprint(model)
        folder = Path(model)
        quantised = (folder / NETWORK).is_file()
        self._prompts, self._vectors = (
            _in_int8(folder, threads) if quantised else _in_pytorch(model)
        )

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions; float32 (n, dim), each row of length 1."""
        return self._encode(texts, "query")

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode passages; float32 (n, dim), each row of length 1."""
        return self._encode(texts, "passage")

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        before = self._prompts.get(prompt, "")
        return self._vectors([before + text for text in texts])


def _in_int8(folder: Path, threads: int | None) -> _Loaded:
    config = (folder / "config_sentence_transformers.json").read_text(encoding="utf-8")
    return json.loads(config).get("prompts", {}), OnnxEncoder(folder, threads).encode


def _in_pytorch(model: str) -> _Loaded:
    """A model that has no quantised copy."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer

    loaded = SentenceTransformer(model, device="cpu")

    def vectors(texts: Sequence[str]) -> Vectors:
        found = loaded.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)

    return dict(loaded.prompts), vectors


class Encoders:
    """The encoder of passages, and its copy tuned on questions of law.

    Without a tuned copy (another model chosen by the operator) the plain one stands for it.
    """

    def __init__(self, plain: Encoder, tuned: Encoder | None = None) -> None:
        self.plain, self.tuned = plain, tuned or plain


def encode_in_steps(
    encode: Callable[[Sequence[str]], Vectors],
    texts: Sequence[str],
    save: Callable[[Sequence[str], Vectors], None],
    advance: Callable[[int], object],
) -> None:
    """Encode long lists, shortest texts first, saving as it goes so that a stop loses little."""
    by_length = sorted(texts, key=len)
    for start in range(0, len(by_length), _SAVE_EVERY):
        step = by_length[start : start + _SAVE_EVERY]
        save(step, encode(step))
        advance(len(step))


def _fingerprint(model: str) -> str:
    """Names the weights: vectors of two models must never meet in one index."""
    origin = Path(model) / "origin.json"
    if not origin.is_file():
        return model
    return hashlib.sha256(origin.read_bytes()).hexdigest()[:16]
