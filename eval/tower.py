"""The encoder of questions while it learns: e5 with a low-rank adapter."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from peft import (
    LoraConfig,
    PeftModel,
    get_peft_model,
    get_peft_model_state_dict,
    set_peft_model_state_dict,
)
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from knowledge.encode import Vectors

Weights = dict[str, torch.Tensor]
_BATCH = 32
_SEED = 7


class Tower:
    """The encoder of questions while it learns."""

    def __init__(self, folder: str, start: Weights | None = None) -> None:
        """Begin with the plain encoder, or where another tower stands."""
        torch.manual_seed(_SEED)
        self._tokens = AutoTokenizer.from_pretrained(folder)
        adapter = LoraConfig(
            r=16,
            lora_alpha=32,
            lora_dropout=0.1,
            target_modules=["query", "key", "value", "dense"],
        )
        plain = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.model: PeftModel = get_peft_model(plain, adapter)
        if start is not None:
            set_peft_model_state_dict(self.model, start)

    def weights(self) -> Weights:
        """A copy of what it has learned so far."""
        learned = get_peft_model_state_dict(self.model)
        return {name: weight.detach().clone() for name, weight in learned.items()}

    def encode(self, texts: Sequence[str]) -> torch.Tensor:
        """Vectors with their gradients; (n, dim), each row of length 1."""
        prefixed = [f"query: {text}" for text in texts]
        tokens = self._tokens(
            prefixed, padding=True, truncation=True, max_length=256, return_tensors="pt"
        )
        states = self.model(**tokens).last_hidden_state
        mask = tokens["attention_mask"][..., None].float()
        return functional.normalize((states * mask).sum(1) / mask.sum(1), dim=1)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Vectors without gradients; float32 (n, dim)."""
        self.model.eval()
        parts = [texts[i : i + _BATCH] for i in range(0, len(texts), _BATCH)]
        with torch.no_grad():
            return np.concatenate([self.encode(part).numpy() for part in parts])

    def save(self, folder: Path) -> None:
        """Write the adapter in half precision: its int8 network differs by more than that."""
        shutil.rmtree(folder, ignore_errors=True)
        self.model.half().save_pretrained(str(folder))
        (folder / "README.md").unlink(missing_ok=True)
