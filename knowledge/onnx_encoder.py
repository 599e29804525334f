"""Texts to vectors with the int8 network of `make setup`, through onnxruntime alone.

sentence-transformers would bring PyTorch into the process: 430 MB more for the same vectors
(docs/adr/0004). The only file that imports onnxruntime to encode.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, RunOptions, SessionOptions
from tokenizers import Encoding, Tokenizer

from knowledge.errors import KnowledgeError

NETWORK = "onnx/model_quantized.onnx"
# onnxruntime's fused form of these takes longer than the operators it replaces.
SLOW_FUSIONS = ("SkipLayerNormFusion", "BiasSkipLayerNormFusion")
_BATCH = 8
_LONGEST = 512  # pieces; e5 was trained on no more


class OnnxEncoder:
    """The quantised copy in a sentence-transformers folder."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Load it; so many `threads` share a list of texts, all processors unless given.

        Raises:
            KnowledgeError: the model does not average its pieces, which is all this class does.
        """
        _check_pooling(folder)
        options = SessionOptions()
        # One text after the other on each thread: sharing one text costs more than it saves.
        options.intra_op_num_threads = 1
        self._threads = threads or os.cpu_count() or 1
        self._network = InferenceSession(
            str(folder / NETWORK),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=list(SLOW_FUSIONS),
        )
        self._giving_back = RunOptions()
        self._giving_back.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        self._inputs = {put.name for put in self._network.get_inputs()}
        self._tokenizer = _tokenizer((folder / "tokenizer.json").read_bytes())

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors in the order of the texts; float32 (n, dim), each row of length 1."""
        pieces = self._tokenizer.encode_batch(list(texts))
        by_length = sorted(range(len(pieces)), key=lambda i: len(pieces[i].ids))
        batches = [by_length[i : i + _BATCH] for i in range(0, len(pieces), _BATCH)]
        if len(batches) == 1:
            found = [self._run([pieces[i] for i in by_length])]
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                found = list(pool.map(lambda rows: self._run([pieces[i] for i in rows]), batches))
        vectors = np.empty((len(pieces), found[0].shape[1]), np.float32)
        vectors[by_length] = np.concatenate(found)
        return vectors

    def _run(self, pieces: Sequence[Encoding]) -> NDArray[np.float32]:
        longest = max(len(piece.ids) for piece in pieces)
        ids = np.zeros((len(pieces), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, piece in enumerate(pieces):
            ids[row, : len(piece.ids)], mask[row, : len(piece.ids)] = piece.ids, 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        feed = {name: value for name, value in feed.items() if name in self._inputs}
        # What a long list needed is given back; the few megabytes of one question are kept.
        how = self._giving_back if len(pieces) > 1 else None
        (states,) = self._network.run(["last_hidden_state"], feed, how)
        sums = (states * mask[..., None]).sum(axis=1)
        unit: NDArray[np.float32] = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit.astype(np.float32)


@lru_cache(maxsize=2)
def _tokenizer(described: bytes) -> Tokenizer:
    """One for all encoders that cut texts alike, as a tuned copy does: each takes 28 MB."""
    tokenizer = Tokenizer.from_buffer(described)
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.no_padding()
    return tokenizer


def _check_pooling(folder: Path) -> None:
    pooling = json.loads((folder / "1_Pooling/config.json").read_text(encoding="utf-8"))
    mean = pooling.get("pooling_mode_mean_tokens") or pooling.get("pooling_mode") == "mean"
    if not mean:
        raise KnowledgeError(f"编码模型 {folder.name} 不是取平均值的，不能这样运行")
