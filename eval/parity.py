"""Do some questions fare worse than others? By topic, and rural beside urban matters."""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np

from eval.measure import Measured

_RURAL = re.compile(
    r"农村|农民|村民|村委|村集体|承包地|承包|宅基地|征地|土地征收|林地|彩礼|赡养|种子|化肥|农药|农民工|乡镇|耕地"
)
_KINDS = ("农村", "其他")


def by_topic(measured: Measured) -> dict[str, dict[str, float]]:
    """Questions, share with a right article shown, and mean confidence of each topic."""
    return _grouped(measured, list(measured.topics))


def by_kind(measured: Measured) -> dict[str, dict[str, float]]:
    """The same for questions that name rural matters, and for all others."""
    texts = (item.question.text for item in measured.gathered)
    return _grouped(measured, [_KINDS[not _RURAL.search(text)] for text in texts])


def _grouped(measured: Measured, labels: list[str]) -> dict[str, dict[str, float]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for i, label in enumerate(labels):
        rows[label].append(i)
    return {
        label: {
            "questions": len(held),
            "shown_right": float(np.mean(measured.right[held])),
            "confidence": float(np.mean(measured.confidence[held])),
        }
        for label, held in sorted(rows.items(), key=lambda one: -len(one[1]))
    }
