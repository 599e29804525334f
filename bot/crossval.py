"""Cross-validate the intent classifier: `python bot/crossval.py OUT.json`, some minutes.

The features are made by this project's own components and the classifier is the one Rasa's
LogisticRegressionClassifier wraps; doing it outside Rasa's graph makes every feature once instead of
once a fold. Near-duplicates share a fold, or the figure would reward repeating oneself. Read by
`python -m eval.dialogue`.
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


def main() -> None:
    """Write predictions out of fold for each pipeline."""
    out = Path(sys.argv[1]).resolve()
    prepare()
    texts, intents = read_examples()
    parts, groups = features(texts), near_duplicates(texts)
    report = {"intents": intents, "texts": texts, "pipelines": {}}
    for name, used in PIPELINES.items():
        sys.stderr.write(f"{name}\n")
        report["pipelines"][name] = predictions([parts[part] for part in used], intents, groups)
    out.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")


PIPELINES = {
    "light": ("words", "characters"),
    "light, topic words": ("words", "characters", "topics"),
    "light, topic words, e5": ("words", "characters", "topics", "e5"),
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
    scale = {part["name"].rsplit(".")[-1]: part["scale"] for part in config if "scale" in part}
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
        "e5": csr_matrix(in_batches(e5, plain) * scale["E5Featurizer"]),
    }


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


def predictions(parts: list[Any], intents: list[str], groups: list[int]) -> list[dict[str, Any]]:
    """Best intent and its probability for every example, out of fold."""
    import numpy as np
    from scipy.sparse import hstack
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

    rows = hstack(parts).tocsr()
    labels = np.array(intents)
    model = LogisticRegression(solver="liblinear", random_state=_SEED, class_weight="balanced")
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    probabilities = cross_val_predict(
        model, rows, labels, groups=groups, cv=folds, method="predict_proba"
    )
    names = sorted(set(intents))
    best = probabilities.argmax(axis=1)
    return [
        {"intent": names[place], "confidence": round(float(row[place]), 4)}
        for row, place in zip(probabilities, best, strict=True)
    ]


if __name__ == "__main__":
    main()
