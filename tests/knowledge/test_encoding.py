"""Texts to vectors: the int8 network says what the network it was made from says."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.encode import Encoder
from tests.conftest import ROOT

FOLDER = ROOT / "var/models/e5"
TEXTS = [
    "老板拖欠工资三个月不给，怎么办？",
    "离婚后孩子归谁抚养",
    "邻居盖房挡了我家的光",
    "劳动合同法 劳动合同的履行和变更 " + "用人单位应当按照劳动合同约定和国家规定，及时支付。" * 12,
    "借",
    *(f"第{i}户的承包地被占用了{'，村里一直没有答复' * (i % 5)}" for i in range(30)),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    if not FOLDER.is_dir():
        pytest.skip("没有编码模型：先运行 make setup")
    return Encoder(str(FOLDER), 2)


def test_a_long_list_is_encoded_in_its_order(encoder: Encoder) -> None:
    together = encoder.passages(TEXTS)
    alone = np.concatenate([encoder.passages([text]) for text in TEXTS])
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    # int8 rounds a batch by its largest figure, so not to the last digit
    assert (together * alone).sum(axis=1).min() > 0.98
    assert ((together @ alone.T).argmax(axis=1) == np.arange(len(TEXTS))).mean() > 0.9


@pytest.mark.slow
def test_int8_keeps_the_direction_of_the_whole_network(encoder: Encoder) -> None:
    transformers = pytest.importorskip("sentence_transformers")
    whole = transformers.SentenceTransformer(str(FOLDER), device="cpu")
    vectors = whole.encode(["passage: " + text for text in TEXTS], normalize_embeddings=True)
    assert (encoder.passages(TEXTS) * vectors).sum(axis=1).mean() > 0.99


def test_the_weights_are_mapped_not_read(encoder: Encoder) -> None:
    network = FOLDER / "onnx/model_quantized.onnx"
    assert (
        network.stat().st_size
        < 1_000_000
        < network.with_name(f"{network.name}.data").stat().st_size
    )
    assert encoder.queries(TEXTS[:1]).shape == (1, 384)
