"""An e5 encoder of `make setup`, in int8: the search's weights, or a tuned copy of them.

Through onnxruntime alone, because sentence-transformers and Rasa cannot share an environment.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

_LONGEST = 512


class Encoder:
    """Texts to vectors with the "query: " prefix e5 was trained with."""

    def __init__(self, folder: Path) -> None:
        """Load tokenizer and network from a sentence-transformers folder."""
        network = folder / "onnx/model_quantized.onnx"
        if not network.is_file():
            raise FileNotFoundError(f"没有编码模型 {folder.name}：请先运行 make setup")
        options = SessionOptions()
        options.intra_op_num_threads = 1  # short texts gain nothing, other processes lose
        self._network = InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
        self._tokenizer = _tokenizer((folder / "tokenizer.json").read_bytes())

    def queries(self, texts: list[str]) -> np.ndarray:
        """Encode questions; float32 (n, 384), each row of length 1."""
        pieces = self._tokenizer.encode_batch([f"query: {text}" for text in texts])
        ids = np.array([piece.ids for piece in pieces], dtype=np.int64)
        mask = np.array([piece.attention_mask for piece in pieces], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (states,) = self._network.run(["last_hidden_state"], feed)
        return unit((states * mask[..., None]).sum(axis=1))


@lru_cache(maxsize=1)
def _tokenizer(described: bytes) -> Tokenizer:
    """One for both encoders, which cut texts alike: it takes 28 MB."""
    tokenizer = Tokenizer.from_buffer(described)
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id("<pad>"), pad_token="<pad>")
    return tokenizer


@lru_cache(maxsize=2)
def open_encoder(folder: str) -> Encoder:
    """The encoder of a folder, loaded once a process."""
    return Encoder(Path(folder))


def unit(vectors: np.ndarray) -> np.ndarray:
    """Each row divided by its length; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, np.finfo(np.float32).tiny))
