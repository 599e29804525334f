"""Texts to vectors. The only file that imports sentence_transformers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
_QUANTISED = "onnx/model_quantized.onnx"
_BATCH = 8
_SAVE_EVERY = 512


class Encoder:
    """A sentence-transformers model by name or folder; the folder of `make setup` runs in int8."""

    def __init__(self, model: str, threads: int | None = None) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer

        quantised = Path(model) / _QUANTISED
        if quantised.is_file():
            from onnxruntime import SessionOptions

            options = SessionOptions()
            options.intra_op_num_threads = threads or 0
            # A spinning pool starves the other process on a two-core machine.
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            self._model = SentenceTransformer(
                model,
                device="cpu",
                backend="onnx",
                model_kwargs={
                    "file_name": _QUANTISED,
                    "provider": "CPUExecutionProvider",
                    "session_options": options,
                },
            )
        else:
            self._model = SentenceTransformer(model, device="cpu")
        self.model, self.fingerprint = model, _fingerprint(model)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions; float32 (n, dim), each row of length 1."""
        return self._encode(texts, "query")

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode passages; float32 (n, dim), each row of length 1."""
        return self._encode(texts, "passage")

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        known = prompt in self._model.prompts
        vectors = self._model.encode(
            list(texts),
            prompt_name=prompt if known else None,
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


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
