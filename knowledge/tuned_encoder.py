"""The encoder of questions: the plain one with the adapter that `make train` fitted, in int8.

Passages keep the plain encoder's vectors, so a newly trained adapter never re-encodes the law.
The only file outside `eval/` that imports peft.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

from knowledge.quantise import quantise

ADAPTER = Path(__file__).with_name("model") / "query_adapter"


def merge(plain: Path, adapter: Path, target: Path) -> None:
    """Write a sentence-transformers folder with the adapter's weights added to the plain ones."""
    from peft import PeftModel
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(plain), device="cpu")
    merged = PeftModel.from_pretrained(model[0].auto_model, str(adapter)).merge_and_unload()
    model[0].auto_model = merged
    model.save(str(target), create_model_card=False)
    origin = {"plain": _digest(plain / "origin.json")}
    origin |= {path.name: _digest(path) for path in sorted(adapter.glob("adapter_*"))}
    (target / "origin.json").write_text(json.dumps(origin, indent=1) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """python -m knowledge.tuned_encoder PLAIN TARGET [ADAPTER]: merge, then quantise."""
    plain, target = Path(sys.argv[1]), Path(sys.argv[2])
    adapter = Path(sys.argv[3]) if len(sys.argv) > 3 else ADAPTER
    scratch = target.with_name(target.name + ".part")
    shutil.rmtree(scratch, ignore_errors=True)
    merge(plain, adapter, scratch)
    quantise(scratch)
    shutil.rmtree(target, ignore_errors=True)
    scratch.rename(target)


if __name__ == "__main__":
    main()
