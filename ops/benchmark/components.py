"""Components that only the comparison needs."""

from __future__ import annotations

from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.features import SentenceEncoder, VectorCache
from ops.benchmark.candidates import CACHE

STORE = "nearest.joblib"
RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectors(DenseFeaturizer, GraphComponent):
    """The raw sentence vector as a dense feature."""

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._encoder = SentenceEncoder()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectors:
        """A featurizer; it learns nothing."""
        return cls(config, execution_context.node_name or "")

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to set."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector to each message."""
        for message, vector in zip(messages, self._encoder.encode([m.get(TEXT) or "" for m in messages]), strict=True):
            self._add(message, vector)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vector to each example."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        vectors = VectorCache(CACHE).encode(self._encoder, [example.get(TEXT) for example in examples])
        for example, vector in zip(examples, vectors, strict=True):
            self._add(example, vector)
        return training_data

    def _add(self, message: Message, vector: np.ndarray) -> None:
        message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NearestExample(GraphComponent, IntentClassifier):
    """The label of the example whose sentence vector is nearest."""

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, learned: tuple[np.ndarray, np.ndarray, np.ndarray] | None
    ) -> None:
        self._storage = model_storage
        self._resource = resource
        self._learned = learned
        self._encoder = SentenceEncoder()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NearestExample:
        """A classifier that knows no example yet."""
        return cls(model_storage, resource, None)

    def train(self, training_data: TrainingData) -> Resource:
        """Keep every example."""
        texts = [example.get(TEXT) for example in training_data.intent_examples]
        vectors = VectorCache(CACHE).encode(self._encoder, texts)
        labels = np.array([example.get(INTENT) for example in training_data.intent_examples])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump((vectors - vectors.mean(axis=0), labels, vectors.mean(axis=0)), folder / STORE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NearestExample:
        """A classifier with its examples."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / STORE))

    def process(self, messages: list[Message]) -> list[Message]:
        """The likeness to the nearest example of each label is the confidence."""
        assert self._learned is not None
        vectors, labels, mean = self._learned
        for message in messages:
            own = self._encoder.encode([message.get(TEXT) or ""])[0] - mean
            likeness = vectors @ own / (np.linalg.norm(vectors, axis=1) * np.linalg.norm(own) + 1e-9)
            best: dict[str, float] = {}
            for place in likeness.argsort()[::-1]:
                best.setdefault(str(labels[place]), float(likeness[place]))
                if len(best) == RANKED:
                    break
            ranking = [{"name": label, "confidence": confidence} for label, confidence in best.items()]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
