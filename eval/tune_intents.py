"""Train the adapter of the encoder that tells intents apart: python -m eval.tune_intents EXAMPLES.

EXAMPLES is written by `bot/crossval.py --examples`. Only the upper layers learn, so that what the
lower ones make of a text is worked out once for all folds. Writes bot/adapter/ and, for
`bot/crossval.py`, the vectors of every example by an adapter that never saw its fold.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from peft import LoraConfig, PeftModel, get_peft_model
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence
from tqdm import tqdm
from transformers import AutoModel, AutoTokenizer

from eval.descent import alike, descend
from knowledge.encode import Vectors
from nlu.normalise import normalise

PLAIN, ADAPTER = "var/models/e5", Path("bot/adapter")
VECTORS = Path("var/train/intents.npz")
_LAYERS, _TUNED = 12, 4
_EPOCHS, _BATCH, _RATE, _HEAD_RATE = 4, 32, 1e-3, 5e-3
_SMOOTHING, _SHARPNESS = 0.1, 10.0
_LONGEST, _SEED = 128, 7


@dataclass(frozen=True)
class Examples:
    """Texts with their intents as numbers, the fold each is held out in, and gists of topics.

    The mean over the gists is what all embeddings have in common (bot/components/features.py).
    """

    texts: list[str]
    intents: NDArray[np.int64]
    folds: NDArray[np.int64]
    gists: list[str]

    @classmethod
    def read(cls, path: Path) -> Examples:
        """Read what `bot/crossval.py --examples` wrote."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        _, intents = np.unique(raw["intents"], return_inverse=True)
        texts = [normalise(text) for text in raw["texts"]]
        return cls(texts, intents, np.array(raw["folds"]), raw["gists"])


class Upper:
    """The upper layers of the encoder while they learn."""

    def __init__(self, lower: Sequence[torch.Tensor]) -> None:
        self._lower = lower
        settings = LoraConfig(
            r=16,
            lora_alpha=32,
            target_modules=["query", "key", "value", "dense"],
            layers_to_transform=list(range(_LAYERS - _TUNED, _LAYERS)),
        )
        self.model: PeftModel = get_peft_model(_plain(), settings)
        self._layers = self.model.base_model.model.encoder.layer[-_TUNED:]

    def encode(self, places: Sequence[int]) -> torch.Tensor:
        """Vectors with their gradients; (n, dim), each row of length 1."""
        states = pad_sequence([self._lower[place] for place in places], batch_first=True)
        sizes = torch.tensor([len(self._lower[place]) for place in places])
        held = (torch.arange(states.shape[1]) < sizes[:, None]).float()
        states = _through(self._layers, states, held)
        return functional.normalize((states * held[..., None]).sum(1) / sizes[:, None], dim=1)

    def vectors(self) -> Vectors:
        """Vectors of everything without gradients; float32 (n, dim)."""
        self.model.eval()
        order = sorted(range(len(self._lower)), key=lambda place: len(self._lower[place]))
        with torch.no_grad():
            parts = [self.encode(order[i : i + _BATCH]) for i in range(0, len(order), _BATCH)]
        found = np.empty((len(order), parts[0].shape[1]), np.float32)
        found[order] = torch.cat(parts).numpy()
        return found


def learn(upper: Upper, examples: Examples, chosen: NDArray[np.int64], label: str) -> None:
    """Move the examples of an intent together, away from all others."""
    random = np.random.default_rng(_SEED)
    plain = upper.vectors()
    common = torch.tensor(plain[len(examples.texts) :].mean(axis=0))
    head = torch.nn.Linear(plain.shape[1], int(examples.intents.max()) + 1)
    weights = [p for p in upper.model.parameters() if p.requires_grad]
    parts = [{"params": weights, "lr": _RATE}, {"params": head.parameters(), "lr": _HEAD_RATE}]
    optimiser = torch.optim.AdamW(parts, weight_decay=0.01)
    steps = _EPOCHS * -(-len(chosen) // _BATCH)
    upper.model.train()

    def loss(batch: list[int]) -> torch.Tensor:
        apart = functional.normalize(upper.encode(batch) - common, dim=1)
        wanted = torch.tensor(examples.intents[batch])
        return functional.cross_entropy(
            head(_SHARPNESS * apart), wanted, label_smoothing=_SMOOTHING
        )

    descend(optimiser, weights, map(loss, _batches(examples, chosen, random)), steps, label)


def _batches(
    examples: Examples, chosen: NDArray[np.int64], random: np.random.Generator
) -> Iterator[list[int]]:
    """Texts of like length together, in random order, once an epoch."""
    for _ in range(_EPOCHS):
        mixed: list[int] = random.permutation(chosen).tolist()
        found = alike(mixed, lambda i: len(examples.texts[i]), _BATCH)
        yield from (found[i] for i in random.permutation(len(found)))


def lower_states(texts: Sequence[str]) -> list[torch.Tensor]:
    """What the layers that do not learn make of each text; (pieces, dim) each."""
    tokens, model = AutoTokenizer.from_pretrained(PLAIN), _plain().eval()
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    found = [torch.empty(0)] * len(texts)
    for start in tqdm(range(0, len(order), _BATCH), desc="下层", unit="批"):
        part = order[start : start + _BATCH]
        prefixed = [f"query: {texts[place]}" for place in part]
        told = tokens(
            prefixed, padding=True, truncation=True, max_length=_LONGEST, return_tensors="pt"
        )
        with torch.no_grad():
            states = model.embeddings(input_ids=told["input_ids"])
            held = told["attention_mask"].float()
            states = _through(model.encoder.layer[:-_TUNED], states, held)
        for place, row, size in zip(part, states, held.sum(1).int().tolist(), strict=True):
            found[place] = row[:size].clone()
    return found


def _plain() -> Any:
    torch.manual_seed(_SEED)
    return AutoModel.from_pretrained(PLAIN, add_pooling_layer=False, attn_implementation="eager")


def _through(layers: Sequence[Any], states: torch.Tensor, held: torch.Tensor) -> torch.Tensor:
    unseen = (1 - held[:, None, None]) * -1e9
    for layer in layers:
        (states, *_) = layer(states, unseen)
    return states


def main() -> None:
    """Train on every fold for the vectors out of fold, then on all for the adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("examples", type=Path)
    examples = Examples.read(parser.parse_args().examples)
    torch.set_num_threads(1)
    lower = lower_states([*examples.texts, *examples.gists])
    seen = []
    for held in range(int(examples.folds.max()) + 1):
        upper = Upper(lower)
        learn(upper, examples, np.flatnonzero(examples.folds != held), f"第{held + 1}折")
        seen.append(upper.vectors())
    VECTORS.parent.mkdir(parents=True, exist_ok=True)
    np.savez(VECTORS, texts=np.array(examples.texts), vectors=np.stack(seen))
    upper = Upper(lower)
    learn(upper, examples, np.arange(len(examples.texts)), "全部")
    shutil.rmtree(ADAPTER, ignore_errors=True)
    upper.model.half().save_pretrained(str(ADAPTER))
    (ADAPTER / "README.md").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
