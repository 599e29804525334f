"""How far two reviewers agree beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of paired judgements; None without any pair.

    Where chance alone would bring full agreement (both always say the same one thing), it is 1.

    >>> kappa([("keep", "keep"), ("keep", "change"), ("change", "change"), ("unfit", "unfit")])
    0.6363636363636364
    >>> kappa([("keep", "keep")] * 3), kappa([])
    (1.0, None)
    """
    if not pairs:
        return None
    total = len(pairs)
    observed = sum(a == b for a, b in pairs) / total
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(first[name] * second[name] for name in first) / total**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def by_topic(rows: Sequence[tuple[str, str, str]]) -> dict[str, tuple[int, float]]:
    """Number of pairs and kappa per topic, of (topic, first, second).

    >>> by_topic([("劳动", "keep", "keep"), ("劳动", "change", "keep")])
    {'劳动': (2, 0.0)}
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for topic, first, second in rows:
        found.setdefault(topic, []).append((first, second))
    return {topic: (len(pairs), kappa(pairs) or 0.0) for topic, pairs in sorted(found.items())}
