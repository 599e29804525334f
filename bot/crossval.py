"""Cross-validate the intent classifier: `python bot/crossval.py OUT.json`, some minutes.

The features are made by this project's own components and the classifier is the one Rasa's
LogisticRegressionClassifier wraps; doing it outside Rasa's graph makes every feature once instead of
once a fold. Near-duplicates share a fold, or the figure would reward repeating oneself. Read by
`python -m eval.dialogue`.

`--examples OUT.json` writes the examples and their folds for `python -m eval.tune_intents`, whose
vectors by adapters that never saw a fold stand for the tuned encoder here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from launch import BOT, prepare

_FOLDS = 5
_SEED = 7
_ALIKE = 0.6
_VECTORS = BOT.parent / "var/train/intents.npz"


def main() -> None:
    """Write examples with their folds, or predictions out of fold for each pipeline."""
    out = Path(sys.argv[-1]).resolve()
    prepare()
    texts, intents = read_examples()
    held = folds(intents, near_duplicates(texts))
    if "--examples" in sys.argv:
        from components.features import gists

        report = {"texts": texts, "intents": intents, "folds": held, "gists": gists()}
    else:
        parts = features(texts)
        report = {"intents": intents, "texts": texts, "pipelines": {}}
        for name, used in PIPELINES.items():
            if not parts.keys() >= set(used):
                sys.stderr.write(
                    f"{name}：没有这些例句的 {_VECTORS.name}，先运行 make train-intents\n"
                )
                continue
            sys.stderr.write(f"{name}\n")
            chosen = [parts[part] for part in used]
            report["pipelines"][name] = predictions(chosen, intents, held)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")


PIPELINES = {
    "light": ("words", "characters"),
    "light, topic words": ("words", "characters", "topics"),
    "light, topic words, e5": ("words", "characters", "topics", "e5"),
    "light, topic words, tuned e5": ("words", "characters", "topics", "tuned"),
    "light, topic words, e5 and tuned e5": ("words", "characters", "topics", "e5", "half tuned"),
}


def read_examples() -> tuple[list[str], list[str]]:
    """Texts and their intents."""
    texts, intents = [], []
    for path in sorted((BOT / "data/nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in block:
                lines = [line.removeprefix("- ") for line in block["examples"].splitlines()]
                texts += lines
                intents += [block["intent"]] * len(lines)
    return texts, intents


def features(texts: list[str]) -> dict[str, Any]:
    """Each kind of feature, n rows; weights as in config.yml."""
    from nlu.normalise import normalise
    from rasa.shared.nlu.constants import TEXT
    from rasa.shared.nlu.training_data.message import Message
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    from components.features import E5Featurizer, TopicWordsFeaturizer
    from components.tokenizer import NormalisingTokenizer

    config = yaml.safe_load((BOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    scale = {
        part.get("model", part["name"]).rsplit("/")[-1].rsplit(".")[-1]: part["scale"]
        for part in config
        if "scale" in part
    }
    tokenizer = NormalisingTokenizer(NormalisingTokenizer.get_default_config(), None, None)
    plain = [normalise(text) for text in texts]
    words = [
        " ".join(t.text for t in tokenizer.tokenize(Message({TEXT: t0}), TEXT)) for t0 in texts
    ]
    topics = TopicWordsFeaturizer("topics", TopicWordsFeaturizer.get_default_config())
    e5 = E5Featurizer("e5", E5Featurizer.get_default_config())
    return {
        "words": CountVectorizer(token_pattern=r"(?u)\b\w+\b").fit_transform(words),
        "characters": CountVectorizer(
            analyzer="char_wb", ngram_range=(1, 4), min_df=2
        ).fit_transform(words),
        "topics": csr_matrix(topics.vectors(plain) * scale["TopicWordsFeaturizer"]),
        "e5": csr_matrix(in_batches(e5, plain) * scale["e5"]),
        **tuned(plain, {"tuned": scale["e5"], "half tuned": scale["e5-intents"]}),
    }


def tuned(texts: list[str], weights: dict[str, float]) -> dict[str, Any]:
    """float (folds, n, dim) as E5Featurizer makes them of the adapter that never saw the fold.

    One for each weight; nothing unless `python -m eval.tune_intents` was run on these examples.
    """
    import numpy as np

    from components.encoder import unit

    if not _VECTORS.is_file():
        return {}
    with np.load(_VECTORS) as stored:
        if stored["texts"].tolist() != texts:
            return {}
        vectors = stored["vectors"]
    of_fold = [unit(rows[: len(texts)] - rows[len(texts) :].mean(axis=0)) for rows in vectors]
    return {name: weight * np.stack(of_fold) for name, weight in weights.items()}


def in_batches(featurizer: Any, texts: list[str], size: int = 64) -> Any:
    """Vectors of many texts."""
    import numpy as np

    steps = range(0, len(texts), size)
    return np.vstack([featurizer.vectors(texts[start : start + size]) for start in steps])


def near_duplicates(texts: list[str]) -> list[int]:
    """A number for each text, the same for those that share most characters and pairs of them.

    >>> near_duplicates(["怎么申请法律援助", "怎么申请法律援助呢", "你好"])
    [0, 0, 2]
    """
    from sklearn.feature_extraction.text import CountVectorizer

    grams = CountVectorizer(analyzer="char", ngram_range=(1, 2), binary=True)
    rows = grams.fit_transform(texts).astype("float32")
    sizes = rows.sum(axis=1).A1
    shared = (rows @ rows.T).tocoo()
    alike = shared.data / (sizes[shared.row] + sizes[shared.col] - shared.data) >= _ALIKE
    groups = list(range(len(texts)))
    for one, other in zip(shared.row[alike], shared.col[alike], strict=True):
        old, new = max(groups[one], groups[other]), min(groups[one], groups[other])
        if old != new:
            groups = [new if group == old else group for group in groups]
    return groups


def folds(intents: list[str], groups: list[int]) -> list[int]:
    """The fold each example is held out in."""
    from sklearn.model_selection import StratifiedGroupKFold

    held = [0] * len(intents)
    parts = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for fold, (_, out) in enumerate(parts.split(intents, intents, groups)):
        for place in out:
            held[place] = fold
    return held


def predictions(parts: list[Any], intents: list[str], held: list[int]) -> list[dict[str, Any]]:
    """Best intent and its probability for every example, out of fold.

    Features are a row an example, or that for each fold.
    """
    import numpy as np
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    labels, folded = np.array(intents), np.array(held)
    found: list[dict[str, Any]] = [{}] * len(intents)
    for fold in range(_FOLDS):
        of_fold = [csr_matrix(part[fold]) if part.ndim > 2 else part for part in parts]
        rows, out = hstack(of_fold).tocsr(), folded == fold
        model = LogisticRegression(solver="liblinear", random_state=_SEED, class_weight="balanced")
        model.fit(rows[~out], labels[~out])
        for place, row in zip(np.flatnonzero(out), model.predict_proba(rows[out]), strict=True):
            best = row.argmax()
            found[place] = {
                "intent": model.classes_[best],
                "confidence": round(float(row[best]), 4),
            }
    return found


if __name__ == "__main__":
    main()
