"""Dense features of a message: what its words are about, and its e5 embedding."""

from __future__ import annotations

from abc import abstractmethod
from functools import lru_cache
from typing import Any

import numpy as np
from nlu.normalise import normalise
from nlu.words import count_topics, topic_words
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.encoder import open_encoder, unit

_BATCH = 64
_CENTRE_WORDS = 12


class SentenceFeaturizer(DenseFeaturizer, GraphComponent):  # type: ignore[misc]
    """A featurizer that needs no training and gives one vector for the whole message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`scale` weighs this vector against the word counts, which regularisation sees alike."""
        return {**DenseFeaturizer.get_default_config(), "scale": 1.0}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Any positive scale is valid."""
        if config["scale"] <= 0:
            raise ValueError(f"scale is {config['scale']}; it must be positive")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Build the component; nothing is stored with the model."""
        return cls(execution_context.node_name, config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add a (1, dim) sentence feature to every message with text."""
        told = [message for message in messages if message.get(TEXT)]
        for start in range(0, len(told), _BATCH):
            batch = told[start : start + _BATCH]
            vectors = self.vectors([normalise(message.get(TEXT)) for message in batch])
            for message, vector in zip(batch, self._config["scale"] * vectors, strict=True):
                message.add_features(
                    Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
                )
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the feature to the training examples."""
        self.process(training_data.training_examples)
        return training_data

    @abstractmethod
    def vectors(self, texts: list[str]) -> np.ndarray:
        """float (n, dim) for n normalised texts."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class TopicWordsFeaturizer(SentenceFeaturizer):
    """log(1 + number of different words) for each topic of nlu/lexicon."""

    def vectors(self, texts: list[str]) -> np.ndarray:
        """float (n, topics)."""
        return np.log1p(np.array([count_topics(text) for text in texts], dtype=np.float64))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class E5Featurizer(SentenceFeaturizer):
    """The multilingual-e5-small embedding, as it is or tuned on the intents, and centred."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`model` is the encoder's folder, seen from bot/."""
        return {**SentenceFeaturizer.get_default_config(), "model": "../var/models/e5"}

    def vectors(self, texts: list[str]) -> np.ndarray:
        """float (n, 384), each row of length 1."""
        folder = self._config["model"]
        return unit(open_encoder(folder).queries(texts) - _centre(folder))

    @staticmethod
    def required_packages() -> list[str]:
        """Packages Rasa checks for before training."""
        return ["onnxruntime", "tokenizers"]


@lru_cache(maxsize=2)
def _centre(folder: str) -> np.ndarray:
    """What all e5 embeddings have in common, float (384,).

    Any two plain ones have a cosine above 0.7; without this share the classifier tells them apart
    better (+1 % accuracy). The mean over the lexicon serves as well as that of the training data
    and need not be stored with a model.
    """
    return np.asarray(open_encoder(folder).queries(gists()).mean(axis=0))


def gists() -> list[str]:
    """One line a topic of the lexicon."""
    return ["，".join(words[:_CENTRE_WORDS]) for words in topic_words().values()]
