"""Texts to vectors with the int8 network of `make setup`, through onnxruntime alone.

sentence-transformers would bring PyTorch into the process: 430 MB more for the same vectors
(docs/adr/0004). The only file that imports onnxruntime to encode.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Encoding, Tokenizer

from knowledge.errors import KnowledgeError

NETWORK = "onnx/model_quantized.onnx"
_BATCH = 8
_LONGEST = 512  # pieces; e5 was trained on no more


class OnnxEncoder:
    """The quantised copy in a sentence-transformers folder."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Load it; `threads` of one call, all processors unless given.

        Raises:
            KnowledgeError: the model does not average its pieces, which is all this class does.
        """
        _check_pooling(folder)
        options = SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.enable_cpu_mem_arena = False  # it keeps the memory of the longest text for ever
        # A spinning pool starves the other process on a two-core machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._network = InferenceSession(
            str(folder / NETWORK), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {put.name for put in self._network.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors in the order of the texts; float32 (n, dim), each row of length 1."""
        pieces = self._tokenizer.encode_batch(list(texts))
        by_length = sorted(range(len(pieces)), key=lambda i: len(pieces[i].ids))
        vectors: list[NDArray[np.float32]] = [np.empty(0, np.float32)] * len(pieces)
        for start in range(0, len(pieces), _BATCH):
            rows = by_length[start : start + _BATCH]
            for row, vector in zip(rows, self._run([pieces[i] for i in rows]), strict=True):
                vectors[row] = vector
        return np.stack(vectors)

    def _run(self, pieces: Sequence[Encoding]) -> NDArray[np.float32]:
        longest = max(len(piece.ids) for piece in pieces)
        ids = np.zeros((len(pieces), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, piece in enumerate(pieces):
            ids[row, : len(piece.ids)], mask[row, : len(piece.ids)] = piece.ids, 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        feed = {name: value for name, value in feed.items() if name in self._inputs}
        (states,) = self._network.run(["last_hidden_state"], feed)
        sums = (states * mask[..., None]).sum(axis=1)
        unit: NDArray[np.float32] = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit.astype(np.float32)


def _check_pooling(folder: Path) -> None:
    pooling = json.loads((folder / "1_Pooling/config.json").read_text(encoding="utf-8"))
    mean = pooling.get("pooling_mode_mean_tokens") or pooling.get("pooling_mode") == "mean"
    if not mean:
        raise KnowledgeError(f"编码模型 {folder.name} 不是取平均值的，不能这样运行")
